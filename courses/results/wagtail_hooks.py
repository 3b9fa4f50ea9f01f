"""Results on the staff desk."""

from django.urls import URLPattern, path
from wagtail import hooks

from courses.results.views import class_results, completing


@hooks.register("register_admin_urls")
def result_screens() -> list[URLPattern]:
    """The results of a class, their confirmation, and opening one again."""
    return [
        path("results/class/<int:pk>/", class_results.ClassResults.as_view(), name="results_class"),
        path("results/<int:pk>/reopen/", class_results.ReopenResult.as_view(), name="results_reopen"),
        path(
            "results/enrolments/<int:pk>/completion/",
            completing.CorrectCompletion.as_view(),
            name="results_correct_completion",
        ),
        path("results/decide/<int:pk>/", completing.decide, name="results_decide"),
    ]

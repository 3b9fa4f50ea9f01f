"""Results on the staff desk."""

from django.urls import URLPattern, path
from wagtail import hooks

from courses.results.views import class_results


@hooks.register("register_admin_urls")
def result_screens() -> list[URLPattern]:
    """The results of a class, their confirmation, and opening one again."""
    return [
        path("results/class/<int:pk>/", class_results.ClassResults.as_view(), name="results_class"),
        path("results/<int:pk>/reopen/", class_results.ReopenResult.as_view(), name="results_reopen"),
        path("results/decide/<int:pk>/", class_results.DecideResults.as_view(), name="results_decide"),
    ]

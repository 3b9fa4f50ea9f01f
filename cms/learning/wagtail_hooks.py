"""The learner's desk, seen from the staff desk."""

from django.urls import URLPattern, path
from wagtail import hooks

from cms.learning.views.classroom import ClassAtTerminals


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    return [path("classes/<int:pk>/terminals/", ClassAtTerminals.as_view(), name="learning_class")]

"""Rosters on the staff desk."""

from django.urls import URLPattern
from wagtail import hooks

from courses.rosters.urls import urlpatterns


@hooks.register("register_admin_urls")
def roster_screens() -> list[URLPattern]:
    return urlpatterns

"""Registers on the staff desk."""

from django.urls import URLPattern
from wagtail import hooks

from courses.attendance.urls import urlpatterns


@hooks.register("register_admin_urls")
def attendance_screens() -> list[URLPattern]:
    return urlpatterns

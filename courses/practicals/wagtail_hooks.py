"""Practical exams on the staff desk."""

from django.urls import URLPattern, path
from wagtail import hooks

from courses.practicals.views import PracticalSheet


@hooks.register("register_admin_urls")
def practical_screens() -> list[URLPattern]:
    """The examiners' sheet, for the first sitting and for the resit."""
    return [
        path("practicals/<int:pk>/", PracticalSheet.as_view(), name="practicals_sheet"),
        path("practicals/<int:pk>/resit/", PracticalSheet.as_view(resit=True), name="practicals_sheet_resit"),
    ]

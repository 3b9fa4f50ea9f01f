"""Targets on the staff desk: screens, the entry in the menu, the first panel."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.people.permissions import rights_anywhere
from lms.targets.permissions import VIEW_TARGETS
from lms.targets.views import board, editing, submissions
from lms.targets.views.panels import TargetsPanel


@hooks.register("register_admin_urls")
def target_screens() -> list[URLPattern]:
    """The board, one target, and the reports that were submitted."""
    return [
        path("targets/", board.Board.as_view(), name="targets_board"),
        path("targets/new/", editing.SetTarget.as_view(), name="targets_set"),
        path("targets/submit/", submissions.SubmitReport.as_view(), name="targets_submit"),
        path("targets/<int:pk>/", board.TargetPage.as_view(), name="targets_target"),
        path("targets/<int:pk>/change/", editing.ChangeTarget.as_view(), name="targets_change"),
        path("targets/submitted/<int:pk>/", submissions.SubmissionPage.as_view(), name="targets_submission"),
        path("targets/submitted/figures/<int:pk>/", submissions.FrozenRows.as_view(), name="targets_frozen_rows"),
    ]


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    if VIEW_TARGETS in rights_anywhere(request.user):
        items.append(MenuItem(_("Targets"), reverse("targets_board"), name="targets", icon_name="q-target", order=600))


@hooks.register("construct_homepage_panels")
def home(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(TargetsPanel())

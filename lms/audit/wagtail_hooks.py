"""The journal on the staff desk: screens, the entry in the menu, the first page of an auditor."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.people.permissions import VIEW_JOURNAL, rights_anywhere
from lms.audit.permissions import only_audits
from lms.audit.views import reading
from lms.audit.views.panels import JournalPanel


@hooks.register("register_admin_urls")
def journal_screens() -> list[URLPattern]:
    return [
        path("journal/", reading.JournalList.as_view(), name="audit_journal"),
        path("journal/take-out/", reading.TakeOut.as_view(), name="audit_take_out"),
        path("journal/<int:pk>/", reading.Entry.as_view(), name="audit_entry"),
    ]


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    if VIEW_JOURNAL in rights_anywhere(request.user):
        items.append(MenuItem(_("Journal"), reverse("audit_journal"), name="journal", icon_name="q-list", order=650))


@hooks.register("construct_homepage_panels")
def home(request: HttpRequest, panels: list[Component]) -> None:
    """Whoever reads and does nothing begins with what was done."""
    if only_audits(request.user):
        panels.append(JournalPanel())

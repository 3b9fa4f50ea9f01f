"""Who is about to leave: the notice that is due, the preparation that should begin, the days that are over (XFR-4, XFR-5)."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component

from courses.people import actions
from courses.people.forms import ExpectReleaseForm
from courses.people.models import Stay, User
from courses.people.permissions import MANAGE_LEARNERS, VIEW_CATEGORIES, holds_anywhere, may, organisations_where
from courses.people.rules import Release, release_due
from courses.people.views.learners import FileForm
from courses.people.viewsets import RightRequiredMixin

SHOWN = 6
A_PAGE = 50
WITHOUT = "without"
# what it is called, the chip of a row
WINDOWS: dict[str, tuple[Any, str]] = {
    Release.CHECK: (_("check: the day is over"), "stop"),
    Release.NOTICE: (_("within 30 days: send the notice"), "look"),
    Release.PREPARE: (_("within 90 days: prepare"), "look"),
    Release.LATER: (_("later"), "plain"),
    WITHOUT: (_("no day entered"), "plain"),
}


def row_of(stay: Stay) -> dict[str, Any]:
    """A stay as a line: the person, the day, how far away, what it asks for."""
    if stay.expected_release is None:
        return {"stay": stay, "learner": stay.learner, "days": None, "chip": "plain", "words": WINDOWS[WITHOUT][0]}
    due = release_due(stay.expected_release, timezone.localdate())
    words, chip = WINDOWS[due]
    days = (stay.expected_release - timezone.localdate()).days
    return {"stay": stay, "learner": stay.learner, "days": days, "over": -days, "chip": chip, "words": words}


def windows(user: User) -> list[dict[str, Any]]:
    """How many stand in each window: one query."""
    today, stays = timezone.localdate(), Stay.objects.leaving(user)
    sums = {due.value: Count("pk", filter=Q(pk__in=Stay.objects.due(due, today).values("pk"))) for due in Release}
    sums[WITHOUT] = Count("pk", filter=Q(expected_release__isnull=True))
    found = stays.order_by().aggregate(**sums)
    return [
        {"key": str(key), "label": label, "chip": chip, "count": found[str(key)]}
        for key, (label, chip) in WINDOWS.items()
    ]


class ReleasesPanel(Component):
    """The next to leave, and how many in a month and in three. Nothing for those who may not know it (PRV-3)."""

    name = "releases"
    template_name = "people/panels/releases.html"
    order = 24

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        if not holds_anywhere(user, VIEW_CATEGORIES):
            return {"shown": False}
        counts = windows(user)
        soon = Stay.objects.leaving(user).filter(expected_release__isnull=False)
        rows = [row_of(stay) for stay in soon[:SHOWN]]
        return {
            "shown": True,
            "windows": [one for one in counts if one["count"]],
            "rows": [row for row in rows if row["days"] <= 90],
        }


class Releases(RightRequiredMixin, TemplateView):
    """Everybody who is here, the next to leave first; or those of one window."""

    right = VIEW_CATEGORIES
    template_name = "people/releases.html"
    page_title = _("Releases ahead")
    header_icon = "q-calendar"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, within = self.request.user, self.request.GET.get("within", "")
        stays = Stay.objects.leaving(user)
        if within in list(Release):
            stays = stays.due(Release(within), timezone.localdate())
        elif within == WITHOUT:
            stays = stays.filter(expected_release__isnull=True)
        else:
            within, stays = "", stays.filter(expected_release__isnull=False)
        page = Paginator(stays, A_PAGE).get_page(self.request.GET.get("page"))
        managed = set(organisations_where(user, MANAGE_LEARNERS).values_list("pk", flat=True))
        rows = [{**row_of(stay), "may_change": stay.organisation_id in managed} for stay in page]
        return super().get_context_data(page=page, rows=rows, windows=windows(user), within=within, **kwargs)


class ExpectRelease(FileForm):
    """The day on which somebody is expected to leave: entered, or changed with a reason (XFR-5)."""

    page_title = _("Expected to leave on")
    form_class = ExpectReleaseForm
    submit = _("Enter this day")

    def is_permitted(self) -> bool:
        return super().is_permitted() and may(self.request.user, VIEW_CATEGORIES, self.get_organisation())

    def get_initial(self) -> dict[str, Any]:
        return {"day": self.object.stay.expected_release}

    def act(self, form: ExpectReleaseForm) -> None:
        actions.expect_release(
            learner=self.object, by=self.request.user, organisation=self.get_organisation(), **form.cleaned_data
        )

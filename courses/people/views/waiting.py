"""What waits for my signature, and what I asked others for."""

from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.people.models import Countersign, User
from courses.people.models.countersigns import CountersignQuerySet


def decide_url(request: Countersign) -> str:
    """The page on which the owning app shows and decides an act; see `Countersign`. Empty where the app has none."""
    try:
        return reverse(f"{request.act.partition('.')[0]}_decide", args=[request.pk])
    except NoReverseMatch:
        return ""


def waiting_for(user: User, narrowed: QuerySet[Countersign] | None = None) -> list[Countersign]:
    """Requests that this user may decide (or those of them that are wanted), oldest first, each with its address."""
    found = Countersign.objects.waiting_for(user) if narrowed is None else narrowed
    requests = list(found.select_related("organisation", "asked_by"))
    for request in requests:
        request.url = decide_url(request)  # type: ignore[attr-defined]
    return requests


class Waiting(WagtailAdminTemplateMixin, TemplateView):
    """Waits for me; and below it what I asked for, with what became of it."""

    template_name = "people/waiting.html"
    page_title = _("Waits for my signature")
    header_icon = "q-pen"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = Countersign.objects.filter(asked_by=self.request.user).select_related("organisation", "decided_by")
        mine = Countersign.objects.waiting_for(self.request.user)
        wanted = self.narrowed(mine)
        return super().get_context_data(
            waiting=waiting_for(self.request.user, wanted), is_narrowed=wanted is not mine, asked=asked[:20], **kwargs
        )

    def narrowed(self, mine: CountersignQuerySet) -> CountersignQuerySet:
        """Where a number of the home page leads here: `act`, or all acts but some (`but`), waiting for so many `days`."""
        asked, days = self.request.GET, self.request.GET.get("days", "")
        found = mine
        if acts := asked.getlist("act"):
            found = found.filter(act__in=acts)
        if others := asked.getlist("but"):
            found = found.exclude(act__in=others)
        if days.isdecimal() and len(days) < 4:
            found = found.waiting_longer_than(int(days))
        return found

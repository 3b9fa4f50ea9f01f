"""The board of targets, and the page of one target."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.classes.views.screens import refusals_as_messages
from courses.people.models import Organisation
from courses.people.permissions import organisations_where
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin
from lms.targets import actions
from lms.targets.models import Submission, Target
from lms.targets.permissions import SET_TARGETS, VIEW_TARGETS, may_set
from lms.targets.views.lines import lines_of

SHOWN = 12


def day_asked(request: HttpRequest, name: str = "asof") -> date | None:
    """The day in the address; None where it is missing, or is no day of this or a coming time."""
    try:
        found = parse_date(request.GET.get(name, ""))
    except ValueError:  # 30 February
        found = None
    return found if found and 2000 <= found.year <= timezone.localdate().year + 50 else None


def highest(user: Any, right: str) -> Organisation | None:
    """The highest organisation at which a user holds a right: the first in the order of the tree."""
    return organisations_where(user, right).order_by("path").first()


class TargetScreen:
    """What the screens about targets share."""

    header_icon = "q-target"

    @cached_property
    def as_of(self) -> date:
        """The day that is looked at: the one in the address, else today, or the last day of targets that are over.

        An address that asks for something else is told which day is shown.
        """
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        asked = day_asked(request)
        day = asked or Target.objects.visible_to(request.user).standing().usual_day(timezone.localdate())
        if asked is None and request.GET.get("asof"):
            words = {"day": day.isoformat()}
            messages.warning(
                request,
                _("The address asks for a day that cannot be read. Shown is %(day)s; a day is written the same way.")
                % words,
            )
        return day

    def crumbs(self, *more: tuple[str, str]) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("targets_board"), "label": _("Targets")}]  # type: ignore[attr-defined]
        return [*items, *({"url": url, "label": label} for url, label in more)]


class Board(TargetScreen, RightRequiredMixin, TemplateView):
    """The targets of a year on a day, each beside what was reached; every number leads to its list."""

    right = VIEW_TARGETS
    template_name = "targets/board.html"
    page_title = gettext_lazy("Targets")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(("", _("%(year)s") % {"year": self.as_of.year}))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, as_of = self.request.user, self.as_of
        targets = Target.objects.visible_to(user).standing().of_year(as_of.year).with_scope()
        lines = lines_of(targets, as_of, user)
        reports = Submission.objects.visible_to(user).select_related("organisation", "submitted_by")
        return super().get_context_data(
            as_of=as_of,
            is_today=as_of == timezone.localdate(),
            now=timezone.now(),
            lines=lines,
            measures=list({line.measure.code: line.measure for line in lines}.values()),
            gone=next((line.pace for line in lines if line.pace is not None), None),
            place=highest(user, VIEW_TARGETS),
            setter=highest(user, SET_TARGETS),
            submissions=reports[:SHOWN],
            **kwargs,
        )


class TargetPage(TargetScreen, ScopedObjectMixin, TemplateView):
    """One target: where it is written, how far it is, its parts, the readings that were taken, and what it said before."""

    model = Target
    right = VIEW_TARGETS
    template_name = "targets/target.html"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().with_scope().select_related("created_by")

    def get_page_title(self) -> str:
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(("", self.object.title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target, as_of = self.object, self.as_of
        children = Target.objects.standing().filter(parent=target).with_scope()
        lines = lines_of([target, *children], as_of, self.request.user)
        return super().get_context_data(
            target=target,
            as_of=as_of,
            line=lines[0],
            lines=lines,
            readings=target.readings.order_by("-as_of", "-taken_at")[:SHOWN],
            changes=target.changes.select_related("changed_by"),
            may_set=may_set(self.request.user, target.organisation) and target.withdrawn_at is None,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb."""
        target, act = self.object, request.POST.get("act")
        with refusals_as_messages(request):
            if act == "read":
                written = actions.take_readings(
                    as_of=timezone.localdate(), organisation=target.organisation, by=request.user
                )
                messages.success(request, _("Written down.") if written else _("Nothing has changed."))
            elif act == "withdraw":
                actions.withdraw_target(target=target, reason=request.POST.get("reason", ""), by=request.user)
                messages.success(request, _("Withdrawn. It no longer stands on the board."))
                return redirect("targets_board")
        return redirect("targets_target", target.pk)

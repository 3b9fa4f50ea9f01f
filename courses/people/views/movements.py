"""Who came, who left, who changed the ward: what an officer counts in the morning."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component

from courses.people.models import Movement, MovementKind, Stay, User
from courses.people.permissions import VIEW_CATEGORIES, VIEW_LEARNERS, organisations_where
from courses.people.viewsets import RightRequiredMixin

SHOWN = 6
DAYS = 30  # as far back as the list goes
KINDS = [
    (MovementKind.CAME, _("came"), "good", "ok"),
    (MovementKind.LEFT, _("left"), "plain", "exit"),
    (MovementKind.CHANGED, _("changed the ward"), "plain", "move"),
]


def day_begins(day: date) -> datetime:
    """Midnight of a day, here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def movements_of(user: User, first: date, last: date) -> list[Movement]:
    """What happened from one day to another at the places whose people the user looks after: two queries."""
    places = set(organisations_where(user, VIEW_CATEGORIES).values_list("pk", flat=True))
    if not places:
        return []
    return Stay.objects.movements(places, day_begins(first), day_begins(last + timedelta(days=1)))


def shown(found: list[Movement], user: User) -> list[dict[str, Any]]:
    """Movements in words. Another place is not named, and whoever has left has no file here any more (PRV-3)."""
    known = set(organisations_where(user, VIEW_LEARNERS).values_list("pk", flat=True))
    marks = {kind: (label, chip, icon) for kind, label, chip, icon in KINDS}
    rows = []
    for one in found:
        label, chip, icon = marks[one.kind]
        rows.append(
            {
                "at": one.at, "learner": one.learner, "kind": label, "chip": chip, "icon": icon,
                "before": place_text(one.before, known), "after": place_text(one.after, known),
                "has_file": one.after is not None and one.after.organisation_id in known,
            }
        )  # fmt: skip
    return rows


def place_text(stay: Stay | None, known: set[int]) -> str:
    """A place with its ward, for whoever may know it; the ward alone for whoever knows one place only."""
    if stay is None:
        return ""
    if stay.organisation_id not in known:
        return str(_("another place"))
    if stay.unit and len(known) == 1:
        return str(stay.unit)
    return f"{stay.organisation} · {stay.unit}" if stay.unit else str(stay.organisation)


def counted(found: list[Movement], day: date) -> list[dict[str, Any]]:
    """How many came, left and changed on a day; each number leads to its rows."""
    of_day = [one.kind for one in found if timezone.localdate(one.at) == day]
    return [{"kind": kind.value, "label": label, "count": of_day.count(kind)} for kind, label, _chip, _icon in KINDS]


class MovementsPanel(Component):
    """Today and yesterday, for those who look after people where they are. Nothing for anybody else."""

    name = "movements"
    template_name = "people/panels/movements.html"
    order = 22

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        yesterday = today - timedelta(days=1)
        found = movements_of(user, yesterday, today)
        return {
            "days": [
                {"label": label, "day": day, "counts": counted(found, day)}
                for label, day in ((_("Today"), today), (_("Yesterday"), yesterday))
            ],
            "rows": shown(found[:SHOWN], user),
            "more": max(0, len(found) - SHOWN),
        }


class Movements(RightRequiredMixin, TemplateView):
    """All movements of the last days; of one day and one kind, where a number of the home page leads here."""

    right = VIEW_CATEGORIES
    template_name = "people/movements.html"
    page_title = _("Movements")
    header_icon = "q-move"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        day, kind = self.asked_day(), self.request.GET.get("kind", "")
        found = movements_of(self.request.user, day or today - timedelta(days=DAYS), day or today)
        if kind in list(MovementKind):
            found = [one for one in found if one.kind == kind]
        return super().get_context_data(
            rows=shown(found, self.request.user), day=day, today=today, kind=kind, kinds=KINDS, days=DAYS, **kwargs
        )

    def asked_day(self) -> date | None:
        try:
            return date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return None

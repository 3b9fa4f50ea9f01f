"""The first panel of whoever answers for a place: its targets, and what is late there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from courses.classes.models import TrainingClass
from courses.people.models import Countersign, User
from courses.people.permissions import organisations_where
from lms.reports.registry import report
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.targets.models import Target
from lms.targets.permissions import VIEW_TARGETS
from lms.targets.views.lines import Line, lines_of

SHOWN = 8
WAITED_LONG = timedelta(days=3)


class TargetsPanel(Component):
    """A small board of today (of the last day, where all targets are over), and what is late. Nothing for those who answer for no place."""

    name = "targets"
    template_name = "targets/panel.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        if not organisations_where(user, VIEW_TARGETS).exists():
            return {"lines": [], "late": []}
        targets = Target.objects.visible_to(user).standing()
        day = targets.usual_day(today)
        lines = lines_of(targets.with_scope().filter(first__lte=day, last__gte=day), day, user)
        return {"lines": lines[:SHOWN], "late": late_at(user, lines), "as_of": day, "more": max(0, len(lines) - SHOWN)}


def late_at(user: User, lines: list[Line]) -> list[tuple[str, str]]:
    """What should have happened by now, each in words with the page that shows it: four questions."""
    now = timezone.now()
    today = timezone.localdate(now)
    found: list[tuple[int, str, str]] = []
    behind = sum(line.is_late for line in lines)
    text = ngettext("%(count)s target is behind", "%(count)s targets are behind", behind)
    found.append((behind, text, reverse("targets_board")))
    over = TrainingClass.objects.visible_to(user).filter(state=TrainingClass.State.RUNNING, ends_on__lt=today).count()
    text = ngettext("%(count)s class is over and not closed", "%(count)s classes are over and not closed", over)
    found.append((over, text, f"{reverse('classes:index')}?{urlencode({'state': TrainingClass.State.RUNNING})}"))
    waiting = Countersign.objects.waiting_for(user).filter(asked_at__lt=now - WAITED_LONG).count()
    text = ngettext(
        "%(count)s signature has waited for three days", "%(count)s signatures have waited for three days", waiting
    )
    found.append((waiting, text, reverse("people_waiting")))
    found.append(_unmarked(user, Period(today - timedelta(days=365), today - timedelta(days=1))))
    return [(text % {"count": count}, url) for count, text, url in found if count]


def _unmarked(user: User, period: Period) -> tuple[int, str, str]:
    """Registers of earlier days that are not fully marked, with their list."""
    table = report("unmarked")
    if table is None:
        return 0, "", ""
    count = table.count(user, Scope(), period)
    text = ngettext("%(count)s register is not marked", "%(count)s registers are not marked", count)
    try:
        return count, text, table.url(Scope(), period)
    except NoReverseMatch:
        return count, text, ""

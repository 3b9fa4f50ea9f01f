"""The first panels of whoever answers for a place: its targets, and what is late there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from certificates.issuing.actions.batches import RELEASE
from courses.classes.models import TrainingClass
from courses.exams.models import Exam, late_with_scores
from courses.people.models import Countersign, Learner, User
from courses.people.permissions import (
    APPOINT,
    MANAGE_LEARNERS,
    MANAGE_ORGANISATION,
    OPEN_CLASSES,
    SET_LOCAL_VALUES,
    VIEW_JOURNAL,
    holds_anywhere,
    rights_anywhere,
)
from lms.reports.registry import report
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.targets.models import Target
from lms.targets.permissions import VIEW_TARGETS
from lms.targets.views.lines import Line, lines_of

SHOWN = 8
CLASSES = 3  # named under the unmarked registers
DAYS = 3  # so long may a signature wait
APPLICATION = "classes.approve"


@dataclass(frozen=True)
class Late:
    """One thing that should have happened by now: how often, in words, and the page with exactly that many rows."""

    count: int
    text: str
    url: str
    parts: tuple["Late", ...] = ()


class TargetsPanel(Component):
    """A small board of today (of the last day, where all targets are over), and what is late. Nothing for those who answer for no place."""

    name = "targets"
    template_name = "targets/panel.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        if not holds_anywhere(user, VIEW_TARGETS):
            return {"lines": [], "late": [], "answers": False}
        targets = Target.objects.visible_to(user).standing()
        day = targets.usual_day(today)
        lines = lines_of(targets.with_scope().filter(first__lte=day, last__gte=day), day, user)
        late = late_at(user, lines)
        return {
            "lines": lines[:SHOWN], "late": late, "as_of": day, "all": len(lines), "more": max(0, len(lines) - SHOWN),
            "answers": True, "ways": [] if lines or late else ways_to_begin(user),
        }  # fmt: skip


def ways_to_begin(user: User) -> list[tuple[str, str, str, str]]:
    """For a place where nothing happens yet, such as a street's office: label, address, icon and what each way is good for."""
    if Learner.objects.visible_to(user).exists() or TrainingClass.objects.visible_to(user).exists():
        return []
    ways = [
        (None, _("Check a certificate"), "verification:check", "seal", _("Somebody brings a certificate: is it real, and what can the holder do?")),
        (MANAGE_LEARNERS, _("Open a file"), "people_register", "person", _("Register the people who come to learn.")),
        (OPEN_CLASSES, _("Classes"), "classes:index", "calendar", _("Plan a class and apply for it.")),
        (MANAGE_ORGANISATION, _("Organisations"), "organisations:index", "home", _("Your office and those below it: address, units, rooms.")),
        (APPOINT, _("Staff"), "staff:index", "card", _("Give colleagues an account and a post.")),
        (SET_LOCAL_VALUES, _("Local values"), "plans_local_values", "coin", _("Wages and taxes of your area, from which business plans are reckoned.")),
        (VIEW_JOURNAL, _("Journal"), "audit_journal", "list", _("Who did what at your office, and when.")),
    ]  # fmt: skip
    rights = rights_anywhere(user)
    return [(label, reverse(name), icon, text) for right, label, name, icon, text in ways if right in {None, *rights}]


def late_at(user: User, lines: list[Line]) -> list[Late]:
    """What should have happened by now: the same number of questions, however much it is."""
    found = [
        _behind(lines), _unmarked(user), _scores(user), _over(user),
        *_signatures(user),
    ]  # fmt: skip
    return [one for one in found if one.count]


def _behind(lines: list[Line]) -> Late:
    count = sum(line.is_late for line in lines)
    return Late(count, ngettext("target is behind time", "targets are behind time", count), reverse("targets_board"))


def _over(user: User) -> Late:
    count = TrainingClass.objects.visible_to(user).not_closed().count()
    text = ngettext("class is over and not closed", "classes are over and not closed", count)
    return Late(count, text, f"{reverse('classes:index')}?over=1")


def _scores(user: User) -> Late:
    count = late_with_scores(Exam.objects.visible_to(user)).count()
    return Late(count, ngettext("exam lacks scores", "exams lack scores", count), reverse("exams_missing"))


def _signatures(user: User) -> list[Late]:
    """Batches that wait for release, applications and other requests that have waited for three days."""
    waiting = Countersign.objects.waiting_for(user)
    batches = waiting.filter(act=RELEASE).count()
    slow = waiting.waiting_longer_than(DAYS)
    applications = slow.filter(act=APPLICATION).count()
    others = slow.exclude(act__in=[RELEASE, APPLICATION]).count()
    return [
        Late(batches, ngettext("batch of certificates waits for release", "batches of certificates wait for release", batches), _waiting(act=RELEASE)),
        Late(applications, ngettext("application for a class has waited for three days", "applications for classes have waited for three days", applications), _waiting(act=APPLICATION, days=DAYS)),
        Late(others, ngettext("signature has waited for three days", "signatures have waited for three days", others), _waiting(but=[RELEASE, APPLICATION], days=DAYS)),
    ]  # fmt: skip


def _waiting(**asked: Any) -> str:
    return f"{reverse('people_waiting')}?{urlencode(asked, doseq=True)}"


def _unmarked(user: User) -> Late:
    """Registers of earlier days that are not fully marked, and the classes that have most of them."""
    table = report("unmarked")
    if table is None:
        return Late(0, "", "")
    today = timezone.localdate()
    period = Period(today - timedelta(days=365), today - timedelta(days=1))
    sessions = [one.session for one in table.objects(user, Scope(), period)]
    by_class = Counter(one.training_class for one in sessions)
    parts = tuple(
        Late(count, one.class_no, _url(table, Scope(training_class=one), period))
        for one, count in by_class.most_common(CLASSES)
    )
    text = ngettext("register is not marked", "registers are not marked", len(sessions))
    return Late(len(sessions), text, _url(table, Scope(), period), parts)


def _url(table: Any, scope: Scope, period: Period) -> str:
    try:
        return str(table.url(scope, period))
    except NoReverseMatch:
        return ""

"""What was reported upwards: frozen, with the rows that were counted; what is corrected later is listed beside it (TGT-6)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.people.models import Learner, Organisation, User
from courses.people.permissions import organisations_where
from lms.reports.rules import Period
from lms.targets.models.targets import Target
from lms.targets.permissions import VIEW_TARGETS


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(organisation__in=organisations_where(user, VIEW_TARGETS).values("pk"))


class Submission(models.Model):
    """One report of an organisation for a day (上报, 定稿)."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="submissions", verbose_name=_("organisation")
    )
    as_of = models.DateField(_("as of"))
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("submitted by"))
    note = models.TextField(_("note"), blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        verbose_name = _("submitted report")
        verbose_name_plural = _("submitted reports")
        constraints = [models.UniqueConstraint(fields=["organisation", "as_of"], name="targets_submitted_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.as_of:%Y-%m-%d}"


@dataclass(frozen=True)
class Delta:
    """One row that is counted today and was not, or was and is not any more."""

    change: int  # +1 or -1 on the number; 0 where only the whole of a rate changed
    learner: Learner | None
    was: date | None
    now: date | None

    @property
    def sign(self) -> str:
        """The change with its sign, as it is printed: "−1"."""
        return signed(self.change)


def signed(number: int) -> str:
    """A number with its sign: "+2", "−1", "0"."""
    return f"−{-number}" if number < 0 else f"+{number}" if number else "0"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(submission__in=Submission.objects.visible_to(user).values("pk"))


class Snapshot(models.Model):
    """One target of a submitted report as it was: what it said, what was counted, and every row (key, learner, day, counted)."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="snapshots", verbose_name=_("report"))
    target = models.ForeignKey(Target, models.PROTECT, related_name="snapshots", verbose_name=_("target"))
    position = models.PositiveSmallIntegerField()
    facts = models.JSONField(_("what the target said"))
    numerator = models.PositiveIntegerField(_("counted"))
    denominator = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    rows = models.JSONField(_("rows"), default=list)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "position"]
        verbose_name = _("submitted figure")
        verbose_name_plural = _("submitted figures")
        constraints = [models.UniqueConstraint(fields=["submission", "target"], name="targets_once_in_a_report")]

    def __str__(self) -> str:
        return str(self.facts.get("title", ""))

    def frozen(self) -> Target:
        """The target as it was then: not stored, and not what it may say today."""
        fields = {name: value for name, value in self.facts.items() if name in Target.FACTS}
        for name in ("organisation", "region", "programme", "parent"):
            fields[f"{name}_id"] = fields.pop(name, None)
        for name in ("first", "last"):
            fields[name] = date.fromisoformat(fields[name])
        for name in ("value", "stated_rate"):
            fields[name] = Decimal(fields[name]) if fields.get(name) is not None else None
        return Target(pk=self.target_id, owner_id=self.target.owner_id, **fields)

    def deltas(self) -> list[Delta]:
        """What has been corrected since: the same question asked today, row by row. Four queries, whatever the number."""
        then = {row[0]: row for row in self.rows}
        now = {row[0]: row for row in rows_of(self.frozen(), self.submission.as_of)}
        changed = [
            key for key in [*then, *(k for k in now if k not in then)] if _counted(then, key) != _counted(now, key)
        ]
        changed += [
            key
            for key in now
            if key in then and _counted(then, key) == _counted(now, key) and then[key][2] != now[key][2]
        ]
        people = Learner.objects.in_bulk({(then.get(key) or now[key])[1] for key in changed})
        return [
            Delta(
                change=_counted(now, key) - _counted(then, key),
                learner=people.get((then.get(key) or now[key])[1]),
                was=date.fromisoformat(then[key][2]) if key in then else None,
                now=date.fromisoformat(now[key][2]) if key in now else None,
            )
            for key in changed
        ]


def rows_of(target: Target, as_of: date) -> list[list[Any]]:
    """The rows behind a target on a day, as they are frozen: key, learner, day, counted (1 or 0)."""
    period: Period | None = target.period(as_of)
    if period is None:
        return []
    table = target.counted.whole or target.counted.list
    return [[key, learner, day.isoformat(), int(good)] for key, learner, day, good in table.facts(target.scope, period)]


def _counted(rows: dict[int, list[Any]], key: int) -> int:
    return int(rows[key][3]) if key in rows else 0

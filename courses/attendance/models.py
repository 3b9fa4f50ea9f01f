"""Registers. A mark is never edited: a newer one takes its place, and both stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance.rules import EarnedHours, Mark, SessionHours, Status, earned_hours, held_half_hours
from courses.catalogue.rules import RunRules
from courses.classes.models import ClassSession, Enrolment, HoursCredit, TrainingClass
from courses.classes.rules import belongs_on_register
from courses.people.models import User

STATUSES = [
    (Status.PRESENT, _("present")),
    (Status.LATE, _("late")),
    (Status.LEFT_EARLY, _("left early")),
    (Status.LEAVE, _("on leave")),
    (Status.ABSENT, _("absent")),
    (Status.DUTY, _("other duty")),
]


class Register(models.Model):
    """The register of one session: open until its trainer closes it with every name marked."""

    session = models.OneToOneField(ClassSession, models.PROTECT, related_name="register", verbose_name=_("session"))
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        verbose_name = _("attendance register")
        verbose_name_plural = _("attendance registers")

    def __str__(self) -> str:
        return str(self.session)


@dataclass(frozen=True)
class Marking:
    """How far a register is marked: how many learners belong on it, how many of them have a mark."""

    session: ClassSession
    due: int
    marked: int

    @property
    def left(self) -> int:
        """How many are not marked yet."""
        return self.due - self.marked


class AttendanceRecordQuerySet(models.QuerySet["AttendanceRecord"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(session__in=ClassSession.objects.visible_to(user))

    def live(self) -> Self:
        """The marks that count: not superseded."""
        return self.filter(superseded_at__isnull=True)

    def hours_of(
        self, training_class: TrainingClass, at: datetime | None = None, enrolments: Iterable[int] | None = None
    ) -> dict[int, EarnedHours]:
        """What each enrolment of a class (or each of those named) has earned until a moment: the one place where hours add up.

        Always the same four queries, however many learners and sessions.
        """
        learners = (
            training_class.enrolments.all()
            if enrolments is None
            else training_class.enrolments.filter(pk__in=enrolments)
        )
        return self._hours(learners, {training_class.pk: training_class}, at or timezone.now())

    def hours_for(self, enrolments: Iterable[Enrolment], at: datetime | None = None) -> dict[int, EarnedHours]:
        """The same for enrolments of many classes, whose classes and editions are at hand: always three queries."""
        listed = list(enrolments)
        return self._hours(listed, {one.training_class_id: one.training_class for one in listed}, at or timezone.now())

    def _hours(
        self, enrolments: Iterable[Enrolment], classes: dict[int, TrainingClass], moment: datetime
    ) -> dict[int, EarnedHours]:
        run_rules = {pk: one.run_rules for pk, one in classes.items()}
        sessions: dict[int, list[tuple[ClassSession, SessionHours]]] = {pk: [] for pk in classes}
        for session in ClassSession.objects.taking_place().filter(training_class__in=classes):
            facts = session_hours(session, run_rules[session.training_class_id])
            sessions[session.training_class_id].append((session, facts))
        learners = list(enrolments)
        live = self.live().filter(enrolment__in=[one.pk for one in learners]).order_by()
        marks = {
            (enrolment, session): Mark(status=Status(status), minutes_missed=missed)
            for enrolment, session, status, missed in live.values_list(
                "enrolment_id", "session_id", "status", "minutes_missed"
            )
        }
        credited = _credited(learners)
        return {
            one.pk: _earned(
                one, classes[one.training_class_id], sessions[one.training_class_id], marks, credited, moment
            )
            for one in learners
        }

    def unmarked_sessions(self, training_class: TrainingClass, at: datetime | None = None) -> list[Marking]:
        """Sessions that have begun and lack marks: they block the exam list and the closing of the class (CLS-7, ATT-3)."""
        held = training_class.sessions.held(at).order_by("starts_at")
        return [one for one in self.progress_of(held) if one.left]

    def progress_of(self, sessions: Iterable[ClassSession]) -> list[Marking]:
        """How far the register of each session is marked. Two queries more than the sessions' own."""
        listed = list(sessions)
        by_class: dict[int, list[Enrolment]] = {}
        for enrolment in Enrolment.objects.filter(training_class__in={one.training_class_id for one in listed}):
            by_class.setdefault(enrolment.training_class_id, []).append(enrolment)
        marked = set(
            self.live().filter(session__in=[one.pk for one in listed]).values_list("session_id", "enrolment_id")
        )
        found = []
        for session in listed:
            due = [one.pk for one in by_class.get(session.training_class_id, []) if _is_due(one, session)]
            found.append(Marking(session, len(due), sum((session.pk, pk) in marked for pk in due)))
        return found


def _credited(enrolments: list[Enrolment]) -> dict[tuple[int, str], int]:
    """Half-hours brought along, by enrolment and kind (XFR-1)."""
    credited: dict[tuple[int, str], int] = {}
    for credit in HoursCredit.objects.filter(enrolment__in=[one.pk for one in enrolments]):
        for kind, amount in (("theory", credit.theory_half_hours), ("practice", credit.practice_half_hours)):
            credited[credit.enrolment_id, kind] = credited.get((credit.enrolment_id, kind), 0) + amount
    return credited


def _earned(
    enrolment: Enrolment,
    training_class: TrainingClass,
    sessions: list[tuple[ClassSession, SessionHours]],
    marks: dict[tuple[int, int], Mark],
    credited: dict[tuple[int, str], int],
    moment: datetime,
) -> EarnedHours:
    marked = [(session, marks.get((enrolment.pk, session.pk)), facts) for session, facts in sessions]
    theory, practice = (
        earned_hours(
            [(mark, facts) for session, mark, facts in marked if session.kind == kind],
            credited.get((enrolment.pk, kind), 0),
        )
        for kind in ("theory", "practice")
    )
    unmarked = [
        held_half_hours(facts)
        for session, mark, facts in marked
        if mark is None and session.starts_at <= moment and _is_due(enrolment, session)
    ]
    edition = training_class.edition
    return EarnedHours(
        earned_half_hours=theory + practice,
        theory_half_hours=theory,
        practice_half_hours=practice,
        required_half_hours=edition.required_half_hours,
        unmarked=len(unmarked),
        unmarked_half_hours=sum(unmarked),
        absences=sum(mark is not None and mark.status == Status.ABSENT for _session, mark, _facts in marked),
        min_pct=edition.pass_rule.min_attendance_pct,
    )


def session_hours(session: ClassSession, run_rules: RunRules) -> SessionHours:
    """A session as the rule of ATT-2 sees it."""
    interrupted = session.state == ClassSession.State.INTERRUPTED
    return SessionHours(
        planned_half_hours=session.planned_half_hours,
        held_minutes=session.held_minutes if interrupted else None,
        late_tolerance_minutes=run_rules.late_tolerance_minutes,
    )


def _is_due(enrolment: Enrolment, session: ClassSession) -> bool:
    return belongs_on_register(enrolment.enrolled_at, enrolment.ended_at, session.starts_at, session.ends_at)


class AttendanceRecord(models.Model):
    """One mark: who was there, for how long, written by whom. Superseded, never changed."""

    class Source(models.TextChoices):
        LIVE = "live", _("at the lesson")
        LATE_ENTRY = "late_entry", _("entered later")
        PAPER = "paper", _("from paper")
        CORRECTION = "correction", _("correction")

    session = models.ForeignKey(ClassSession, models.PROTECT, related_name="records", verbose_name=_("session"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="records", verbose_name=_("learner"))
    status = models.CharField(_("mark"), max_length=10, choices=STATUSES)
    minutes_missed = models.PositiveSmallIntegerField(_("minutes missed"), default=0)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.LIVE)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    reason = models.TextField(_("reason"), blank=True)
    marked_at = models.DateTimeField(_("marked at"), default=timezone.now)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("marked by"))
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceRecordQuerySet.as_manager()

    class Meta:
        ordering = ["session", "enrolment", "version"]
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=Q(superseded_at__isnull=True),
                name="attendance_one_live_mark",
            ),
            models.UniqueConstraint(fields=["session", "enrolment", "version"], name="attendance_version_once"),
            models.CheckConstraint(
                condition=Q(minutes_missed=0) | Q(status__in=[Status.LATE, Status.LEFT_EARLY]),
                name="attendance_minutes_only_if_partly",
            ),
            models.CheckConstraint(condition=Q(status__in=[str(s) for s in Status]), name="attendance_known_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.enrolment_id} {self.status}"

    @property
    def mark(self) -> Mark:
        return Mark(status=Status(self.status), minutes_missed=self.minutes_missed)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(record__in=AttendanceRecord.objects.visible_to(user))

    def waiting(self) -> Self:
        """Not decided yet."""
        return self.filter(decided_at__isnull=True)


class Correction(models.Model):
    """What a mark should be instead, and why; a second person decides once the time for changes is over (ATT-5)."""

    record = models.ForeignKey(
        AttendanceRecord, models.PROTECT, related_name="corrections", verbose_name=_("mark as it stands")
    )
    status = models.CharField(_("mark"), max_length=10, choices=STATUSES)
    minutes_missed = models.PositiveSmallIntegerField(_("minutes missed"), default=0)
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    result = models.OneToOneField(
        AttendanceRecord, models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("new mark")
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("correction of a mark")
        verbose_name_plural = _("corrections of marks")
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(decided_at__isnull=True), name="attendance_one_open_correction"
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=True) | Q(decided_at__isnull=False), name="attendance_result_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} → {self.status}"

    @property
    def mark(self) -> Mark:
        return Mark(status=Status(self.status), minutes_missed=self.minutes_missed)

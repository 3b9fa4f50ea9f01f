"""Learners to look after: who can no longer, or can hardly, reach the hours; who stays away (ATT-3, ATT-4)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import ALERT_ABSENCES, EarnedHours, Risk, risk_of, spare_half_hours
from courses.catalogue.rules import hours_text
from courses.classes.models import ClassSession, Enrolment, TrainingClass
from courses.people.models import Stay, User
from courses.people.permissions import MARK_REGISTERS, VIEW_CATEGORIES, organisations_where

ORDER = [Risk.LOST, Risk.NEAR, Risk.ABSENT]


@dataclass(frozen=True)
class Line:
    """One learner of the list, with the figures that put him on it."""

    enrolment: Enrolment
    hours: EarnedHours
    risk: Risk
    left_half_hours: int
    finish_by: date | None  # where it comes before the class is over

    @property
    def is_lost(self) -> bool:
        return self.risk == Risk.LOST

    @property
    def is_near(self) -> bool:
        return self.risk == Risk.NEAR

    @cached_property
    def spare(self) -> str:
        """What may still be missed, in class hours; below zero it is what is short."""
        return hours_text(max(0, spare_half_hours(self.hours, self.left_half_hours)))

    @cached_property
    def short(self) -> str:
        return hours_text(max(0, -spare_half_hours(self.hours, self.left_half_hours)))

    @property
    def absences(self) -> int:
        """Unexcused, where they are so many that a word is needed (ATT-4)."""
        return self.hours.absences if self.hours.absences >= ALERT_ABSENCES else 0


def at_risk(user: User) -> list[Line]:
    """Of the running classes whose registers the user marks, the most pressing first. As many queries for one class as for all."""
    classes = TrainingClass.objects.where(user, MARK_REGISTERS).filter(state=TrainingClass.State.RUNNING)
    stay = Stay.objects.filter(learner=OuterRef("learner"), until__isnull=True)
    enrolments = list(
        Enrolment.objects.active()
        .filter(training_class__in=classes)
        .select_related("learner", "training_class__edition")
        .annotate(leaves_on=Subquery(stay.values("expected_release")[:1]))
        .order_by("training_class__class_no", "roster_no")
    )
    if not enrolments:
        return []
    hours = AttendanceRecord.objects.hours_for(enrolments)
    plan = sessions_ahead({one.training_class_id for one in enrolments})
    knows = _classes_with_a_day(user)
    lines = [_line(one, hours[one.pk], plan[one.training_class_id], knows) for one in enrolments]
    return sorted((one for one in lines if one), key=lambda one: ORDER.index(one.risk))


def sessions_ahead(classes: set[int]) -> dict[int, list[ClassSession]]:
    """What is still planned, by class: one query."""
    plan: dict[int, list[ClassSession]] = defaultdict(list)
    ahead = ClassSession.objects.taking_place().filter(training_class__in=classes, starts_at__gt=timezone.now())
    for one in ahead.order_by("starts_at"):
        plan[one.training_class_id].append(one)
    return plan


def _classes_with_a_day(user: User) -> Any:
    """Whether "must finish by" may be told of a class: to its trainers, and to those who may see the day itself (PRV-3)."""
    led = set(TrainingClass.objects.led_by(user).values_list("pk", flat=True))
    places = set(organisations_where(user, VIEW_CATEGORIES).values_list("pk", flat=True))
    return lambda one: one.pk in led or one.host_id in places


def _line(enrolment: Enrolment, hours: EarnedHours, ahead: list[ClassSession], knows: Any) -> Line | None:
    leaves: date | None = enrolment.leaves_on if knows(enrolment.training_class) else None  # type: ignore[attr-defined]
    there = [one for one in ahead if leaves is None or _day(one.starts_at) < leaves]
    left = sum(one.planned_half_hours for one in there)
    longest = max((one.planned_half_hours for one in ahead), default=0)
    risk = risk_of(hours, left, longest)
    finish_by = leaves if len(there) < len(ahead) else None
    return Line(enrolment, hours, risk, left, finish_by) if risk else None


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)

"""Results: one live outcome per enrolment, with the evidence it was decided on."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance.models import AttendanceRecord
from courses.classes.models import Enrolment, TrainingClass
from courses.exams.models import ExamEntry, Grade
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS
from courses.results.rules import Evidence


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(enrolment__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS))

    def live(self) -> Self:
        """The results that count: not superseded."""
        return self.filter(superseded_at__isnull=True)

    def of(self, training_class: TrainingClass) -> Self:
        """The live results of a class in the order of its roster, with the learners."""
        found = self.live().filter(enrolment__training_class=training_class)
        return found.select_related("enrolment__learner").order_by("enrolment__roster_no")

    def evidence_of(self, training_class: TrainingClass, at: datetime | None = None) -> dict[int, Evidence]:
        """What decisions on a class rest on at a moment, now by default, by enrolment: hours and marks, constant queries."""
        moment = at or timezone.now()
        entries = dict(ExamEntry.objects.of(training_class).values_list("enrolment", "pk"))
        marks = Grade.objects.marks_of(training_class)
        return {
            enrolment: Evidence(
                earned_half_hours=hours.earned_half_hours,
                required_half_hours=hours.required_half_hours,
                on=timezone.localdate(moment),
                marks=tuple(sorted(marks.get(entries.get(enrolment, 0), {}).values(), key=lambda m: m.component)),
            )
            for enrolment, hours in AttendanceRecord.objects.hours_of(training_class, moment).items()
        }

    def confirmed(self) -> Self:
        return self.live().filter(state=Outcome.State.CONFIRMED)

    def certifiable(self) -> Self:
        """Confirmed and passed: the only outcomes that a certificate may rest on."""
        return self.confirmed().filter(passed=True)


class Outcome(models.Model):
    """The result of one enrolment (结业结果). A correction supersedes it; the evidence of both stays (EXM-7)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="outcomes", verbose_name=_("learner"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    hours_met = models.BooleanField(_("hours met"))
    passed = models.BooleanField(_("passed"))
    resit_of = models.JSONField(_("components to resit"), default=list)
    repeat_course = models.BooleanField(_("must repeat the course"), default=False)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    earned_half_hours = models.PositiveIntegerField(_("earned (half-hours)"))
    required_half_hours = models.PositiveIntegerField(_("required (half-hours)"))
    theory_score = models.DecimalField(_("theory score"), max_digits=5, decimal_places=2, null=True, blank=True)
    practice_score = models.DecimalField(_("practice score"), max_digits=5, decimal_places=2, null=True, blank=True)
    evidence = models.JSONField(_("evidence"), default=dict)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "-proposed_at"]
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at__isnull=True), name="results_one_live_outcome"
            ),
        ]

    def __str__(self) -> str:
        return str(self.enrolment)


class CompletionCorrectionQuerySet(models.QuerySet["CompletionCorrection"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(enrolment__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS))

    def waiting(self) -> Self:
        """Asked for and not decided yet."""
        return self.filter(decided_at__isnull=True)


class CompletionCorrection(models.Model):
    """A wish to correct the day on which somebody completed a class; a second person decides (`people.Countersign`).

    The day decides in which period a completion counts (TGT-3), so both days stay here for ever.
    """

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="completion_corrections", verbose_name=_("learner")
    )
    was = models.DateTimeField(_("completed at"))
    becomes = models.DateTimeField(_("corrected to"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    approved = models.BooleanField(_("approved"), default=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = CompletionCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "-asked_at"]
        verbose_name = _("correction of a completion")
        verbose_name_plural = _("corrections of completions")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(decided_at__isnull=True), name="results_one_waiting_correction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {timezone.localtime(self.becomes):%Y-%m-%d}"

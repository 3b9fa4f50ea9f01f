"""Results: one live outcome per enrolment, with the evidence it was decided on."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(enrolment__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS))

    def live(self) -> Self:
        return self.filter(superseded_at__isnull=True)

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
    theory_score = models.DecimalField(_("theory mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    practice_score = models.DecimalField(_("practice mark"), max_digits=5, decimal_places=2, null=True, blank=True)
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

"""Sittings, their pauses, and the moments at which the server was away."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.classes.models import TrainingClass
from courses.exams.models.exams import Exam, Paper
from courses.people.models import Room, User
from courses.people.permissions import RUN_EXAMS


class SittingQuerySet(models.QuerySet["Sitting"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(exam__training_class__in=TrainingClass.objects.visible_to(user))

    def run_by(self, user: User) -> Self:
        return self.filter(exam__training_class__in=TrainingClass.objects.where(user, RUN_EXAMS))

    def open(self) -> Self:
        return self.filter(state=Sitting.State.OPEN)


class Sitting(models.Model):
    """One time and room at which an exam is sat. A pause belongs to the sitting, not to forty attempts."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", pgettext_lazy("exam", "open")
        CLOSED = "closed", _("closed")

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="sittings", verbose_name=_("exam"))
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="sittings", verbose_name=_("paper")
    )
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, verbose_name=_("room"))
    resit = models.BooleanField(_("resit"), default=False)
    planned_for = models.DateTimeField(_("planned for"))
    limit_seconds = models.PositiveIntegerField(_("time (seconds)"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for"]
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned") | Q(opened_at__isnull=False), name="exams_open_sitting_has_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam} {timezone.localtime(self.planned_for):%Y-%m-%d %H:%M}"


class Pause(models.Model):
    """A time during which the whole room stood still; given back to every open attempt, to the second."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="pauses", verbose_name=_("sitting"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=160)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["sitting_id", "since"]
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            models.UniqueConstraint(fields=["sitting"], condition=Q(until__isnull=True), name="exams_one_open_pause"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.since):%H:%M}"


class Heartbeat(models.Model):
    """The last moment at which the web server was known to run: one row, written by what the terminals send."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%H:%M:%S}"


class Outage(models.Model):
    """A time during which the server was away, as the heartbeat shows it. Given back only when the invigilator says so (EXM-5)."""

    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))

    class Meta:
        ordering = ["since"]
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="exams_outage_has_length")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.since):%H:%M:%S}–{timezone.localtime(self.until):%H:%M:%S}"

    @property
    def seconds(self) -> int:
        """Whole seconds, rounded up: nobody loses by the rounding."""
        return -int(-(self.until - self.since).total_seconds() // 1)

"""Registers. A mark is never edited: a newer one takes its place, and both stay."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance.rules import Mark, Status
from courses.classes.models import ClassSession, Enrolment
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
        verbose_name = _("register")
        verbose_name_plural = _("registers")

    def __str__(self) -> str:
        return str(self.session)


class AttendanceRecordQuerySet(models.QuerySet["AttendanceRecord"]):
    def live(self) -> Self:
        """The marks that count: not superseded."""
        return self.filter(superseded_at__isnull=True)


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
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.enrolment_id} {self.status}"

    @property
    def mark(self) -> Mark:
        return Mark(status=Status(self.status), minutes_missed=self.minutes_missed)

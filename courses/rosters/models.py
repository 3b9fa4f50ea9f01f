"""A roster that is brought in, and what became of each of its rows."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.classes.models import TrainingClass
from courses.jobs import Job, JobQuerySet
from courses.people.models import Learner, Organisation, User
from courses.people.permissions import MANAGE_LEARNERS, organisations_where


class RosterImportQuerySet(JobQuerySet["RosterImport"]):
    def visible_to(self, user: User) -> Self:
        """Rosters of the places where the user may open files."""
        return self.filter(organisation__in=organisations_where(user, MANAGE_LEARNERS))


class RosterImport(Job):
    """A roster (花名册) that somebody has looked at and confirmed; its rows are worked on in the background.

    `table` holds what is still to be done, encrypted, and is emptied at the end. `slip_key` locks the PINs for the slips
    (`courses.rosters.slips`); empty where whoever asked may not give PINs.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of a roster", "begins in a moment")
        WORKING = "working", pgettext_lazy("state of a roster", "is being brought in")
        DONE = "done", pgettext_lazy("state of a roster", "brought in")
        FAILED = "failed", pgettext_lazy("state of a roster", "stopped")

    class WhenFull(models.TextChoices):
        WAIT = "wait", _("put them on the waiting list")
        REFUSE = "refuse", _("refuse their rows")

    ticket = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    when_full = models.CharField(
        _("when the class is full"), max_length=6, choices=WhenFull.choices, default=WhenFull.WAIT
    )
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    language = models.CharField(max_length=10, default="zh-hans", editable=False)
    table = models.TextField(blank=True, editable=False)
    slip_key = models.CharField(max_length=64, blank=True, editable=False)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    problem = models.CharField(_("why it stopped"), max_length=200, blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("roster brought in")
        verbose_name_plural = _("rosters brought in")
        indexes = [models.Index(fields=["state", "asked_at"], name="rosters_by_state")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"


class RosterRow(models.Model):
    """What became of one row. `cells`: what it said, encrypted, only while a refused row can be taken back as a table.
    `slip`: card and PIN, locked, until they are printed."""

    class Outcome(models.TextChoices):
        NEW = "new", pgettext_lazy("what became of a row", "file opened")
        KNOWN = "known", pgettext_lazy("what became of a row", "has a file already")
        THERE = "there", pgettext_lazy("what became of a row", "was here already")
        REFUSED = "refused", pgettext_lazy("what became of a row", "refused")

    class Place(models.TextChoices):
        NONE = "", "—"
        CLASS = "class", pgettext_lazy("what became of a row", "in the class")
        WAITING = "waiting", pgettext_lazy("what became of a row", "on the waiting list")

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows", verbose_name=_("roster"))
    row = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("what became of it"), max_length=7, choices=Outcome.choices)
    place = models.CharField(_("place"), max_length=7, choices=Place.choices, blank=True, default=Place.NONE)
    learner = models.ForeignKey(
        Learner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("learner")
    )
    problems = models.JSONField(_("why it was refused"), default=list, blank=True)
    cells = models.TextField(blank=True, editable=False)
    slip = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["roster_import", "row"]
        verbose_name = _("row of a roster")
        verbose_name_plural = _("rows of rosters")
        constraints = [models.UniqueConstraint(fields=["roster_import", "row"], name="rosters_each_row_once")]

    def __str__(self) -> str:
        return f"{self.roster_import_id}: {self.row}"

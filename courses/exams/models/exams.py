"""Exams, frozen papers and the right to sit."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.catalogue.rules import hours_text
from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import User
from courses.people.permissions import EXAMINE, RUN_EXAMS
from courses.questions.models import Bank, Question


class ExamQuerySet(models.QuerySet["Exam"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def run_by(self, user: User) -> Self:
        return self.filter(training_class__in=TrainingClass.objects.where(user, RUN_EXAMS))

    def examined_by(self, user: User) -> Self:
        return self.filter(training_class__in=TrainingClass.objects.where(user, EXAMINE))


class Exam(models.Model):
    """One component of a class's examination: theory, practice or plan; on screen, on paper or in the workshop."""

    class Component(models.TextChoices):
        THEORY = "theory", _("theory")
        PRACTICE = "practice", _("practice")
        PLAN = "plan", _("business plan")

    class Mode(models.TextChoices):
        SCREEN = "screen", _("on the terminal")
        PAPER = "paper", _("on paper")
        WORKSHOP = "workshop", _("in the workshop")

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="exams", verbose_name=_("class"))
    component = models.CharField(_("component"), max_length=8, choices=Component.choices)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode.choices)
    title = models.CharField(_("title"), max_length=120)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"), default=60)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    bank = models.ForeignKey(Bank, models.PROTECT, null=True, blank=True, verbose_name=_("question bank"))
    blueprint = models.JSONField(
        _("blueprint"), default=dict, help_text=_("How many questions of which topic and type")
    )

    objects = ExamQuerySet.as_manager()

    class Meta:
        ordering = ["training_class", "component"]
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        constraints = [models.UniqueConstraint(fields=["training_class", "component"], name="exams_one_per_component")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """The questions of one sitting, frozen when it opens: later edits in the bank do not reach it."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="papers", verbose_name=_("exam"))
    seed = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"), default=timezone.now)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return f"{self.exam} {self.sha256[:8]}"


class PaperItem(models.Model):
    """One question of a paper: its words, choices, key and points as they were."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="items", verbose_name=_("paper"))
    position = models.PositiveSmallIntegerField(_("position"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    type = models.CharField(max_length=20)
    text = models.TextField()
    body = models.JSONField(default=dict)
    key = models.JSONField(default=dict)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["paper", "position"]
        verbose_name = _("paper item")
        verbose_name_plural = _("paper items")
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="exams_item_position_once")]

    def __str__(self) -> str:
        return f"{self.position}"


class ExamEntryQuerySet(models.QuerySet["ExamEntry"]):
    def of(self, training_class: TrainingClass) -> Self:
        """The exam list of a class in the order of its roster, with the learners."""
        found = self.filter(enrolment__training_class=training_class).select_related("enrolment__learner")
        return found.order_by("enrolment__roster_no")

    def eligible(self) -> Self:
        return self.filter(eligible=True)


class ExamEntry(models.Model):
    """A learner's right to sit: computed when the list is made, and frozen with the figures it was computed from (EXM-2)."""

    HOURS_SHORT, LEFT = "hours_short", "left"  # `reason`

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="exam_entry", verbose_name=_("learner"))
    eligible = models.BooleanField(_("eligible"))
    reason = models.CharField(_("reason"), max_length=40, blank=True, help_text=_("Code: hours_short, left"))
    earned_half_hours = models.PositiveIntegerField(_("earned (half-hours)"))
    required_half_hours = models.PositiveIntegerField(_("required (half-hours)"))
    needed_half_hours = models.PositiveIntegerField(_("needed (half-hours)"))
    computed_at = models.DateTimeField(_("computed at"), default=timezone.now)
    computed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ExamEntryQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment"]
        verbose_name = _("exam entry")
        verbose_name_plural = _("exam entries")

    def __str__(self) -> str:
        return str(self.enrolment)

    @property
    def reason_text(self) -> str:
        """Why somebody may not sit, in words and with the figures of the day the list was made: "学时不足 14/20, 需 16"."""
        if self.reason == self.HOURS_SHORT:
            return gettext("Hours short: %(earned)s/%(required)s, %(needed)s needed") % {
                "earned": hours_text(self.earned_half_hours),
                "required": hours_text(self.required_half_hours),
                "needed": hours_text(self.needed_half_hours),
            }
        return gettext("No longer in the class") if self.reason == self.LEFT else ""

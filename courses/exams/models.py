"""Exams, frozen papers, sittings, attempts and answers. The server's clock is the only one."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import Room, User
from courses.people.permissions import EXAMINE, RUN_EXAMS, VIEW_RESULTS
from courses.questions.models import Bank, Question
from courses.terminals.models import Terminal


def random_id() -> str:
    """128 random bits: an attempt's address cannot be guessed from another's."""
    return secrets.token_urlsafe(16)


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
    def eligible(self) -> Self:
        return self.filter(eligible=True)


class ExamEntry(models.Model):
    """A learner's right to sit: computed when the list is made, and frozen with the figures it was computed from (EXM-2)."""

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
        OPEN = "open", _("open")
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
        ordering = ["sitting", "since"]
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            models.UniqueConstraint(fields=["sitting"], condition=Q(until__isnull=True), name="exams_one_open_pause"),
        ]

    def __str__(self) -> str:
        return f"{self.since:%H:%M}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> Self:
        return self.filter(state=Attempt.State.OPEN)


class Attempt(models.Model):
    """One learner's paper at one sitting. Never deleted; a void attempt keeps its answers."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("handed in")
        EXPIRED = "expired", _("time was up")
        VOID = "void", _("void")

    id = models.CharField(primary_key=True, max_length=24, default=random_id, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attempts", verbose_name=_("sitting"))
    entry = models.ForeignKey(ExamEntry, models.PROTECT, related_name="attempts", verbose_name=_("learner"))
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    extra_seconds = models.PositiveIntegerField(_("extra time (seconds)"), default=0)
    order = models.JSONField(_("order of questions and choices"), default=list)
    terminal = models.ForeignKey(
        Terminal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("terminal")
    )
    token_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=12, blank=True)
    last_beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "started_at"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [models.UniqueConstraint(fields=["sitting", "entry"], name="exams_one_attempt_per_sitting")]

    def __str__(self) -> str:
        return self.id

    def deadline(self, paused_seconds: int = 0) -> datetime:
        """Started, plus the limit, extensions and the pauses since the start (EXM-5)."""
        return self.started_at + timedelta(seconds=self.sitting.limit_seconds + self.extra_seconds + paused_seconds)


class Answer(models.Model):
    """The newest accepted answer to one question of one attempt. The highest sequence number wins, not the last to arrive."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    flagged = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["attempt", "position"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="exams_one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"


class AnswerLog(models.Model):
    """Every accepted answer, in the order of acceptance. It only grows."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="log")
    position = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now)
    terminal = models.ForeignKey(Terminal, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("answer log")
        verbose_name_plural = _("answer log")

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}/{self.seq}"


class Incident(models.Model):
    """What the invigilator did or noted: extension, moved seat, void, outage given back, note."""

    class Kind(models.TextChoices):
        NOTE = "note", _("note")
        EXTEND = "extend", _("extra time")
        MOVE = "move", _("moved to another terminal")
        VOID = "void", _("made void")
        REOPEN = "reopen", _("reopened")
        OUTAGE = "outage", _("outage given back")
        FORCE = "force", _("handed in by the invigilator")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="incidents", verbose_name=_("sitting"))
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, blank=True, related_name="incidents", verbose_name=_("attempt")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    seconds = models.IntegerField(_("seconds"), default=0)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["sitting", "at"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")

    def __str__(self) -> str:
        return self.get_kind_display()


class Heartbeat(models.Model):
    """The last moment at which the server was known to run: shows how long an outage lasted."""

    at = models.DateTimeField()
    outage_since = models.DateTimeField(null=True, blank=True)
    outage_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S}"


class GradeQuerySet(models.QuerySet["Grade"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(exam__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS))

    def live(self) -> Self:
        """The marks that count: not superseded by a correction (EXM-7)."""
        return self.filter(superseded_at__isnull=True)


class Grade(models.Model):
    """A mark of 0 to 100 for one component, first sitting or resit. Corrected by a newer one; the old stays (EXM-7)."""

    class Source(models.TextChoices):
        SCREEN = "screen", _("marked by the computer")
        PAPER = "paper", _("typed from paper")
        PRACTICAL = "practical", _("agreed by the examiners")

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="grades", verbose_name=_("exam"))
    entry = models.ForeignKey(ExamEntry, models.PROTECT, related_name="grades", verbose_name=_("learner"))
    resit = models.BooleanField(_("resit"), default=False)
    absent = models.BooleanField(_("did not come"), default=False)
    score = models.DecimalField(_("mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="grades")
    sat_on = models.DateField(_("sat on"))
    graded_at = models.DateTimeField(_("graded at"), default=timezone.now)
    graded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("examiner")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        ordering = ["exam", "entry", "resit", "graded_at"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "entry", "resit"], condition=Q(superseded_at__isnull=True), name="exams_one_live_grade"
            ),
            models.CheckConstraint(
                condition=Q(absent=True, score__isnull=True) | Q(absent=False, score__gte=0, score__lte=100),
                name="exams_grade_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.exam_id}: {self.score}"

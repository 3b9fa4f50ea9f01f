"""Attempts and answers. The server's clock is the only one."""

import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.exams.models.exams import ExamEntry
from courses.exams.models.sittings import Sitting
from courses.terminals.models import Terminal


def random_id() -> str:
    """128 random bits: an attempt's address cannot be guessed from another's."""
    return secrets.token_urlsafe(16)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> Self:
        return self.filter(state=Attempt.State.OPEN)

    def cut_off_at(self, moment: datetime) -> Self:
        """Attempts of open sittings that an outage from that moment on took time from: also those that ran out meanwhile."""
        ran_out = Q(state=Attempt.State.EXPIRED, closed_at__gte=moment)
        return self.filter(Q(state=Attempt.State.OPEN) | ran_out, sitting__state=Sitting.State.OPEN)


class Attempt(models.Model):
    """One learner's paper at one sitting. Never deleted; a void attempt keeps its answers."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("exam", "open")
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
    token_seed = models.CharField(max_length=32, blank=True, editable=False)
    at_number = models.PositiveSmallIntegerField(_("question being answered"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=12, blank=True)
    last_beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    hand_raised_at = models.DateTimeField(_("hand raised at"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "started_at"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [models.UniqueConstraint(fields=["sitting", "entry"], name="exams_one_attempt_per_sitting")]

    def __str__(self) -> str:
        return self.id


class Answer(models.Model):
    """The newest accepted answer to one question of one attempt. The highest sequence number wins, not the last to arrive."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    flagged = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # Not "attempt": its own order would join two more tables to each answer.
        ordering = ["attempt_id", "position"]
        verbose_name = pgettext_lazy("to a question", "answer")
        verbose_name_plural = pgettext_lazy("to a question", "answers")
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

"""Counts of checks, and how often an address has guessed wrong. Nobody who checks is stored."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.verification.rules import WINDOW, Answer


class CheckEvent(models.Model):
    """How many checks of a day ended in which answer. No name, no number, no address (CRT-5)."""

    class Channel(models.TextChoices):
        FORM = "form", _("number and name")
        LINK = "link", _("QR code")

    day = models.DateField(_("day"))
    channel = models.CharField(_("way"), max_length=4, choices=Channel.choices)
    answer = models.CharField(_("answer"), max_length=10, choices=[(answer, answer) for answer in Answer])
    count = models.PositiveIntegerField(_("checks"), default=0)

    class Meta:
        ordering = ["-day", "channel", "answer"]
        verbose_name = _("checks of a day")
        verbose_name_plural = _("checks of a day")
        constraints = [
            models.UniqueConstraint(fields=["day", "channel", "answer"], name="verification_one_count_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.channel} {self.answer}: {self.count}"


class WrongGuessesQuerySet(models.QuerySet["WrongGuesses"]):
    def current(self, at: datetime) -> Self:
        """Windows that have not run out."""
        return self.filter(since__gt=at - WINDOW)


class WrongGuesses(models.Model):
    """Failed checks from one address since the first of them. The address stands here only as a keyed hash, for a day."""

    address_hash = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    count = models.PositiveSmallIntegerField(default=0)

    objects = WrongGuessesQuerySet.as_manager()

    class Meta:
        verbose_name = _("wrong guesses")
        verbose_name_plural = _("wrong guesses")

    def __str__(self) -> str:
        return f"{self.count}"

"""Terminals, sign-in cards, and sessions of learners at terminals. No Django session and no Django user is involved."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.people.models import Learner, Organisation, Room, Stay, User
from courses.people.permissions import MANAGE_TERMINALS, RESET_PIN, organisations_where


class TerminalQuerySet(models.QuerySet["Terminal"]):
    def visible_to(self, user: User) -> Self:
        """Terminals of the organisations whose terminals or PINs the user looks after."""
        return self.filter(organisation__in=organisations_where(user, [MANAGE_TERMINALS, RESET_PIN]))

    def in_use(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Terminal(models.Model):
    """A classroom computer that an administrator has enrolled: it holds a cookie of which we keep the hash.

    The computer gets its cookie for a code that is typed there (`code_hash`): once, and within a short time.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="terminals", verbose_name=_("organisation")
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="terminals", verbose_name=_("room")
    )
    name = models.CharField(_("name"), max_length=20, help_text=_("As written on the computer, e.g. T-03"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    code_until = models.DateTimeField(_("code good until"), null=True, blank=True, editable=False)
    enrolled_at = models.DateTimeField(_("enrolled at"), default=timezone.now, editable=False)
    enrolled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    revoked_at = models.DateTimeField(_("out of use since"), null=True, blank=True, editable=False)

    objects = TerminalQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "name"]
        verbose_name = _("terminal")
        verbose_name_plural = _("terminals")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(revoked_at__isnull=True), name="terminals_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LoginCardQuerySet(models.QuerySet["LoginCard"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Cards of the learners who stay where the user may reset PINs."""
        stays = Stay.objects.open().filter(organisation__in=organisations_where(user, RESET_PIN))
        return self.filter(learner__in=stays.values("learner"))


class LoginCard(models.Model):
    """What lets a learner in: the number with a PIN, or the printed card's code with the PIN. A new card ends the old one."""

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="cards", verbose_name=_("learner"))
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    pin_hash = models.CharField(max_length=160, editable=False)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = LoginCardQuerySet.as_manager()

    class Meta:
        ordering = ["learner", "-issued_at"]
        verbose_name = _("sign-in card")
        verbose_name_plural = _("sign-in cards")
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(ended_at__isnull=True), name="terminals_one_live_card"
            ),
        ]

    def __str__(self) -> str:
        return f"card of {self.learner_id}"


class SignInFailureQuerySet(models.QuerySet["SignInFailure"]):
    def counting(self) -> Self:
        """Not released by a member of staff, nor by a sign-in that succeeded afterwards."""
        return self.filter(released_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        return self.filter(terminal__in=Terminal.objects.visible_to(user))


class SignInFailure(models.Model):
    """One refused sign-in: five within five minutes lock the number, known or not (never the room)."""

    terminal = models.ForeignKey(Terminal, models.CASCADE, related_name="failures")
    learner_no = models.CharField(_("number typed"), max_length=8, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = SignInFailureQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("refused sign-in")
        verbose_name_plural = _("refused sign-ins")
        indexes = [models.Index(fields=["learner_no", "at"], name="terminals_failures_of_number")]

    def __str__(self) -> str:
        return f"{self.learner_no} {timezone.localtime(self.at):%H:%M}"


class TerminalSessionQuerySet(models.QuerySet["TerminalSession"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        return self.filter(terminal__in=Terminal.objects.visible_to(user))

    def during(self, since: datetime, until: datetime) -> Self:
        """Sessions that overlap a span of time: evidence of presence, never attendance."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=since), started_at__lt=until)


class TerminalSession(models.Model):
    """A learner at a terminal, from sign-in to sign-out. One live session per learner and per terminal."""

    class End(models.TextChoices):
        LEARNER = "learner", _("signed out")
        IDLE = "idle", _("left without signing out")
        STAFF = "staff", _("ended for the room")
        ELSEWHERE = "elsewhere", _("signed in elsewhere")

    terminal = models.ForeignKey(Terminal, models.PROTECT, related_name="sessions", verbose_name=_("terminal"))
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="terminal_sessions", verbose_name=_("learner"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    started_at = models.DateTimeField(_("from"), default=timezone.now)
    last_active_at = models.DateTimeField(_("last active"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=10, choices=End.choices, blank=True)

    objects = TerminalSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("session at a terminal")
        verbose_name_plural = _("sessions at terminals")
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(ended_at__isnull=True), name="terminals_one_session_per_learner"
            ),
            models.UniqueConstraint(
                fields=["terminal"], condition=Q(ended_at__isnull=True), name="terminals_one_session_per_terminal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} @ {self.terminal_id}"

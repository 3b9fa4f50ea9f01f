"""What happened in the room, and what the invigilator did about it. It only grows."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.exams.models.attempts import Attempt
from courses.exams.models.sittings import Outage, Sitting
from courses.people.models import User


class Incident(models.Model):
    """What the invigilator did or noted: extension, moved seat, void, outage given back, note."""

    class Kind(models.TextChoices):
        OPEN = "open", _("sitting opened")
        CLOSE = "close", _("sitting closed")
        PAUSE = "pause", _("room paused")
        RESUME = "resume", _("room resumed")
        HAND = "hand", _("hand raised")
        SEEN = "seen", _("went to the seat")
        KEEP = "keep", _("outage not given back")
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
    outage = models.ForeignKey(Outage, models.PROTECT, null=True, blank=True, related_name="incidents")
    seconds = models.IntegerField(_("seconds"), default=0)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    press = models.CharField(
        max_length=32, blank=True, help_text=_("One press of a button: a second one changes nothing")
    )

    class Meta:
        ordering = ["sitting", "at", "id"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "press"], condition=~Q(press=""), name="exams_one_act_per_press"
            ),
            models.UniqueConstraint(
                fields=["sitting", "outage"], condition=Q(outage__isnull=False), name="exams_outage_decided_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def duration(self) -> str:
        """How long it was, as one says it: minutes, and below one minute seconds; empty where it took no time."""
        if not self.seconds:
            return ""
        if self.seconds < 60:
            return ngettext("%(n)s second", "%(n)s seconds", self.seconds) % {"n": self.seconds}
        minutes, rest = divmod(self.seconds, 60)
        if rest:
            return gettext("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}

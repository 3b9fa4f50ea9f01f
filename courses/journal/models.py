"""The journal's only table, and the head of each organisation's chain."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.journal.rules import Fact

SHANGHAI = ZoneInfo("Asia/Shanghai")


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    def about(self, obj: models.Model) -> "JournalQuerySet":
        """Entries about one object, oldest first."""
        return self.filter(object_label=obj._meta.label_lower, object_id=str(obj.pk))

    def at(self, organisation: models.Model | int) -> "JournalQuerySet":
        """Entries of one organisation's chain (0 is the system itself)."""
        return self.filter(organisation_id=organisation if isinstance(organisation, int) else organisation.pk)

    def newest_first(self) -> "JournalQuerySet":
        """By the moment of the act; acts of one moment in the order in which they were written down, reversed."""
        return self.order_by("-at", "-pk")

    def between(self, first: date | None, last: date | None) -> "JournalQuerySet":
        """Acts of the days from `first` to `last`, both included, as days are counted in Shanghai; None leaves a side open."""
        found = self
        if first:
            found = found.filter(at__gte=datetime.combine(first, time.min, SHANGHAI))
        if last:
            found = found.filter(at__lt=datetime.combine(last, time.min, SHANGHAI) + timedelta(days=1))
        return found

    def update(self, **kwargs: object) -> int:
        raise ValidationError(_("The journal only grows."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("The journal only grows."))


class ChainHead(models.Model):
    """The last number and seal of one organisation's chain: locked while an entry is added."""

    organisation_id = models.BigIntegerField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.sequence}"


class JournalEntry(models.Model):
    """One act. No foreign keys, so that nothing can cascade it away; no personal values, so that it can be kept for ever."""

    class Actor(models.TextChoices):
        USER = "user", _("staff")
        LEARNER = "learner", _("learner")
        SYSTEM = "system", _("the system itself")

    organisation_id = models.BigIntegerField(_("organisation"), help_text=_("0: the system itself"))
    sequence = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    actor_kind = models.CharField(_("kind of actor"), max_length=8, choices=Actor.choices)
    actor_id = models.BigIntegerField(_("actor"), null=True)
    verb = models.CharField(_("act"), max_length=64)
    object_label = models.CharField(_("kind of object"), max_length=64)
    object_id = models.CharField(_("object"), max_length=64)
    fields = models.JSONField(_("fields touched"), default=list)
    reason = models.TextField(_("reason"), blank=True)
    previous = models.CharField(_("previous seal"), max_length=64)
    seal = models.CharField(_("seal"), max_length=64)

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["organisation_id", "sequence"]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "sequence"], name="journal_one_entry_per_number"),
        ]
        indexes = [
            models.Index(fields=["object_label", "object_id"], name="journal_about_object"),
            models.Index(fields=["-at", "-id"], name="journal_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.sequence} {self.verb}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Refuses (ValidationError) to write an entry a second time."""
        if not self._state.adding:
            raise ValidationError(_("The journal only grows."))
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("The journal only grows."))

    @property
    def fact(self) -> Fact:
        """The sealed part of the entry."""
        return Fact(
            organisation_id=self.organisation_id,
            sequence=self.sequence,
            at=self.at.astimezone(UTC),
            actor_kind=self.actor_kind,
            actor_id=self.actor_id,
            verb=self.verb,
            object_label=self.object_label,
            object_id=self.object_id,
            fields=tuple(self.fields),
            reason=self.reason,
        )

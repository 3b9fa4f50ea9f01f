"""The counters of the registers, and the numbers that a register left out, each with its reason (CRT-3)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegisterCounterQuerySet(models.QuerySet["RegisterCounter"]):
    def locked(self, year: int, organisation_code: str, register_type: int) -> "RegisterCounter":
        """One register's counter, made where there is none, locked until the transaction ends."""
        self.get_or_create(year=year, organisation_code=organisation_code, register_type=register_type)
        return self.select_for_update().get(year=year, organisation_code=organisation_code, register_type=register_type)


class RegisterCounter(models.Model):
    """The last number of one register: locked while a certificate is issued, so a rollback gives the number back (CRT-3)."""

    year = models.PositiveSmallIntegerField()
    organisation_code = models.CharField(max_length=6)
    register_type = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = RegisterCounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organisation_code", "register_type"], name="issuing_one_counter_per_register"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:06d}"

    @property
    def prefix(self) -> str:
        """How the numbers of this register begin."""
        return f"{self.year}-{self.organisation_code}-{self.register_type}-"


class RegisterGap(models.Model):
    """Numbers of a register, from `first` to `last`, that no certificate in this database carries, and why.

    Only ever added. They are never given out (again): a paper that nobody remembers may carry one.
    """

    class Reason(models.TextChoices):
        RESTORED = "restored", _("left out after a restore: papers may carry them")
        LOST = "lost", _("issued after the copy that was restored: on paper, not in the database")

    counter = models.ForeignKey(RegisterCounter, models.PROTECT, related_name="gaps")
    first = models.PositiveIntegerField(_("from number"))
    last = models.PositiveIntegerField(_("to number"))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    number = models.CharField(_("certificate number"), max_length=18, blank=True, help_text=_("Where it is known"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["counter", "first"]
        verbose_name = _("numbers left out")
        verbose_name_plural = _("numbers left out")
        constraints = [
            models.UniqueConstraint(fields=["counter", "first"], name="issuing_gap_begins_once"),
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="issuing_gap_has_numbers"),
        ]

    def __str__(self) -> str:
        numbers = f"{self.first:06d}" if self.first == self.last else f"{self.first:06d}–{self.last:06d}"
        return f"{self.counter.prefix}{numbers}"


class RestorationQuerySet(models.QuerySet["Restoration"]):
    def left_out_in(self, year: int) -> int:
        """Up to which number a register of that year that the database has never seen may have been used."""
        found = self.filter(year__gte=year).aggregate(most=models.Max("unseen_up_to"))["most"]
        return found or 0


class Restoration(models.Model):
    """The database was put back from a copy. What happened after the copy is not in it, and it knows that.

    A register that is begun later, of `year` or before, may have been begun already in the time that was lost.
    """

    copied_at = models.DateTimeField(_("copy of"))
    restored_at = models.DateTimeField(_("restored at"), default=timezone.now)
    year = models.PositiveSmallIntegerField()
    unseen_up_to = models.PositiveIntegerField(default=0)

    objects = RestorationQuerySet.as_manager()

    class Meta:
        ordering = ["restored_at"]
        verbose_name = _("restore")
        verbose_name_plural = _("restores")

    def __str__(self) -> str:
        return f"{timezone.localtime(self.restored_at):%Y-%m-%d}"

"""Certificates are issued in batches: prepared by one person, released by another (CRT-9)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.issuing.models.issuers import BATCH_RIGHTS, CertificateType, Issuer
from courses.people.models import Organisation, User
from courses.people.permissions import organisations_where
from courses.results.models import Outcome


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: User) -> Self:
        found = self.filter(issuer__organisation__in=organisations_where(user, BATCH_RIGHTS))
        return found.exclude(state=Batch.State.PREPARING)

    def waiting(self) -> Self:
        """Prepared or released, and not done: whose items may wait."""
        return self.filter(state__in=[Batch.State.DRAFT, Batch.State.RELEASED])

    def unfinished(self) -> Self:
        """Released, but not worked through: what the sweep takes up again."""
        return self.filter(state=Batch.State.RELEASED)


class Batch(models.Model):
    """A list of outcomes for which certificates of one type are issued together."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("being prepared")  # its list is not whole yet: it counts for nothing
        DRAFT = "draft", _("prepared")
        RELEASED = "released", _("being issued")
        DONE = "done", _("issued")
        DISCARDED = "discarded", _("discarded")

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="batches", verbose_name=_("issuer"))
    certificate_type = models.ForeignKey(
        CertificateType, models.PROTECT, related_name="batches", verbose_name=_("certificate type")
    )
    award_date = models.DateField(_("date of award"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("prepared by"))
    prepared_at = models.DateTimeField(_("prepared at"), default=timezone.now)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at"]
        verbose_name = _("batch of certificates")
        verbose_name_plural = _("batches of certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("prepared_by")),
                name="issuing_released_by_another",
            ),
        ]

    def __str__(self) -> str:
        return _("Batch %(number)s") % {"number": self.pk}

    @property
    def organisation(self) -> Organisation:
        """Where the rights on this batch are held."""
        return self.issuer.organisation


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def waiting(self) -> Self:
        """Not issued yet, in a batch that is prepared or released: an outcome is so in one batch at most."""
        return self.filter(state=BatchItem.State.TODO, batch__in=Batch.objects.waiting())


class BatchItem(models.Model):
    """One learner in a batch. `facts` are what the second person saw: exactly these are issued, or nothing."""

    class State(models.TextChoices):
        TODO = "todo", _("waiting")
        DONE = "done", _("issued")
        REFUSED = "refused", _("not issued")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items", verbose_name=_("batch"))
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="batch_items", verbose_name=_("result"))
    facts = models.JSONField(_("printed facts"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.TODO)
    refusal = models.CharField(_("why not"), max_length=20, blank=True)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "outcome__enrolment__roster_no"]
        verbose_name = _("certificate to issue")
        verbose_name_plural = _("certificates to issue")
        constraints = [
            models.UniqueConstraint(fields=["batch", "outcome"], name="issuing_outcome_once_per_batch"),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")),
                name="issuing_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.outcome_id}"

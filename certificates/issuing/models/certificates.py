"""Certificates: frozen facts. One may be superseded or revoked, never changed and never deleted."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.issuing.models.batches import BatchItem
from certificates.issuing.models.issuers import BATCH_RIGHTS, CertificateType, Issuer, SigningKey
from certificates.issuing.rules.facts import PublicFacts
from courses.catalogue.models import Edition
from courses.classes.models import TrainingClass
from courses.people.models import Countersign, Learner, Organisation, User
from courses.people.permissions import VIEW_RESULTS, organisations_where
from courses.results.models import Outcome


def private_storage() -> Storage:
    """Where finished papers lie: outside every public folder."""
    return storages["private"]


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> Self:
        """What the user's school issued, and what the user's classes earned (PRV-3b)."""
        return self.filter(
            Q(issuer__organisation__in=organisations_where(user, BATCH_RIGHTS).values("pk"))
            | Q(outcome__enrolment__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS).values("pk"))
        )

    def live(self) -> Self:
        """In force: neither superseded nor revoked."""
        return self.filter(state=Certificate.State.ISSUED)

    def of(self, learner: Learner) -> Self:
        """A learner's own, newest first."""
        return self.filter(learner=learner).order_by("-award_date", "-pk")

    def undrawn(self) -> Self:
        """In force and without a kept PDF."""
        return self.live().filter(pdf="")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("A certificate is never deleted. Revoke it."))


class Certificate(models.Model):
    """One issued certificate. Only `state` and its date, and the kept PDF, are ever written again."""

    class State(models.TextChoices):
        ISSUED = "issued", _("valid")
        SUPERSEDED = "superseded", _("replaced")
        REVOKED = "revoked", _("revoked")

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="certificates", verbose_name=_("learner"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="certificates", verbose_name=_("course"))
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="certificates", verbose_name=_("result"))
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="certificates", verbose_name=_("issuer"))
    certificate_type = models.ForeignKey(
        CertificateType, models.PROTECT, related_name="certificates", verbose_name=_("certificate type")
    )
    type_code = models.CharField(max_length=40, editable=False)  # the type over all its versions: one live per learner
    batch_item = models.OneToOneField(
        BatchItem, models.PROTECT, null=True, blank=True, related_name="certificate", verbose_name=_("batch")
    )
    name = models.CharField(_("name as printed"), max_length=50)
    number = models.CharField(_("certificate number"), max_length=18, unique=True)
    register_number = models.CharField(_("register number"), max_length=20, unique=True)
    token = models.CharField(max_length=22, unique=True, editable=False)
    facts = models.JSONField(_("printed facts"))
    paper = models.JSONField(_("design, seal, signature and address on the paper"))
    signing_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", verbose_name=_("signing key"))
    cose = models.BinaryField(editable=False)
    qr_text = models.TextField(editable=False)
    award_date = models.DateField(_("date of award"))
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    pdf = models.FileField(upload_to="certificates", storage=private_storage, blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ISSUED)
    state_since = models.DateTimeField(_("since"), default=timezone.now)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("replaces")
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-register_number"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "edition", "type_code"],
                condition=Q(state="issued"),
                name="issuing_one_live_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("A certificate is never deleted. Revoke it."))

    @property
    def organisation(self) -> Organisation:
        """Where the rights on this certificate are held."""
        return self.issuer.organisation

    @property
    def public_facts(self) -> PublicFacts:
        """What is printed."""
        return PublicFacts.from_json(self.facts)


class ChangeRequest(models.Model):
    """A request to replace or revoke a certificate; it waits for a second person. The reason never becomes public (CRT-7)."""

    class Kind(models.TextChoices):
        REPLACE = "replace", _("replacement")
        REVOKE = "revoke", _("revocation")

    class Reason(models.TextChoices):
        NAME = "name", _("name corrected or changed")
        PRINT = "print", _("wrong facts printed")
        RESULT = "result", _("result corrected")
        IDENTITY = "identity", _("another person")
        FRAUD = "fraud", _("obtained by deceit")
        OTHER = "other", _("other")

    REASONS: dict[str, tuple[Reason, ...]] = {
        Kind.REPLACE: (Reason.NAME, Reason.PRINT, Reason.OTHER),
        Kind.REVOKE: (Reason.RESULT, Reason.IDENTITY, Reason.FRAUD, Reason.OTHER),
    }

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="change_requests", verbose_name=_("certificate")
    )
    kind = models.CharField(_("what is asked"), max_length=8, choices=Kind.choices)
    reason_code = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.TextField(_("note"), blank=True)
    countersign = models.OneToOneField(
        Countersign, models.PROTECT, null=True, related_name="+", verbose_name=_("second signature")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request about a certificate")
        verbose_name_plural = _("requests about certificates")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.certificate}"

    @property
    def organisation(self) -> Organisation:
        return self.certificate.organisation

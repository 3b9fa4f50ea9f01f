"""Issuers, their keys and the kinds of certificates."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.people.models import Organisation, User
from courses.people.permissions import PREPARE_CERTIFICATES, RELEASE_CERTIFICATES, organisations_where

BATCH_RIGHTS = (PREPARE_CERTIFICATES, RELEASE_CERTIFICATES)


class IssuerQuerySet(models.QuerySet["Issuer"]):
    def visible_to(self, user: User) -> Self:
        """Issuers whose certificates the user may prepare or release."""
        return self.filter(organisation__in=organisations_where(user, BATCH_RIGHTS))


class Issuer(models.Model):
    """Who stands on the certificate: a school or an authority, never a place where people are held (CRT-8)."""

    class Seal(models.TextChoices):
        DRAWN = "drawn", _("printed seal")
        SPACE = "space", _("room for the stamp")
        NONE = "none", _("no seal")

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="issuer", verbose_name=_("school"))
    public_name = models.CharField(_("name on certificates"), max_length=60, unique=True)
    public_name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    legal_name = models.CharField(_("full legal name"), max_length=120)
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-HJ-NPQRTUWXY]{18}$", _("The credit code has 18 characters."))],
    )
    code = models.CharField(
        _("issuer code"),
        max_length=3,
        validators=[RegexValidator(r"^\d{3}$", _("The issuer code has three digits."))],
        help_text=_("In the middle of public numbers; the same for all places, so that a number tells no place"),
    )
    register_code = models.CharField(
        _("register code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("The register code has six digits."))],
        help_text=_("In the middle of register numbers"),
    )
    signatory = models.CharField(_("signed by"), max_length=20, blank=True)
    seal = models.CharField(_("seal"), max_length=5, choices=Seal.choices, default=Seal.DRAWN)
    active = models.BooleanField(_("in use"), default=True)

    objects = IssuerQuerySet.as_manager()

    class Meta:
        ordering = ["public_name"]
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")

    def __str__(self) -> str:
        return self.public_name


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    def trusted(self) -> Self:
        """Keys whose signatures still count: retired ones for ever, compromised ones not."""
        return self.exclude(state=SigningKey.State.COMPROMISED)


class SigningKey(models.Model):
    """The public half of a signing key. The private half is a file in LMS_SIGNING_KEY_DIR, never a row."""

    class State(models.TextChoices):
        ACTIVE = "active", _("in use")
        RETIRED = "retired", _("retired")
        COMPROMISED = "compromised", _("compromised")

    kid = models.CharField(_("key"), max_length=32, unique=True)
    algorithm = models.CharField(_("algorithm"), max_length=10, default="Ed25519", editable=False)
    public_key = models.CharField(_("public key"), max_length=43, help_text=_("Base64url of 32 bytes"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ACTIVE)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="active"), name="issuing_one_active_key"),
        ]

    def __str__(self) -> str:
        return self.kid


class CertificateTypeQuerySet(models.QuerySet["CertificateType"]):
    def current(self, code: str) -> "CertificateType | None":
        """The newest version of a type in use, as editions name it by code."""
        return self.filter(code=code, active=True).order_by("-version").first()


class CertificateType(models.Model):
    """A kind of certificate. A change is a new version; what was issued keeps the version it was issued under."""

    class Register(models.IntegerChoices):
        ENTREPRENEURSHIP = 1, _("entrepreneurship")
        SKILLS = 2, _("skills")
        SINGLE_SKILL = 3, _("single skill")
        HOURS = 4, _("attendance or hours")

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=80, blank=True)
    register_type = models.PositiveSmallIntegerField(_("register"), choices=Register.choices)
    design = models.CharField(_("design"), max_length=40, default="certificate")
    show_training_dates = models.BooleanField(
        _("show the dates of training"),
        default=False,
        help_text=_("On paper and on the page alike. Dates that a whole group shares can tell which group it was."),
    )
    official_level = models.BooleanField(
        _("certificate of an official level"),
        default=False,
        help_text=_("Needs a verified identity; the public page says that the issuing body decides."),
    )
    active = models.BooleanField(_("in use"), default=True)

    objects = CertificateTypeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("certificate type")
        verbose_name_plural = _("certificate types")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="issuing_type_version_once"),
            models.CheckConstraint(condition=Q(register_type__in=[1, 2, 3, 4]), name="issuing_register_type_known"),
        ]

    def __str__(self) -> str:
        return self.title

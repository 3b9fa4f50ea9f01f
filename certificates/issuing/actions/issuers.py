"""Issuers, certificate types and signing keys."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.designs import DESIGNS
from certificates.designs.rules import stigma_words
from certificates.issuing import keys
from certificates.issuing.models import CertificateType, Issuer, SigningKey
from courses.journal.actions import record
from courses.papers import missing_glyphs
from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_ORGANISATION, may
from courses.words import listed


def register_issuer(
    *,
    organisation: Organisation,
    public_name: str,
    by: User | None,
    code: str,
    legal_name: str = "",
    public_name_en: str = "",
    uscc: str = "",
    register_code: str = "",
    signatory: str = "",
    seal: str = Issuer.Seal.DRAWN,
) -> Issuer:
    """Let a school or authority issue certificates. Registering the same organisation again returns its issuer.

    Refuses (ValidationError) a place where people are held, and names that tell of one (CRT-8) or cannot be printed.
    """
    if by is not None and not may(by, MANAGE_ORGANISATION, organisation):
        raise PermissionDenied
    if organisation.is_custodial:
        raise ValidationError(
            _("A place where people are held never stands on a certificate. Name the school that teaches.")
        )
    refuse_unfit_words([public_name, public_name_en, legal_name, signatory])
    with transaction.atomic():
        existing = Issuer.objects.select_for_update().filter(organisation=organisation).first()
        if existing:
            return existing
        issuer = Issuer(
            organisation=organisation, public_name=public_name.strip(), public_name_en=public_name_en.strip(),
            legal_name=legal_name.strip() or public_name.strip(), uscc=uscc, code=code,
            register_code=register_code or organisation.code, signatory=signatory, seal=seal,
        )  # fmt: skip
        issuer.full_clean()
        issuer.save(force_insert=True)
        record(verb="issuing.register_issuer", about=issuer, by=by, organisation=organisation)
    return issuer


def change_issuer(
    *,
    issuer: Issuer,
    by: User | None,
    public_name: str,
    legal_name: str = "",
    public_name_en: str = "",
    uscc: str = "",
    signatory: str = "",
    seal: str = Issuer.Seal.DRAWN,
    active: bool = True,
    at: datetime | None = None,
) -> Issuer:
    """Another name, signatory or seal for the certificates to come, or no more certificates at all (`active`).

    What is issued stays as it was. The two codes cannot be changed: register numbers run on under them.
    Refuses (PermissionDenied) whoever does not run the organisation, and (ValidationError) unfit words and taken names.
    """
    if by is not None and not may(by, MANAGE_ORGANISATION, issuer.organisation):
        raise PermissionDenied
    facts = {
        "public_name": public_name.strip(), "public_name_en": public_name_en.strip(),
        "legal_name": legal_name.strip() or public_name.strip(), "uscc": uscc.strip(), "signatory": signatory.strip(),
        "seal": seal, "active": active,
    }  # fmt: skip
    refuse_unfit_words([public_name, public_name_en, legal_name, signatory])
    with transaction.atomic():
        issuer = Issuer.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=issuer.pk)
        changed = [name for name, value in facts.items() if getattr(issuer, name) != value]
        if not changed:
            return issuer
        for name in changed:
            setattr(issuer, name, facts[name])
        issuer.full_clean()
        issuer.save(update_fields=changed)
        record(
            verb="issuing.change_issuer", about=issuer, by=by, organisation=issuer.organisation, fields=changed, at=at
        )
    return issuer


def define_type(
    *,
    code: str,
    title: str,
    register_type: int,
    by: User | None,
    title_en: str = "",
    design: str = "certificate",
    show_training_dates: bool = False,
    official_level: bool = False,
) -> CertificateType:
    """Define a certificate type, or its next version. The same facts again return the version in use.

    Refuses (PermissionDenied) anyone but a superuser or the system, and (ValidationError) an unknown design and
    unfit words.
    """
    if by is not None and not by.is_superuser:
        raise PermissionDenied
    if design not in {known.code for known in DESIGNS}:
        raise ValidationError(_("There is no such design."))
    refuse_unfit_words([title, title_en])
    facts = {
        "title": title, "title_en": title_en, "register_type": register_type, "design": design,
        "show_training_dates": show_training_dates, "official_level": official_level,
    }  # fmt: skip
    with transaction.atomic():
        current = CertificateType.objects.select_for_update().filter(code=code).order_by("-version").first()
        if current and current.active and all(getattr(current, key) == value for key, value in facts.items()):
            return current
        CertificateType.objects.filter(code=code, active=True).update(active=False)
        certificate_type = CertificateType(code=code, version=current.version + 1 if current else 1, **facts)
        certificate_type.full_clean()
        certificate_type.save(force_insert=True)
        record(verb="issuing.define_type", about=certificate_type, by=by, organisation=None)
    return certificate_type


def withdraw_type(*, certificate_type: CertificateType, by: User | None, at: datetime | None = None) -> CertificateType:
    """Prepare no more certificates of a type. Those that are out stay; defining it again is its next version.

    Refuses (PermissionDenied) anyone but a superuser or the system. Withdrawing twice changes nothing.
    """
    if by is not None and not by.is_superuser:
        raise PermissionDenied
    with transaction.atomic():
        found = CertificateType.objects.select_for_update().get(pk=certificate_type.pk)
        if not found.active:
            return found
        found.active = False
        found.save(update_fields=["active"])
        record(verb="issuing.withdraw_type", about=found, by=by, organisation=None, fields=["active"], at=at)
    return found


def rotate_key(*, by: User | None, leaked: bool = False, reason: str = "", at: datetime | None = None) -> SigningKey:
    """Make a new signing key and retire the one in use. Retired keys are trusted for ever: old papers must verify.

    `leaked`: the one in use is not trusted any more; what it signed is found by its number only, until it is issued anew.
    Refuses (PermissionDenied) anyone but a superuser or the system, and (ValidationError) a leak without a reason.
    """
    if by is not None and not by.is_superuser:
        raise PermissionDenied
    if leaked and not reason.strip():
        raise ValidationError({"reason": _("Say how it is known that somebody else has the key.")})
    at = at or timezone.now()
    with transaction.atomic():
        year = timezone.localdate(at).year
        made = SigningKey.objects.select_for_update().filter(made_at__year=year).count()
        kid = f"ed-{year}-{made + 1}"
        while keys.exists(kid):  # left by a transaction that was rolled back, or by a restored database
            made += 1
            kid = f"ed-{year}-{made + 1}"
        state = SigningKey.State.COMPROMISED if leaked else SigningKey.State.RETIRED
        for old in SigningKey.objects.filter(state=SigningKey.State.ACTIVE):
            old.state, old.retired_at = state, at
            old.save(update_fields=["state", "retired_at"])
            if leaked:
                record(
                    verb="issuing.distrust_key",
                    about=old,
                    by=by,
                    organisation=None,
                    fields=["state"],
                    reason=reason,
                    at=at,
                )
        key = SigningKey.objects.create(kid=kid, public_key=keys.make(kid), made_at=at)
        record(verb="issuing.rotate_key", about=key, by=by, organisation=None, at=at)
    return key


def refuse_unfit_words(texts: list[str]) -> None:
    """Refuse (ValidationError) words that tell of custody and characters that paper cannot show."""
    if words := stigma_words(texts):
        raise ValidationError(_("This would stand on certificates. Take out: %(words)s") % {"words": listed(words)})
    if missing := missing_glyphs("".join(texts)):
        raise ValidationError(
            _("These characters cannot be printed: %(characters)s") % {"characters": " ".join(missing)}
        )

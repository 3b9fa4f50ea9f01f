"""The moment of issuing: numbers, signature, certificate, public record and log, all or nothing."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.issuing import issue_log, keys
from certificates.issuing.actions.registers import is_on_paper, next_number
from certificates.issuing.models import (
    BatchItem,
    Certificate,
    CertificateType,
    Issuer,
    PublicRecord,
    SigningKey,
)
from certificates.issuing.rules import credential, number
from certificates.issuing.rules.facts import PublicFacts
from courses.journal.actions import record
from courses.people.models import User
from courses.results.models import Outcome


def issue(
    *,
    facts: PublicFacts,
    outcome: Outcome,
    issuer: Issuer,
    certificate_type: CertificateType,
    by: User | None,
    at: datetime,
    chance: Callable[[int], int],
    batch_item: BatchItem | None = None,
    supersedes: Certificate | None = None,
) -> Certificate:
    """Issue one certificate. Runs inside the caller's transaction, which has locked and checked the outcome.

    A rollback gives the register number back, so the register has no gap (CRT-3). After the commit, and before anybody
    gets an answer, a line stands in the issue log outside the database.
    """
    key = SigningKey.objects.filter(state=SigningKey.State.ACTIVE).first()
    if key is None:
        raise ValidationError(_("There is no signing key yet. An administrator makes one with: lms signing_key"))
    year = facts.award_date.year
    sequence = next_number(
        year=year, organisation_code=issuer.register_code, register_type=certificate_type.register_type, at=at
    )
    register_number = number.register_number(year, issuer.register_code, certificate_type.register_type, sequence)
    facts = replace(facts, number=_free_number(year, issuer, chance))
    token = base64.urlsafe_b64encode(chance(2**128).to_bytes(16, "big")).rstrip(b"=").decode()
    cose = credential.sign(facts, kid=key.kid, key=keys.private(key.kid))
    enrolment = outcome.enrolment
    certificate = Certificate.objects.create(
        learner=enrolment.learner, edition=enrolment.training_class.edition, outcome=outcome, issuer=issuer,
        certificate_type=certificate_type, type_code=certificate_type.code, batch_item=batch_item, name=facts.name,
        number=facts.number, register_number=register_number, token=token, facts=facts.as_json(),
        paper=_paper(issuer, certificate_type), signing_key=key, cose=cose, award_date=facts.award_date,
        qr_text=f"{settings.LMS_PUBLIC_URL}/c/{token}#{credential.fragment(cose)}",
        issued_at=at, state_since=at, supersedes=supersedes,
    )  # fmt: skip
    PublicRecord.objects.create(
        number=facts.number, token_sha256=token_hash(token), facts=facts.as_json(), state_since=timezone.localdate(at)
    )
    record(verb="issuing.issue", about=certificate, by=by, organisation=issuer.organisation, at=at)
    transaction.on_commit(partial(issue_log.append, log_line(certificate)))
    _wake(certificate)
    return certificate


def token_hash(token: str) -> str:
    """How a token is stored where the public may look."""
    return hashlib.sha256(token.encode()).hexdigest()


def log_line(certificate: Certificate) -> dict[str, Any]:
    """All that is needed to know, after the loss of the database, what was printed: the QR text holds the facts."""
    return {
        "number": certificate.number,
        "register_number": certificate.register_number,
        "learner": str(certificate.learner.uuid),
        "outcome": certificate.outcome_id,
        "type": certificate.type_code,
        "supersedes": certificate.supersedes.number if certificate.supersedes else "",
        "qr_text": certificate.qr_text,
        "issued_at": certificate.issued_at.isoformat(),
    }


def _free_number(year: int, issuer: Issuer, chance: Callable[[int], int]) -> str:
    while True:  # ten random digits: a number that is taken comes up once in a career
        made = number.make(year, issuer.code, chance(10**number.RANDOM_DIGITS))
        if not is_on_paper(made):
            return made


def _paper(issuer: Issuer, certificate_type: CertificateType) -> dict[str, str]:
    return {
        "design": certificate_type.design,
        "seal": issuer.seal,
        "signatory": issuer.signatory,
        "verify_url": f"{settings.LMS_PUBLIC_URL}/verify",
    }


def _wake(certificate: Certificate) -> None:
    from certificates.issuing.tasks import draw_certificate  # noqa: PLC0415  (the tasks call these verbs)

    transaction.on_commit(lambda: draw_certificate.delay(certificate.pk), robust=True)

"""The moment of issuing: numbers, signatures, certificates, public records and log, all or nothing."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.issuing import issue_log, keys
from certificates.issuing.actions.registers import next_numbers, on_paper
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
from courses.journal.actions import Act, record_all
from courses.people.models import User
from courses.results.models import Outcome


@dataclass(frozen=True)
class Wanted:
    """One certificate that is to be: what it says (still without a number), and for which result."""

    facts: PublicFacts
    outcome: Outcome
    batch_item: BatchItem | None = None
    supersedes: Certificate | None = None


def issue(
    *,
    wanted: Sequence[Wanted],
    issuer: Issuer,
    certificate_type: CertificateType,
    award_date: date,
    by: User | None,
    at: datetime,
    chance: Callable[[int], int],
) -> list[Certificate]:
    """Issue certificates of one award date, all or none. Runs inside the caller's transaction, which has locked and checked
    the outcomes. The number of queries does not depend on how many they are.

    A rollback gives the register numbers back, so the register has no gap (CRT-3). After the commit, and before anybody
    gets an answer, a line of each stands in the issue log outside the database.
    """
    key = SigningKey.objects.filter(state=SigningKey.State.ACTIVE).first()
    if key is None:
        raise ValidationError(_("There is no signing key yet. An administrator makes one with: lms signing_key"))
    register = (award_date.year, issuer.register_code, certificate_type.register_type)
    sequences = next_numbers(
        count=len(wanted), year=register[0], organisation_code=register[1], register_type=register[2], at=at
    )
    new = _Certificates(issuer, certificate_type, key, keys.private(key.kid), _paper(issuer, certificate_type), at)
    numbers = _free_numbers(len(wanted), award_date.year, issuer, chance)
    certificates = Certificate.objects.bulk_create(
        new.make(one, facts_number, number.register_number(*register, sequence), chance(2**128))
        for one, facts_number, sequence in zip(wanted, numbers, sequences, strict=True)
    )
    PublicRecord.objects.bulk_create(public_record(one) for one in certificates)
    acts = [Act("issuing.issue", one) for one in certificates]
    record_all(acts=acts, by=by, organisation=issuer.organisation, at=at)
    lines = [log_line(one) for one in certificates]
    transaction.on_commit(partial(issue_log.append, *lines))
    _wake(certificates)
    return certificates


@dataclass(frozen=True)
class _Certificates:
    """What certificates that are issued together have in common."""

    issuer: Issuer
    certificate_type: CertificateType
    key: SigningKey
    private_key: Ed25519PrivateKey
    paper: dict[str, str]
    at: datetime

    def make(self, wanted: Wanted, facts_number: str, register_number: str, token_bits: int) -> Certificate:
        """A signed certificate, not stored yet."""
        facts = replace(wanted.facts, number=facts_number)
        token = base64.urlsafe_b64encode(token_bits.to_bytes(16, "big")).rstrip(b"=").decode()
        cose = credential.sign(facts, kid=self.key.kid, key=self.private_key)
        enrolment = wanted.outcome.enrolment
        return Certificate(
            learner=enrolment.learner, edition=enrolment.training_class.edition, outcome=wanted.outcome,
            issuer=self.issuer, certificate_type=self.certificate_type, type_code=self.certificate_type.code,
            batch_item=wanted.batch_item, name=facts.name, number=facts.number, register_number=register_number,
            token=token, facts=facts.as_json(), paper=self.paper, signing_key=self.key, cose=cose,
            award_date=facts.award_date, qr_text=f"{settings.LMS_PUBLIC_URL}/c/{token}#{credential.fragment(cose)}",
            issued_at=self.at, state_since=self.at, supersedes=wanted.supersedes,
        )  # fmt: skip


def public_record(certificate: Certificate) -> PublicRecord:
    """What the public may check of a certificate, not stored yet."""
    return PublicRecord(
        number=certificate.number, token_sha256=token_hash(certificate.token), facts=certificate.facts,
        state_since=timezone.localdate(certificate.issued_at),
    )  # fmt: skip


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


def _free_numbers(count: int, year: int, issuer: Issuer, chance: Callable[[int], int]) -> list[str]:
    made: list[str] = []
    while left := count - len(made):  # ten random digits: a number that is taken comes up once in a career
        new = dict.fromkeys(number.make(year, issuer.code, chance(10**number.RANDOM_DIGITS)) for _n in range(left))
        taken = {*made, *on_paper(new)}
        made += [one for one in new if one not in taken]
    return made


def _paper(issuer: Issuer, certificate_type: CertificateType) -> dict[str, str]:
    return {
        "design": certificate_type.design,
        "seal": issuer.seal,
        "signatory": issuer.signatory,
        "verify_url": f"{settings.LMS_PUBLIC_URL}/verify",
    }


def _wake(certificates: Iterable[Certificate]) -> None:
    from certificates.issuing.tasks import draw_certificates  # noqa: PLC0415  (the tasks call these verbs)

    numbers = [certificate.pk for certificate in certificates]
    transaction.on_commit(lambda: draw_certificates.delay(numbers), robust=True)

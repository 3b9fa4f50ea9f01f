"""Proving the register, and finding after a restore what was printed and is no longer in the database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from certificates.issuing import issue_log, keys
from certificates.issuing.actions.issue import log_line, token_hash
from certificates.issuing.actions.registers import leave_out_lost
from certificates.issuing.models import Certificate, PublicRecord, RegisterCounter, RegisterGap, SigningKey
from certificates.issuing.rules import credential

PUBLIC_STATE = {
    Certificate.State.ISSUED: PublicRecord.State.VALID,
    Certificate.State.SUPERSEDED: PublicRecord.State.SUPERSEDED,
    Certificate.State.REVOKED: PublicRecord.State.REVOKED,
}


@dataclass(frozen=True)
class Reconciliation:
    """`lost`: lines of certificates that exist on paper only. `added`: how many certificates had no line in the log."""

    lost: tuple[dict[str, Any], ...]
    added: int


def reconcile() -> Reconciliation:
    """Compare the issue log with the database, in both directions, and mend what can be mended.

    Lifts each register's counter to the highest number in the log, so that no number is given out twice, notes what it
    left out, and writes the lines of certificates that a crash kept out of the log. What is lost is not invented again.
    """
    logged = {line["number"]: line for line in issue_log.lines()}
    lost = _lost(logged)
    with transaction.atomic():
        leave_out_lost(lines=lost, at=timezone.now())
    added = 0
    certificates = Certificate.objects.select_related("learner", "supersedes").order_by("issued_at", "pk")
    for certificate in certificates.iterator():
        if certificate.number not in logged:
            issue_log.append(log_line(certificate))
            added += 1
    return Reconciliation(lost, added)


def audit_register() -> tuple[int, list[str]]:
    """Prove every certificate. Returns how many were read, and a line for each thing that does not hold:

    a signature that does not cover the stored facts, a public record that says something else, a kept PDF whose bytes
    have changed, a gap in a register that has no reason noted (`RegisterGap`), a line of the issue log without its
    certificate or such a note. Changes nothing.
    """
    trusted = {key.kid: keys.public(key.public_key) for key in SigningKey.objects.trusted()}
    shown = {record.number: record for record in PublicRecord.objects.iterator()}
    count, found = 0, []
    for certificate in Certificate.objects.order_by("register_number").iterator():
        count += 1
        record = shown.pop(certificate.number, None)
        problems = (*_signature(certificate, trusted), *_public(certificate, record), *_paper(certificate))
        found += [f"{certificate.register_number}: {problem}" for problem in problems]
    found += [f"{number}: public, but never issued" for number in shown]
    found += _gaps()
    logged = {line["number"]: line for line in issue_log.lines()}
    explained = set(RegisterGap.objects.filter(reason=RegisterGap.Reason.LOST).values_list("number", flat=True))
    found += [
        f"{line['register_number']}: in the issue log, not in the database"
        for line in _lost(logged)
        if line["number"] not in explained
    ]
    return count, found


def _signature(certificate: Certificate, trusted: dict[str, Any]) -> Iterator[str]:
    try:
        claims = credential.read(bytes(certificate.cose), trusted)
    except credential.InvalidCredential as problem:
        yield f"the signature does not hold ({problem.code})"
        return
    facts = certificate.public_facts
    signed = (claims.number, claims.name, claims.title, claims.course, claims.level, claims.half_hours)
    stored = (facts.number, facts.name, facts.title, facts.course, facts.level, facts.half_hours)
    if signed != stored or (claims.award_date, claims.issuer) != (facts.award_date, facts.issuer):
        yield "the signed facts are not the stored ones"


def _public(certificate: Certificate, record: PublicRecord | None) -> Iterator[str]:
    if record is None:
        yield "no public record"
    elif record.token_sha256 != token_hash(certificate.token) or record.facts != certificate.facts:
        yield "the public record says something else"
    elif record.state != PUBLIC_STATE[Certificate.State(certificate.state)]:
        yield f"the public record says {record.state}"


def _paper(certificate: Certificate) -> Iterator[str]:
    if not certificate.pdf.name:
        return
    if not certificate.pdf.storage.exists(certificate.pdf.name):
        yield "the kept PDF is gone (it can be drawn again)"
        return
    with certificate.pdf.open("rb") as file:
        if hashlib.sha256(file.read()).hexdigest() != certificate.pdf_sha256:
            yield "the kept PDF has changed"


def _gaps() -> Iterator[str]:
    for counter in RegisterCounter.objects.prefetch_related("gaps"):
        register = Certificate.objects.filter(register_number__startswith=counter.prefix)
        last = register.aggregate(last=Max("register_number"))["last"]
        gaps = counter.gaps.all()
        left_out = sum(gap.last - gap.first + 1 for gap in gaps)
        highest = max([int(last[-6:]) if last else 0, *(gap.last for gap in gaps)])
        if register.count() + left_out != counter.last or highest != counter.last:
            yield (
                f"{counter.prefix}…: {counter.last} numbers given out, {register.count()} certificates, "
                f"{left_out} left out with a reason"
            )


def _lost(logged: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    known = set(Certificate.objects.values_list("number", flat=True))
    return tuple(line for number, line in logged.items() if number not in known)

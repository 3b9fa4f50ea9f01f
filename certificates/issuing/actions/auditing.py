"""Proving the register, and finding after a restore what was printed and is no longer in the database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from certificates.issuing import issue_log, keys
from certificates.issuing.actions.issue import log_line, token_hash
from certificates.issuing.models import Certificate, PublicRecord, RegisterCounter, SigningKey
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

    Lifts each register's counter to the highest number in the log, so that no number is given out twice, and writes
    the lines of certificates that a crash kept out of the log. What is lost is reported, not invented again.
    """
    logged = {line["number"]: line for line in issue_log.lines()}
    lost = _lost(logged)
    with transaction.atomic():
        for line in lost:
            _lift_counter(line["register_number"])
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
    have changed, a gap in a register, a line of the issue log without its certificate. Changes nothing.
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
    found += [f"{line['register_number']}: in the issue log, not in the database" for line in _lost(logged)]
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
    for counter in RegisterCounter.objects.all():
        prefix = f"{counter.year}-{counter.organisation_code}-{counter.register_type}-"
        register = Certificate.objects.filter(register_number__startswith=prefix)
        last = register.aggregate(last=Max("register_number"))["last"]
        if register.count() != counter.last or (last and int(last[-6:]) != counter.last):
            yield f"{prefix}…: {counter.last} numbers given out, {register.count()} certificates"


def _lost(logged: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    known = set(Certificate.objects.values_list("number", flat=True))
    return tuple(line for number, line in logged.items() if number not in known)


def _lift_counter(register_number: str) -> None:
    year, organisation_code, register_type, sequence = register_number.split("-")
    counter = RegisterCounter.objects.locked(int(year), organisation_code, int(register_type))
    if counter.last < int(sequence):
        counter.last = int(sequence)
        counter.save(update_fields=["last"])

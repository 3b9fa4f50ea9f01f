"""After a restore: what was printed and is no longer in the database."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from certificates.issuing import issue_log
from certificates.issuing.actions.issue import log_line
from certificates.issuing.models import Certificate, RegisterCounter


@dataclass(frozen=True)
class Reconciliation:
    """`lost`: lines of certificates that exist on paper only. `added`: certificates whose line was missing in the log."""

    lost: tuple[dict[str, Any], ...]
    added: int


def reconcile() -> Reconciliation:
    """Compare the issue log with the database, in both directions.

    Lifts each register's counter to the highest number in the log, so that no number is given out twice, and writes
    the lines of certificates that a crash kept out of the log. What is lost is reported, not invented again.
    """
    logged = {line["number"]: line for line in issue_log.lines()}
    known = set(Certificate.objects.values_list("number", flat=True))
    lost = tuple(line for number, line in logged.items() if number not in known)
    with transaction.atomic():
        for line in lost:
            _lift_counter(line["register_number"])
    unlogged = Certificate.objects.exclude(number__in=logged) if len(logged) < 500 else Certificate.objects.all()
    added = 0
    for certificate in unlogged.select_related("learner", "supersedes").order_by("issued_at").iterator():
        if certificate.number not in logged:
            issue_log.append(log_line(certificate))
            added += 1
    return Reconciliation(lost, added)


def _lift_counter(register_number: str) -> None:
    year, organisation_code, register_type, sequence = register_number.split("-")
    register = {"year": int(year), "organisation_code": organisation_code, "register_type": int(register_type)}
    RegisterCounter.objects.get_or_create(**register)
    counter = RegisterCounter.objects.select_for_update().get(**register)
    if counter.last < int(sequence):
        counter.last = int(sequence)
        counter.save(update_fields=["last"])

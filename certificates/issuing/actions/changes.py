"""Replacing and revoking: asked by one person, decided by another. Neither is ever undone (CRT-7)."""

import secrets
from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certificates.issuing import permissions
from certificates.issuing.actions.checking import Problem, custodial_names, facts_of, unfit, with_everything
from certificates.issuing.actions.issue import Wanted, issue
from certificates.issuing.models import Certificate, ChangeRequest, PublicRecord
from certificates.issuing.rules.facts import PublicFacts
from courses.journal.actions import record
from courses.people import actions as people
from courses.people.models import Countersign, User
from courses.people.permissions import RELEASE_CERTIFICATES
from courses.results.models import Outcome

ACTS: dict[str, str] = {ChangeRequest.Kind.REPLACE: "issuing.replace", ChangeRequest.Kind.REVOKE: "issuing.revoke"}


def ask_replacement(
    *, certificate: Certificate, reason_code: str, by: User, note: str = "", at: datetime | None = None
) -> ChangeRequest:
    """Ask for a new certificate in place of this one, printed from today's file: a wrong name is corrected there first.

    Asking twice returns the request that waits. Refuses (PermissionDenied) without the right to prepare or release;
    (ValidationError) an unknown reason and a certificate that is no longer in force.
    """
    return _ask(ChangeRequest.Kind.REPLACE, certificate, reason_code, by, note, at)


def ask_revocation(
    *, certificate: Certificate, reason_code: str, by: User, note: str = "", at: datetime | None = None
) -> ChangeRequest:
    """Ask to revoke a certificate. The reason is for the desk only and never becomes public.

    Asking twice returns the request that waits. Refuses as `ask_replacement` does.
    """
    return _ask(ChangeRequest.Kind.REVOKE, certificate, reason_code, by, note, at)


def replace(
    *,
    certificate: Certificate,
    by: User,
    award_date: date | None = None,
    at: datetime | None = None,
    comment: str = "",
    chance: Callable[[int], int] = secrets.randbelow,
) -> Certificate:
    """As the second person: issue a new certificate (number, token, paper) and mark the old one as replaced, together.

    Name and facts are those of today's file: what was wrong is corrected there first, with its own reason. Replacing
    again returns the new certificate. Refuses (PermissionDenied) the person who asked; (ValidationError) what nobody
    asked for, a result that is no longer a confirmed pass, and facts that cannot be printed.
    """
    at = at or timezone.now()
    with transaction.atomic():
        old = _locked(certificate)
        if old.state == Certificate.State.SUPERSEDED:
            return old.superseded_by
        request = _open_request(old, ChangeRequest.Kind.REPLACE)
        people.countersign(request=_signature(request), by=by, approve=True, comment=comment, at=at)
        outcome, facts = _facts_today(old, award_date or timezone.localdate(at))
        _set_state(old, Certificate.State.SUPERSEDED, PublicRecord.State.SUPERSEDED, at)
        record(
            verb="issuing.supersede", about=old, by=by, organisation=old.organisation, fields=["state"],
            reason=request.reason_code, at=at,
        )  # fmt: skip
        (new,) = issue(
            wanted=[Wanted(facts, outcome, supersedes=old)], issuer=old.issuer, certificate_type=old.certificate_type,
            award_date=facts.award_date, by=by, at=at, chance=chance,
        )  # fmt: skip
    return new


def revoke(*, certificate: Certificate, by: User, at: datetime | None = None, comment: str = "") -> Certificate:
    """As the second person: revoke a certificate for ever. Revoking twice changes nothing.

    Refuses (PermissionDenied) the person who asked; (ValidationError) what nobody asked for, and a replaced certificate.
    """
    at = at or timezone.now()
    with transaction.atomic():
        certificate = _locked(certificate)
        if certificate.state == Certificate.State.REVOKED:
            return certificate
        request = _open_request(certificate, ChangeRequest.Kind.REVOKE)
        people.countersign(request=_signature(request), by=by, approve=True, comment=comment, at=at)
        _set_state(certificate, Certificate.State.REVOKED, PublicRecord.State.REVOKED, at)
        record(
            verb="issuing.revoke", about=certificate, by=by, organisation=certificate.organisation, fields=["state"],
            reason=request.reason_code, at=at,
        )  # fmt: skip
    return certificate


def decline_change(*, request: ChangeRequest, by: User, comment: str, at: datetime | None = None) -> ChangeRequest:
    """As the second person: leave the certificate as it is, and say why."""
    with transaction.atomic():
        people.countersign(request=_signature(request), by=by, approve=False, comment=comment, at=at)
    request.refresh_from_db()
    return request


def _ask(
    kind: str, certificate: Certificate, reason_code: str, by: User, note: str, at: datetime | None
) -> ChangeRequest:
    if not permissions.can_ask_for_change(by, certificate):
        raise PermissionDenied
    if reason_code not in ChangeRequest.REASONS[kind]:
        raise ValidationError({"reason_code": _("Choose a reason from the list.")})
    with transaction.atomic():
        certificate = _locked(certificate)
        waiting = ChangeRequest.objects.filter(certificate=certificate, countersign__decision="").first()
        if waiting:
            if waiting.kind == kind:
                return waiting
            raise ValidationError(_("Another request about this certificate waits for its second person."))
        _refuse_unless_live(certificate)
        request = ChangeRequest.objects.create(
            certificate=certificate, kind=kind, reason_code=reason_code, note=note.strip()
        )
        request.countersign = people.ask_countersign(
            act=ACTS[request.kind], about=request, organisation=certificate.organisation,
            title=gettext_noop("%(kind)s of certificate %(number)s"),
            values={"kind": ChangeRequest.Kind(request.kind).label, "number": certificate.number},
            permission=RELEASE_CERTIFICATES, by=by, at=at,
        )  # fmt: skip
        request.save(update_fields=["countersign"])
    return request


def _signature(request: ChangeRequest) -> Countersign:
    if request.countersign is None:  # only inside the transaction that asks
        raise ValidationError(_("Nobody has asked for this yet."))
    return request.countersign


def _locked(certificate: Certificate) -> Certificate:
    return (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("issuer__organisation", "certificate_type", "outcome")
        .get(pk=certificate.pk)
    )


def _refuse_unless_live(certificate: Certificate) -> None:
    if certificate.state != Certificate.State.ISSUED:
        raise ValidationError(_("This certificate is no longer in force."))


def _open_request(certificate: Certificate, kind: str) -> ChangeRequest:
    request = (
        ChangeRequest.objects.filter(certificate=certificate, kind=kind, countersign__decision="")
        .select_related("countersign")
        .first()
    )
    if request is None:
        raise ValidationError(_("Nobody has asked for this yet."))
    _refuse_unless_live(certificate)
    return request


def _facts_today(old: Certificate, award_date: date) -> tuple[Outcome, PublicFacts]:
    live = Outcome.objects.certifiable().filter(enrolment=old.outcome.enrolment_id).first()
    if live is None:
        raise ValidationError(str(Problem(old.name, "not_passed")))
    (outcome,) = with_everything([live])
    facts = facts_of(outcome, old.certificate_type, old.issuer, award_date)
    code, detail = unfit(facts, outcome, old.issuer, custodial_names())
    if code:
        raise ValidationError(str(Problem(facts.name, code, detail)))
    return outcome, facts


def _set_state(certificate: Certificate, state: str, public: str, at: datetime) -> None:
    certificate.state, certificate.state_since = state, at
    certificate.save(update_fields=["state", "state_since"])
    shown = PublicRecord.objects.select_for_update().get(number=certificate.number)
    shown.state, shown.state_since, shown.version = public, timezone.localdate(at), shown.version + 1
    shown.save(update_fields=["state", "state_since", "version"])

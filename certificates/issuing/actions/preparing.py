"""Preparing a batch: a long list is written a little at a time, and becomes a batch in one short transaction (CRT-9)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.issuing import permissions
from certificates.issuing.actions.checking import (
    Problem,
    facts_of,
    obstacles,
    taken_since,
    unprintable_facts,
    with_everything,
)
from certificates.issuing.models import Batch, BatchItem, CertificateType, Issuer
from certificates.issuing.rules.facts import PublicFacts
from courses.journal.actions import record
from courses.people.models import User
from courses.results.models import Outcome

TOGETHER = 100  # items written in one transaction, so that nobody else who writes waits for a long list
GIVEN_UP_AFTER = timedelta(hours=1)  # a list that was not finished by then never will be


def prepare_batch(
    *,
    outcomes: Iterable[Outcome],
    certificate_type: CertificateType,
    by: User | None,
    award_date: date | None = None,
    at: datetime | None = None,
) -> Batch:
    """Put outcomes together for certificates of one type. The same list again returns the batch that waits already.

    There is no batch unless every outcome can be certified. Refuses (PermissionDenied) without the right
    `prepare_certificates` at the school; (ValidationError), with a sentence for each learner, who has not passed, has the
    certificate already, waits in another batch, lacks the identity that an official level needs (PER-5), or would be
    printed with missing characters (PER-7) or with words that must not become public.

    A list that is being written counts for nothing and is seen by nobody. Of two that name the same learner at the same
    moment, one becomes a batch; one that a power cut leaves behind is swept away (`forget_unfinished`).
    """
    at = at or timezone.now()
    award_date = award_date or timezone.localdate(at)
    chosen = with_everything(outcomes)
    issuer = _issuer_of(chosen)
    if by is not None and not permissions.can_prepare(by, issuer):
        raise PermissionDenied
    _refuse_for_all(chosen, certificate_type, award_date, at)
    facts = {outcome.pk: facts_of(outcome, certificate_type, issuer, award_date) for outcome in chosen}
    seen = frozenset(Batch.objects.waiting().values_list("pk", flat=True))  # before the obstacles are asked
    found = unprintable_facts(chosen, facts, issuer=issuer) | obstacles(chosen, certificate_type=certificate_type)
    batch = Batch(issuer=issuer, certificate_type=certificate_type, award_date=award_date, prepared_by=by)
    if existing := _same_draft(batch, chosen):
        return existing
    _refuse(chosen, found)
    _write(batch, chosen, facts)
    return _take_up(batch, chosen, seen, at)


def forget_unfinished(*, at: datetime | None = None) -> int:
    """Sweep away lists that were begun an hour ago and never became a batch. Returns how many there were."""
    begun = Batch.objects.filter(
        state=Batch.State.PREPARING, prepared_at__lt=(at or timezone.now()) - GIVEN_UP_AFTER
    ).order_by("pk")
    batches = list(begun)
    for batch in batches:
        _forget(batch)
    return len(batches)


def _issuer_of(outcomes: list[Outcome]) -> Issuer:
    if not outcomes:
        raise ValidationError(_("Choose at least one learner."))
    schools = {outcome.enrolment.training_class.provider for outcome in outcomes}
    if len(schools) > 1:
        raise ValidationError(_("One batch is for one school."))
    issuer = Issuer.objects.filter(organisation=schools.pop(), active=True).select_related("organisation").first()
    if issuer is None:
        raise ValidationError(_("The school is not set up as an issuer of certificates yet."))
    return issuer


def _refuse_for_all(chosen: list[Outcome], certificate_type: CertificateType, award_date: date, at: datetime) -> None:
    if any(outcome.enrolment.training_class.edition.certificate_type != certificate_type.code for outcome in chosen):
        raise ValidationError(_("The course leads to another kind of certificate."))
    if award_date > timezone.localdate(at):
        raise ValidationError({"award_date": _("The date of award cannot be in the future.")})


def _refuse(chosen: list[Outcome], found: Mapping[int, Problem]) -> None:
    if found:
        raise ValidationError([str(found[outcome.pk]) for outcome in chosen if outcome.pk in found])


def _same_draft(batch: Batch, chosen: list[Outcome]) -> Batch | None:
    """The batch that the same person has prepared from the same list. An outcome waits in one batch at most."""
    drafts = Batch.objects.filter(
        state=Batch.State.DRAFT, certificate_type=batch.certificate_type, award_date=batch.award_date,
        prepared_by=batch.prepared_by, items__outcome=chosen[0],
    )  # fmt: skip
    for draft in drafts:
        if set(draft.items.values_list("outcome", flat=True)) == {outcome.pk for outcome in chosen}:
            return draft
    return None


def _write(batch: Batch, chosen: list[Outcome], facts: Mapping[int, PublicFacts]) -> None:
    """Store the list, a part in each transaction. Until `_take_up` it counts for nothing."""
    batch.state, batch.prepared_at = Batch.State.PREPARING, timezone.now()  # how old it is, whatever `at` says
    batch.save(force_insert=True)
    items = [BatchItem(batch=batch, outcome=outcome, facts=facts[outcome.pk].as_json()) for outcome in chosen]
    for start in range(0, len(items), TOGETHER):
        BatchItem.objects.bulk_create(items[start : start + TOGETHER])  # a transaction of its own


def _take_up(batch: Batch, chosen: list[Outcome], seen: frozenset[int], at: datetime) -> Batch:
    """Make a batch of a list that is written: all of it or nothing. Returns the same list of another click, if that was first."""
    try:
        with transaction.atomic():
            Issuer.objects.select_for_update().get(pk=batch.issuer_id)  # those who prepare at this moment go one by one
            existing = _same_draft(batch, chosen)
            if existing is None:
                _refuse(chosen, taken_since(seen, chosen))
                _become_draft(batch, len(chosen), at)
    except ValidationError:
        _forget(batch)
        raise
    if existing is not None:
        _forget(batch)
    return existing or batch


def _become_draft(batch: Batch, count: int, at: datetime) -> None:
    if not _still_preparing(batch) or batch.items.count() != count:
        raise ValidationError(
            _("Preparing took too long and was given up; nothing is stored. Prepare the batch again.")
        )
    batch.state, batch.prepared_at = Batch.State.DRAFT, at
    batch.save(update_fields=["state", "prepared_at"])
    record(verb="issuing.prepare_batch", about=batch, by=batch.prepared_by, organisation=batch.organisation, at=at)


def _forget(batch: Batch) -> None:
    """Remove a list that did not become a batch, a part in each transaction. A batch is never removed."""
    left = True
    while left:
        with transaction.atomic():
            if not _still_preparing(batch):
                return
            part = batch.items.order_by("pk").values_list("pk", flat=True)[:TOGETHER]
            BatchItem.objects.filter(pk__in=list(part)).delete()
            left = batch.items.exists()
            if not left:
                Batch.objects.filter(pk=batch.pk).delete()


def _still_preparing(batch: Batch) -> bool:
    """Whether a list is still neither a batch nor swept away; locked, so that it stays so until the end of the transaction."""
    return Batch.objects.select_for_update().filter(pk=batch.pk, state=Batch.State.PREPARING).first() is not None

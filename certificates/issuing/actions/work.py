"""The work after a release: a few certificates at a time, to be interrupted and taken up again by anyone."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from certificates.issuing.actions.checking import facts_of, problems, read
from certificates.issuing.actions.issue import Wanted, issue
from certificates.issuing.models import Batch, BatchItem
from certificates.issuing.rules.facts import PublicFacts
from courses.classes.models import Enrolment
from courses.journal.actions import Act, record, record_all
from courses.results.models import Outcome

Chance = Callable[[int], int]  # a number below the given one: `secrets.randbelow`, or the demo's seeded source
TOGETHER = 15  # items in one transaction, so that nobody else who writes waits longer than a tenth of a second


def work_on_batch(*, batch: Batch, chance: Chance = secrets.randbelow, at: datetime | None = None) -> Batch:
    """Issue what is left of a released batch, now or `at`. A few items are one transaction; each is checked for itself, and
    one that is refused keeps no other back.

    Safe to repeat, to kill and to run twice at the same moment: an item that is done stays as it is.
    """
    left = list(batch.items.filter(state=BatchItem.State.TODO).values_list("pk", flat=True))
    for start in range(0, len(left), TOGETHER):
        _work_on(batch, left[start : start + TOGETHER], chance, at or timezone.now())
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == Batch.State.RELEASED and not batch.items.filter(state=BatchItem.State.TODO).exists():
            batch.state = Batch.State.DONE
            batch.save(update_fields=["state"])
            record(verb="issuing.finish_batch", about=batch, by=None, organisation=batch.organisation, at=at)
    return batch


def resume_batches() -> int:
    """Take up every batch that was released and not finished: the sweep after a crash. Returns how many there were."""
    batches = list(Batch.objects.unfinished().order_by("released_at"))
    for batch in batches:
        work_on_batch(batch=batch)
    return len(batches)


def _work_on(batch: Batch, pks: Sequence[int], chance: Chance, at: datetime) -> None:
    """Check and issue some items of a batch, in the order of `pks`, in one transaction."""
    with transaction.atomic():
        items = _locked(pks)
        batch = Batch.objects.select_related("issuer__organisation", "certificate_type", "released_by").get(pk=batch.pk)
        if not items or batch.state != Batch.State.RELEASED:
            return
        outcomes = _locked_outcomes([item.outcome_id for item in items])
        refusals = _refusals(batch, items, outcomes)
        _refuse(batch, [item for item in items if item.pk in refusals], refusals, at)
        fit = [item for item in items if item.pk not in refusals]
        if fit:
            BatchItem.objects.filter(pk__in=[item.pk for item in fit]).update(state=BatchItem.State.DONE)
            issue(
                wanted=[
                    Wanted(PublicFacts.from_json(item.facts), outcomes[item.outcome_id], batch_item=item) for item in fit
                ],
                issuer=batch.issuer, certificate_type=batch.certificate_type, award_date=batch.award_date,
                by=batch.released_by, at=at, chance=chance,
            )  # fmt: skip


def _locked(pks: Sequence[int]) -> list[BatchItem]:
    """What is left of these items, in their order. Locked by number, so that two who do the same work wait for each other."""
    todo = BatchItem.objects.filter(pk__in=pks, state=BatchItem.State.TODO).order_by("pk")
    return sorted(todo.select_for_update(), key=lambda item: pks.index(item.pk))


def _locked_outcomes(pks: Sequence[int]) -> dict[int, Outcome]:
    """The results as they are now, by number, their enrolments locked."""
    enrolments = Outcome.objects.filter(pk__in=pks).order_by().values("enrolment")
    list(Enrolment.objects.select_for_update().filter(pk__in=enrolments).order_by("pk").values_list("pk"))
    return {outcome.pk: outcome for outcome in read(pks)}


def _refuse(batch: Batch, items: list[BatchItem], refusals: dict[int, str], at: datetime) -> None:
    """Write down why these items get no certificate."""
    if not items:
        return
    for item in items:
        item.state, item.refusal = BatchItem.State.REFUSED, refusals[item.pk]
        item.save(update_fields=["state", "refusal"])
    acts = [Act("issuing.refuse_item", item, reason=item.refusal) for item in items]
    record_all(acts=acts, by=None, organisation=batch.organisation, at=at)


def _refusals(batch: Batch, items: list[BatchItem], outcomes: dict[int, Outcome]) -> dict[int, str]:
    """Why not, by item: a code of `checking.SENTENCES` for each that gets no certificate."""
    facts = {pk: facts_of(one, batch.certificate_type, batch.issuer, batch.award_date) for pk, one in outcomes.items()}
    found = problems(
        list(outcomes.values()), facts, certificate_type=batch.certificate_type, issuer=batch.issuer, batch=batch
    )
    refusals, holders = {}, set()
    for item in items:
        enrolment = outcomes[item.outcome_id].enrolment
        holder = enrolment.learner_id, enrolment.training_class.edition_id
        if item.outcome_id in found:
            refusals[item.pk] = found[item.outcome_id].code
        elif facts[item.outcome_id] != PublicFacts.from_json(item.facts):
            refusals[item.pk] = "changed"  # the second person saw something else
        elif holder in holders:
            refusals[item.pk] = "already"  # gets it by another item of these
        else:
            holders.add(holder)
    return refusals

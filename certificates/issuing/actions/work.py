"""The work after a release: one certificate at a time, to be interrupted and taken up again by anyone."""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from certificates.issuing.actions.checking import facts_of, problems, with_everything
from certificates.issuing.actions.issue import issue
from certificates.issuing.models import Batch, BatchItem
from certificates.issuing.rules.facts import PublicFacts
from courses.classes.models import Enrolment
from courses.journal.actions import record

Chance = Callable[[int], int]  # a number below the given one: `secrets.randbelow`, or the demo's seeded source


def work_on_batch(*, batch: Batch, chance: Chance = secrets.randbelow, at: datetime | None = None) -> Batch:
    """Issue what is left of a released batch, now or `at`. Each item is a transaction of its own with its own checks.

    Safe to repeat, to kill and to run twice at the same moment: an item that is done stays as it is.
    """
    for pk in batch.items.filter(state=BatchItem.State.TODO).values_list("pk", flat=True):
        _work_on_item(pk, chance, at or timezone.now())
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        left = batch.items.filter(state=BatchItem.State.TODO).exists()
        if batch.state == Batch.State.RELEASED and not left:
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


def _work_on_item(pk: int, chance: Chance, at: datetime) -> None:
    with transaction.atomic():
        item = BatchItem.objects.select_for_update(of=("self",)).select_related("batch__issuer__organisation", "batch__certificate_type", "batch__released_by").get(pk=pk)  # fmt: skip
        batch = item.batch
        if item.state != BatchItem.State.TODO or batch.state != Batch.State.RELEASED:
            return
        (outcome,) = with_everything([item.outcome])
        Enrolment.objects.select_for_update().get(pk=outcome.enrolment_id)
        facts = facts_of(outcome, batch.certificate_type, batch.issuer, batch.award_date)
        found = problems([outcome], {outcome.pk: facts}, certificate_type=batch.certificate_type, issuer=batch.issuer, batch=batch)  # fmt: skip
        refusal = found[outcome.pk].code if found else ""
        if not refusal and facts != PublicFacts.from_json(item.facts):
            refusal = "changed"  # the second person saw something else
        item.state = BatchItem.State.REFUSED if refusal else BatchItem.State.DONE
        item.refusal = refusal
        item.save(update_fields=["state", "refusal"])
        if refusal:
            record(
                verb="issuing.refuse_item", about=item, by=None, organisation=batch.organisation, reason=refusal, at=at
            )
            return
        issue(
            facts=facts, outcome=outcome, issuer=batch.issuer, certificate_type=batch.certificate_type,
            batch_item=item, by=batch.released_by, at=at, chance=chance,
        )  # fmt: skip

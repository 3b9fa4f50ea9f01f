"""Writing and proving the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from courses.journal.models import ChainHead, JournalEntry
from courses.journal.rules import GENESIS, Fact, seal
from courses.prepared import Prepared

HEAD = Prepared(lambda organisation: ChainHead.objects.select_for_update().filter(pk=organisation), int)


@dataclass(frozen=True)
class Act:
    """One act to be written down: its verb ("<app>.<act>"), what it was done to, the names of the fields touched, why."""

    verb: str
    about: models.Model
    fields: Iterable[str] = ()
    reason: str = ""


def record(
    *,
    verb: str,
    about: models.Model,
    by: models.Model | None,
    organisation: models.Model | int | None,
    fields: Iterable[str] = (),
    reason: str = "",
    at: datetime | None = None,
) -> JournalEntry:
    """Add one entry to an organisation's chain.

    `verb` is "<app>.<act>", e.g. "classes.approve"; `by` is a User, a Learner or None (the system itself);
    `fields` are names of fields, never values. Must run inside the transaction of the act that it records
    (RuntimeError otherwise): an act without its entry, or an entry without its act, cannot exist.
    """
    (entry,) = record_all(acts=[Act(verb, about, fields, reason)], by=by, organisation=organisation, at=at)
    return entry


def record_all(
    *,
    acts: Iterable[Act],
    by: models.Model | None,
    organisation: models.Model | int | None,
    at: datetime | None = None,
) -> list[JournalEntry]:
    """Add the entries of several acts of one person at one moment, in their order. One lock, three queries. See `record`."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("journal.record must run inside the transaction of the act it records.")
    organisation_id = (organisation if isinstance(organisation, int) else organisation.pk) if organisation else 0
    head = _locked_head(organisation_id)
    moment = (at or timezone.now()).astimezone(UTC)
    entries = []
    for act in acts:
        fact = Fact(
            organisation_id=organisation_id,
            sequence=head.sequence + 1,
            at=moment,
            actor_kind=_actor_kind(by),
            actor_id=by.pk if by else None,
            verb=act.verb,
            object_label=act.about._meta.label_lower,
            object_id=str(act.about.pk),
            fields=tuple(sorted(act.fields)),
            reason=act.reason,
        )
        entries.append(_entry(fact, head.seal))
        head.sequence, head.seal = fact.sequence, entries[-1].seal
    JournalEntry.objects.bulk_create(entries)
    ChainHead.objects.filter(pk=head.pk).update(sequence=head.sequence, seal=head.seal)
    return entries


def _locked_head(organisation_id: int) -> ChainHead:
    heads = HEAD(organisation_id)
    if not heads:
        ChainHead.objects.get_or_create(organisation_id=organisation_id, defaults={"seal": GENESIS})
        heads = HEAD(organisation_id)
    return heads[0]


def _entry(fact: Fact, previous: str) -> JournalEntry:
    return JournalEntry(
        organisation_id=fact.organisation_id,
        sequence=fact.sequence,
        at=fact.at,
        actor_kind=fact.actor_kind,
        actor_id=fact.actor_id,
        verb=fact.verb,
        object_label=fact.object_label,
        object_id=fact.object_id,
        fields=list(fact.fields),
        reason=fact.reason,
        previous=previous,
        seal=seal(fact, previous),
    )


def _actor_kind(by: models.Model | None) -> str:
    if by is None:
        return JournalEntry.Actor.SYSTEM
    return JournalEntry.Actor.USER if isinstance(by, get_user_model()) else JournalEntry.Actor.LEARNER


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold: the organisation, the number, and what is wrong there."""

    organisation_id: int
    sequence: int
    problem: str


def prove(*, organisation: models.Model | int | None = None) -> tuple[int, list[Break]]:
    """Check every chain, or one organisation's (0: the system's), from its beginning.

    Returns the number of entries read and the first break of each chain. Takes about a second for 10,000 entries.
    """
    entries, heads = JournalEntry.objects.all(), ChainHead.objects.all()
    if organisation is not None:
        entries = entries.at(organisation)
        heads = heads.filter(pk=organisation if isinstance(organisation, int) else organisation.pk)
    breaks: dict[int, Break] = {}
    expected: dict[int, tuple[int, str]] = {}
    count = 0
    for entry in entries.order_by("organisation_id", "sequence").iterator():
        count += 1
        number, previous = expected.get(entry.organisation_id, (1, GENESIS))
        expected[entry.organisation_id] = (entry.sequence + 1, entry.seal)
        if entry.sequence != number:
            breaks.setdefault(entry.organisation_id, Break(entry.organisation_id, number, "missing"))
        elif entry.previous != previous or entry.seal != seal(entry.fact, previous):
            breaks.setdefault(entry.organisation_id, Break(entry.organisation_id, entry.sequence, "changed"))
    for head in heads:
        number, last = expected.get(head.organisation_id, (1, GENESIS))
        if (head.sequence + 1, head.seal) != (number, last):
            breaks.setdefault(head.organisation_id, Break(head.organisation_id, number, "missing at the end"))
    return count, sorted(breaks.values(), key=lambda b: (b.organisation_id, b.sequence))

"""Who came, left or changed: read from the stays, stored nowhere else."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from courses.people.models.learners import Learner, Stay


class MovementKind(StrEnum):
    """What a movement is to the places that ask."""

    CAME = "came"
    LEFT = "left"
    CHANGED = "changed"  # from one ward or place of theirs to another


@dataclass(frozen=True)
class Movement:
    """One person's coming, going or change: from where, to where, of which None is nowhere that is known."""

    at: datetime
    kind: MovementKind
    learner: "Learner"
    before: "Stay | None"
    after: "Stay | None"


def tell_movements(
    stays: Iterable["Stay"], places: Collection[int], begin: datetime, end: datetime | None = None
) -> list[Movement]:
    """The movements in these stays (by learner, then by time) since a moment, and before `end`; newest first."""
    found: dict[tuple[int, datetime], Movement] = {}
    before: Stay | None = None
    for stay in stays:
        follows = before is not None and before.learner_id == stay.learner_id and before.until == stay.since
        before = before if follows else None
        # An arrival takes the place of the departure at the same moment: both are one movement.
        for at, was, now in ((stay.since, before, stay), (stay.until, stay, None)):
            kind = _kind(was, now, places)
            if kind and at and at >= begin and (end is None or at < end):
                found[stay.learner_id, at] = Movement(at, kind, stay.learner, was, now)
        before = stay
    return sorted(found.values(), key=lambda one: (one.at, one.learner.pk), reverse=True)


def _kind(was: "Stay | None", now: "Stay | None", places: Collection[int]) -> MovementKind | None:
    was_here, is_here = (stay is not None and stay.organisation_id in places for stay in (was, now))
    if was_here and is_here:
        return MovementKind.CHANGED
    if is_here:
        return MovementKind.CAME
    return MovementKind.LEFT if was_here else None

"""The time of an attempt, in pure rules. The server's clock is the only one (EXM-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

GRACE = timedelta(seconds=10)  # a save may arrive this long after the deadline, or after a pause began
AWAY_AT_LEAST = timedelta(seconds=15)  # a shorter silence is a slow network, not an outage
JUMP_AHEAD = timedelta(hours=12)
JUMP_BACK = timedelta(seconds=60)


@dataclass(frozen=True)
class Still:
    """A time during which the whole room stood still; `until` is None while it does."""

    since: datetime
    until: datetime | None = None


def hands(pauses: Sequence[Still], now: datetime) -> datetime:
    """Where the room's clock stands: now, or the moment at which the open pause began (whatever the server's clock says)."""
    return min((pause.since for pause in pauses if pause.until is None), default=now)


def paused_within(pauses: Sequence[Still], start: datetime, end: datetime) -> timedelta:
    """How much of a span the room stood still. Pauses of one room never overlap."""
    total = timedelta(0)
    for pause in pauses:
        since, until = max(pause.since, start), min(pause.until or end, end)
        total += max(timedelta(0), until - since)
    return total


def time_left(
    *, started_at: datetime, limit_seconds: int, extra_seconds: int, pauses: Sequence[Still], now: datetime
) -> timedelta:
    """What is left of an attempt: the limit and what was added, less the time since the start without the pauses.

    Exact: while the room is paused it stands still, and after the pause it is what it was before. Negative after the end.
    """
    clock = max(started_at, hands(pauses, now))
    used = clock - started_at - paused_within(pauses, started_at, clock)
    return timedelta(seconds=limit_seconds + extra_seconds) - used


def deadline(
    *, started_at: datetime, limit_seconds: int, extra_seconds: int, pauses: Sequence[Still], now: datetime
) -> datetime:
    """When the attempt ends, or ended, as things stand now. While the room is paused it moves on with every second."""
    left = time_left(
        started_at=started_at, limit_seconds=limit_seconds, extra_seconds=extra_seconds, pauses=pauses, now=now
    )
    standing = max(started_at, hands(pauses, now))
    return (standing if left <= timedelta(0) else max(standing, now)) + left


def whole_seconds(left: timedelta) -> int:
    """Seconds for a page: never below 0, rounded up so that 0 means that nothing is left."""
    return max(0, ceil(left.total_seconds()))


def outage(*, last: datetime, now: datetime, process_started: datetime) -> Still | None:
    """The time the server was away: it was last heard at `last`, and the process that answers now did not run then.

    A silence in which the process did run is none: nobody asked it anything. Nor is one shorter than `AWAY_AT_LEAST`.
    """
    if process_started <= last or now - last < AWAY_AT_LEAST:
        return None
    return Still(last, now)


def clock_jumped(*, last: datetime, now: datetime) -> bool:
    """Whether the server's clock cannot be right: earlier than it has been, or half a day ahead (a dead battery)."""
    return now < last - JUMP_BACK or now > last + JUMP_AHEAD

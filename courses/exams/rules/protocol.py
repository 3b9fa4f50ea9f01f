"""What the server answers to a save and to a submission: pure decisions on what is stored and what arrives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from courses.exams.rules.clock import GRACE, Still, deadline, time_left


class State(StrEnum):
    """The states of an attempt. `paused` is not one of them: it is the room that is paused."""

    OPEN = "open"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    VOID = "void"


class Reply(StrEnum):
    """The answers that a page can get."""

    OK = "ok"  # stored
    SAME = "same"  # was stored already: the reply was lost, or the button pressed twice
    STALE = "stale"  # a newer answer is stored
    PAUSED = "paused"  # the room stands still; send it again when it goes on
    ELSEWHERE = "elsewhere"  # the attempt belongs to another terminal
    LATE = "late"  # the time was up
    CLOSED = "closed"  # handed in already
    DIFFERS = "differs"  # only a submission: the page believes in other answers than are stored
    REFUSED = "refused"  # not an answer to this question


@dataclass(frozen=True)
class Facts:
    """What is stored about an attempt and its room."""

    state: str
    started_at: datetime
    limit_seconds: int
    extra_seconds: int = 0
    pauses: tuple[Still, ...] = ()

    def left(self, now: datetime) -> timedelta:
        """See `clock.time_left`."""
        return time_left(
            started_at=self.started_at, limit_seconds=self.limit_seconds, extra_seconds=self.extra_seconds,
            pauses=self.pauses, now=now,
        )  # fmt: skip

    def deadline(self, now: datetime) -> datetime:
        """See `clock.deadline`."""
        return deadline(
            started_at=self.started_at, limit_seconds=self.limit_seconds, extra_seconds=self.extra_seconds,
            pauses=self.pauses, now=now,
        )  # fmt: skip

    def is_over(self, now: datetime) -> bool:
        """Whether even the grace is over: the attempt is then closed, with the deadline as its time."""
        return self.left(now) < -GRACE

    def still_since(self) -> datetime | None:
        """When the pause that goes on now began."""
        return next((pause.since for pause in self.pauses if pause.until is None), None)

    def is_covered(self, now: datetime) -> bool:
        """Whether a pause has gone on for longer than what was under way when it began needs to arrive."""
        since = self.still_since()
        return since is not None and now > since + GRACE


@dataclass(frozen=True)
class Stored:
    """The answer that is stored to one question. `seq` 0: none was ever given."""

    seq: int = 0
    value: Any = None


@dataclass(frozen=True)
class Save:
    """An answer that arrives. `is_holder`: from the terminal, and with the token, to which the attempt belongs."""

    seq: int
    value: Any
    at: datetime
    is_holder: bool = True


def decide_save(facts: Facts, stored: Stored, save: Save) -> Reply:
    """What an arriving answer gets. Only OK stores it; LATE closes the attempt as well.

    The highest sequence number wins, not the last to arrive. The same number with the same answer is the same answer: also
    in a pause, because its reply may have been lost.
    """
    if facts.state != State.OPEN:
        return Reply.CLOSED
    if facts.is_over(save.at):
        return Reply.LATE
    if not save.is_holder:
        return Reply.ELSEWHERE
    if save.seq == stored.seq and save.value == stored.value:
        return Reply.SAME
    if save.seq <= stored.seq:
        return Reply.STALE
    if facts.is_covered(save.at):
        return Reply.PAUSED
    return Reply.OK


@dataclass(frozen=True)
class Submit:
    """A submission that arrives. `believed`: how many answers the page believes are stored; None where it does not say."""

    at: datetime
    believed: int | None = None
    is_holder: bool = True


def decide_submit(facts: Facts, answered: int, submit: Submit) -> Reply:
    """What a submission gets. OK closes the attempt; SAME shows the receipt again; LATE closes it with the deadline as time."""
    if facts.state in (State.SUBMITTED, State.EXPIRED):
        return Reply.SAME
    if facts.state == State.VOID:
        return Reply.CLOSED
    if facts.is_over(submit.at):
        return Reply.LATE
    if not submit.is_holder:
        return Reply.ELSEWHERE
    if facts.is_covered(submit.at):
        return Reply.PAUSED
    if submit.believed is not None and submit.believed != answered:
        return Reply.DIFFERS
    return Reply.OK


def seconds_to_return(facts: Facts, *, closed_at: datetime, now: datetime, more: int = 0) -> int:
    """What must be added so that a closed attempt, opened again now, has what it had when it closed, and `more` seconds."""
    had = max(timedelta(0), facts.left(closed_at))
    missing = had - facts.left(now)
    return max(0, -int(-missing.total_seconds() // 1)) + more


def seconds_lost(outage: Still, *, started_at: datetime, pauses: Sequence[Still]) -> int:
    """What an outage took from an attempt: since it began, without what the room's pauses give back anyway. Rounded up."""
    if outage.until is None:
        return 0
    since = max(outage.since, started_at)
    lost = outage.until - since
    for pause in pauses:
        begin, end = max(pause.since, since), min(pause.until or outage.until, outage.until)
        lost -= max(timedelta(0), end - begin)
    return max(0, -int(-lost.total_seconds() // 1))

"""Attendance in pure rules: the one function by which hours are earned anywhere in the product."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MINUTES_PER_CLASS_HOUR = 45


class Status(StrEnum):
    """The marks of a register (ATT-1)."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    LEAVE = "leave"
    ABSENT = "absent"
    DUTY = "duty"


@dataclass(frozen=True)
class Mark:
    """What a register says about one learner. `minutes_missed` belongs to late and left early only."""

    status: Status
    minutes_missed: int = 0


PARTLY = frozenset({Status.LATE, Status.LEFT_EARLY})
THERE = PARTLY | {Status.PRESENT}


def mark_problem(mark: Mark, session_minutes: int) -> str:
    """What is wrong with a mark: "minutes_needed", "minutes_too_many", "minutes_not_here"; empty where nothing is.

    `session_minutes` are those that were held, of an interrupted session, else the planned ones.
    """
    if mark.status not in PARTLY:
        return "minutes_not_here" if mark.minutes_missed else ""
    if mark.minutes_missed < 1:
        return "minutes_needed"
    return "minutes_too_many" if mark.minutes_missed >= session_minutes else ""


def presence(mark: Mark, starts_at: datetime, session_minutes: int) -> tuple[datetime, datetime] | None:
    """From when to when a learner was in the room, of the minutes that were held; None where not at all."""
    if mark.status not in THERE:
        return None
    ends_at = starts_at + timedelta(minutes=session_minutes)
    missed = timedelta(minutes=mark.minutes_missed)
    if mark.status == Status.LATE:
        starts_at += missed
    elif mark.status == Status.LEFT_EARLY:
        ends_at -= missed
    return (starts_at, ends_at) if starts_at < ends_at else None


def correction_deadline(session_ends: datetime, first_marked_at: datetime, correction_hours: int) -> datetime:
    """Until when a mark may be changed by one person alone: so many hours after the session, or after its first entry (ATT-5)."""
    return max(session_ends, first_marked_at) + timedelta(hours=correction_hours)


def finishable_from(session_ends: datetime, tolerance_minutes: int) -> datetime:
    """From when on a register may be finished: the end of what is held, less the minutes that cost nobody an hour (ATT-2)."""
    return session_ends - timedelta(minutes=tolerance_minutes)


@dataclass(frozen=True)
class SessionHours:
    """The hours of one session: planned, in half-hours; and where it was interrupted, the minutes that were held."""

    planned_half_hours: int
    held_minutes: int | None = None
    late_tolerance_minutes: int = 10


def held_half_hours(session: SessionHours) -> int:
    """The half-hours that took place: all that were planned, or the whole half-hours before an interruption (ATT-2)."""
    if session.held_minutes is None:
        return session.planned_half_hours
    return min(session.planned_half_hours, session.held_minutes * 2 // MINUTES_PER_CLASS_HOUR)


def earned_half_hours(mark: Mark | None, session: SessionHours) -> int:
    """Half-hours that one learner earns in one session (ATT-2), floored within the session.

    Present, and up to the tolerance late: all that was held. Later than that, or left early: the whole half-hours present.
    Leave, absence, other duty and no mark: none; an excuse never adds hours (ATT-4).
    """
    if mark is None or mark.status in {Status.LEAVE, Status.ABSENT, Status.DUTY}:
        return 0
    held = held_half_hours(session)
    if mark.status == Status.PRESENT or (
        mark.status == Status.LATE and mark.minutes_missed <= session.late_tolerance_minutes
    ):
        return held
    # Twice the minutes, so that a session of 67.5 minutes stays a whole number.
    session_double_minutes = session.planned_half_hours * MINUTES_PER_CLASS_HOUR
    if session.held_minutes is not None:
        session_double_minutes = min(session_double_minutes, session.held_minutes * 2)
    present_double_minutes = max(0, session_double_minutes - mark.minutes_missed * 2)
    return min(held, present_double_minutes // MINUTES_PER_CLASS_HOUR)


def earned_hours(marks: Iterable[tuple[Mark | None, SessionHours]], credited_half_hours: int = 0) -> int:
    """Half-hours earned over many sessions, credited hours included (ATT-2, ATT-3)."""
    return credited_half_hours + sum(earned_half_hours(mark, session) for mark, session in marks)


def hours_met(earned_half_hours: int, required_half_hours: int, min_pct: int) -> bool:
    """Whether the hours suffice: `earned * 100 >= min_pct * required`, in integers (ATT-3). Percentages never decide (ATT-7)."""
    return earned_half_hours * 100 >= min_pct * required_half_hours


def half_hours_needed(required_half_hours: int, min_pct: int) -> int:
    """The fewest half-hours that suffice: 20 class hours at 80 % need 16 (ATT-3)."""
    return -(-min_pct * required_half_hours // 100)


@dataclass(frozen=True)
class EarnedHours:
    """What one learner has earned in a class, in half-hours, credited hours included; and what is still unmarked (ATT-3)."""

    earned_half_hours: int
    theory_half_hours: int
    practice_half_hours: int
    required_half_hours: int  # of the edition, not of the sessions held so far
    unmarked: int  # sessions that were held and carry no mark for this learner
    absences: int = 0  # unexcused, for the alert of ATT-4
    min_pct: int = 100  # the edition's bar
    unmarked_half_hours: int = 0  # what the unmarked sessions could still bring

    @property
    def needed_half_hours(self) -> int:
        """The fewest half-hours that suffice."""
        return half_hours_needed(self.required_half_hours, self.min_pct)

    @property
    def missing_half_hours(self) -> int:
        """What still lacks to the bar; 0 once it is reached."""
        return max(0, self.needed_half_hours - self.earned_half_hours)

    @property
    def met(self) -> bool:
        """Whether the hours suffice for the exam and for completion."""
        return hours_met(self.earned_half_hours, self.required_half_hours, self.min_pct)

    @property
    def percent(self) -> str:
        """The share for reading, one decimal (ATT-7)."""
        return percent_text(self.earned_half_hours, self.required_half_hours)


ALERT_ABSENCES = 3  # ATT-4: so many unexcused absences ask for a word with the learner


class Risk(StrEnum):
    """Why a learner needs attention, most pressing first."""

    LOST = "lost"  # the bar cannot be reached with the sessions that are left
    NEAR = "near"  # one more missed session uses up what is left to spare, or more
    ABSENT = "absent"


def risk_of(hours: EarnedHours, left_half_hours: int, session_half_hours: int) -> Risk | None:
    """Whether a learner may miss the hours, given what is still planned and how long the longest session of it is.

    "Lost": what is earned, not marked yet and still planned stays below the bar. "Near": no more than one session to spare,
    and something lost already; a course that is short from the beginning is nobody's risk. Else three unexcused absences
    (ATT-4). Whoever has reached the bar can lose nothing.
    """
    spare = spare_half_hours(hours, left_half_hours)
    most = hours.required_half_hours - hours.needed_half_hours
    if not hours.met and spare < 0:
        return Risk.LOST
    if not hours.met and spare <= session_half_hours and spare < most:
        return Risk.NEAR
    return Risk.ABSENT if hours.absences >= ALERT_ABSENCES else None


def spare_half_hours(hours: EarnedHours, left_half_hours: int) -> int:
    """How much a learner may still miss and reach the bar; below zero where it is out of reach."""
    return hours.earned_half_hours + hours.unmarked_half_hours + left_half_hours - hours.needed_half_hours


def percent_text(part: int, whole: int) -> str:
    """A percentage for reading, one decimal, half up (ATT-7): 63 of 80 → "78.8"; nothing to divide by → "—"."""
    if whole == 0:
        return "—"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"

"""Classes in pure rules: the five elements of an application (CLS-1), hours of a timetable, double bookings (CLS-5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

ELEMENTS = ("roster", "teaching_plan", "trainers", "resources", "assessment_plan")


@dataclass(frozen=True)
class ApplicationFacts:
    """What an application holds: counts of people and sessions, and three texts."""

    learners: int
    trainers: int
    sessions: int
    teaching_plan: str
    resources: str
    assessment_plan: str


def missing_elements(facts: ApplicationFacts) -> list[str]:
    """The elements (of `ELEMENTS`, in their order) that an application still lacks (CLS-1).

    The teaching plan is a text and a timetable: one without the other is half a plan.
    """
    there = {
        "roster": facts.learners > 0,
        "teaching_plan": bool(facts.teaching_plan.strip()) and facts.sessions > 0,
        "trainers": facts.trainers > 0,
        "resources": bool(facts.resources.strip()),
        "assessment_plan": bool(facts.assessment_plan.strip()),
    }
    return [name for name in ELEMENTS if not there[name]]


def minutes_of(half_hours: int) -> int:
    """Minutes of so many half class hours, at 45 minutes to the class hour, rounded up (ATT-1): 3 half-hours are 68."""
    return (half_hours * 45 + 1) // 2


@dataclass(frozen=True)
class PlannedSession:
    """One line of a timetable: when, what kind ("theory" or "practice"), how many half class hours, what about, where, who."""

    starts_at: datetime
    kind: str
    planned_half_hours: int
    topic: str = ""
    room_id: int | None = None
    trainer_id: int | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=minutes_of(self.planned_half_hours))


def overlap(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Whether two spans share a minute; one that begins as the other ends does not."""
    return start < other_end and other_start < end


def belongs_on_register(
    enrolled_at: datetime, ended_at: datetime | None, session_starts: datetime, session_ends: datetime
) -> bool:
    """Whether a learner belongs on a session's register: in the class before it ended, not gone before it began."""
    return enrolled_at <= session_ends and (ended_at is None or ended_at > session_starts)


def long_days(half_hours: Iterable[tuple[date, int]], max_hours_a_day: int) -> dict[date, int]:
    """The days whose half-hours add up to more class hours than the rules of the programme allow; day → half-hours."""
    total: dict[date, int] = {}
    for day, amount in half_hours:
        total[day] = total.get(day, 0) + amount
    return {day: amount for day, amount in sorted(total.items()) if amount > 2 * max_hours_a_day}


def plan_line(session: Mapping[str, Any]) -> dict[str, Any]:
    """A session as it is kept with an approved plan (CLS-4): plain values that stay readable whatever happens to the rows."""
    names = ("number", "kind", "planned_half_hours", "topic", "room", "trainer")
    return {"starts_at": session["starts_at"].isoformat(), **{name: session[name] for name in names}}

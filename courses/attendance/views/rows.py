"""The rows of a register as the screen shows them, and what a filled-in form says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.attendance.models import AttendanceRecord, Correction
from courses.attendance.rules import PARTLY, THERE, EarnedHours, Mark, Status
from courses.classes.models import ClassSession, Enrolment

# Key on the register, its name, and its shape: "" there, "part" partly, "out" not there. Keyboard: 1 to 6 in this order.
KEYS = [
    (Status.PRESENT, pgettext_lazy("key of a mark", "P"), gettext_lazy("present"), ""),
    (Status.LATE, pgettext_lazy("key of a mark", "L"), gettext_lazy("late"), "part"),
    (Status.LEFT_EARLY, pgettext_lazy("key of a mark", "E"), gettext_lazy("left early"), "part"),
    (Status.LEAVE, pgettext_lazy("key of a mark", "V"), gettext_lazy("on leave"), "out"),
    (Status.ABSENT, pgettext_lazy("key of a mark", "A"), gettext_lazy("absent"), "out"),
    (Status.DUTY, pgettext_lazy("key of a mark", "D"), gettext_lazy("other duty"), "out"),
]
NAMES = {status: name for status, _key, name, _shape in KEYS}


def mark_text(mark: Mark, session: ClassSession) -> str:
    """A mark in words: "late, 150 minutes there"."""
    if mark.status not in PARTLY:
        return str(NAMES[mark.status])
    minutes = max(0, session.minutes - mark.minutes_missed)
    return _("%(mark)s, %(minutes)s minutes there") % {"mark": NAMES[mark.status], "minutes": minutes}


def minutes_there(mark: Mark | None, session: ClassSession) -> int | None:
    """Minutes in the room that a mark means; None without a mark."""
    if mark is None:
        return None
    return max(0, session.minutes - mark.minutes_missed) if mark.status in THERE else 0


@dataclass
class Row:
    """One learner on the register."""

    enrolment: Enrolment
    record: AttendanceRecord | None
    hours: EarnedHours
    session: ClassSession
    fixed: bool = False  # only a correction changes it
    asked: Correction | None = None  # a correction that waits for its second person
    status: str = ""  # what the form shows: the mark that stands, or what was just chosen
    minutes: str = ""
    note: str = ""  # what somebody else has marked, or what is still missing
    lacks_minutes: bool = False  # chosen, but not stored until the minutes are there
    keys: list[dict[str, Any]] = field(default_factory=list)

    @property
    def version(self) -> int:
        return self.record.version if self.record else 0

    def show(self, mark: Mark | None) -> None:
        """Let the row show a mark."""
        self.status = mark.status if mark else ""
        there = minutes_there(mark, self.session)
        self.minutes = "" if there is None else str(there)

    def build_keys(self) -> None:
        self.keys = [
            {"value": status, "key": key, "name": name, "shape": shape, "chosen": self.status == status}
            for status, key, name, shape in KEYS
        ]

    @property
    def is_partly(self) -> bool:
        return self.status in PARTLY

    @property
    def is_paused(self) -> bool:
        return self.enrolment.state == Enrolment.State.SUSPENDED


@dataclass
class Posted:
    """A register as it was sent: marks that can be stored, the versions seen, and rows that say too little."""

    marks: dict[int, Mark] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    unclear: dict[int, str] = field(default_factory=dict)


def read_form(data: Mapping[str, str], session: ClassSession) -> Posted:
    """The marks of a sent register: `mark-<enrolment>`, `minutes-<enrolment>` (minutes there), `version-<enrolment>`.

    Everybody who is named is read: who is not on the register any more, or has a mark that stands, is for the verb to say.
    """
    posted = Posted()
    for pk in named(data):
        status = data[f"mark-{pk}"]
        if status not in NAMES:
            continue
        version = data.get(f"version-{pk}", "")
        posted.versions[pk] = int(version) if version.isdecimal() else 0
        mark = read_mark(status, data.get(f"minutes-{pk}", ""), session)
        if isinstance(mark, str):
            posted.unclear[pk] = mark
        else:
            posted.marks[pk] = mark
    return posted


def named(data: Mapping[str, str]) -> list[int]:
    """For whom marks were sent."""
    numbers = [key.removeprefix("mark-") for key in data if key.startswith("mark-")]
    return [int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) < 19 and one == str(int(one))]


def minutes_wanted(session: ClassSession) -> str:
    """What the row of a mark without its minutes says."""
    return _("How many minutes there? 1 to %(most)s.") % {"most": session.minutes - 1}


def read_mark(status: str, minutes: str, session: ClassSession) -> Mark | str:
    """A mark as typed: minutes there become minutes missed; a sentence where the minutes are not clear."""
    if status not in PARTLY:
        return Mark(Status(status))
    minutes = minutes.strip()
    if not (minutes.isascii() and minutes.isdecimal()) or not 1 <= int(minutes[:5]) < session.minutes:
        return minutes_wanted(session)
    return Mark(Status(status), session.minutes - int(minutes))

"""Pass rules and facts of an edition, as values."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True)
class PassRule:
    """What passing means; frozen in the edition (ATT-3, EXM-1). Percentages and marks are whole numbers out of 100."""

    min_attendance_pct: int = 80
    theory_pass: int | None = 60  # None: the course has no theory exam
    practice_pass: int | None = 60
    plan_pass: int | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PassRule":
        """Read a stored rule; unknown keys of a later version are refused (TypeError) rather than ignored."""
        return cls(**data)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def components(self) -> dict[str, int]:
        """The exam components that this rule asks for, with the mark needed in each."""
        wanted = {"theory": self.theory_pass, "practice": self.practice_pass, "plan": self.plan_pass}
        return {name: mark for name, mark in wanted.items() if mark is not None}


@dataclass(frozen=True)
class RunRules:
    """How a programme runs: every number that a funder or province may set differently. Copied to the class when it opens."""

    max_learners: int = 50  # CLS-2: entrepreneurship 30
    late_tolerance_minutes: int = 10  # ATT-2
    correction_hours: int = 24  # ATT-5
    resit_months: int = 12  # EXM-3
    max_resits: int = 1  # EXM-3
    examiner_difference: int = 15  # EXM-4
    roster_lock_days: int = 0  # EXM-2
    max_hours_a_day: int = 8
    min_part_pct: int = 40  # CLS-3: theory and practice each

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "RunRules":
        """Read stored rules; a rule that a later version has dropped is ignored, a new one takes its default."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


IDEA_BOOK = "gyb"  # from the wish to the idea
PLAN_BOOK = "syb"  # to the business plan: the one that can be reviewed and marked
WORKBOOKS = (IDEA_BOOK, PLAN_BOOK)


@dataclass(frozen=True)
class EditionFacts:
    """What an edition promises. Hours are integer half-hours of 课时; `can_do` are sentences that a certificate prints."""

    title: str
    level: str
    summary: str
    theory_half_hours: int
    practice_half_hours: int
    can_do: tuple[str, ...]
    pass_rule: PassRule
    certificate_type: str  # a code that `certificates.issuing` resolves, e.g. "skills"
    workbook: str = ""  # which business-plan workbook its learners write: one of `WORKBOOKS`, or none

    @property
    def half_hours(self) -> int:
        return self.theory_half_hours + self.practice_half_hours


@dataclass(frozen=True)
class UnitFacts:
    """A module, or a lesson with its words, in reading order. Code, title, order and module are facts; `content` is not."""

    kind: str  # "module" or "lesson"
    code: str
    title: str
    module_code: str | None = None
    content: dict[str, Any] | None = None
    page_id: int | None = None
    revision_id: int | None = None


CERTIFICATE_TYPE = re.compile(r"[a-z][a-z0-9_-]{1,39}")
UNIT_CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of JSON in one spelling (sorted keys, no blanks): the same words give the same hash on every database."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def facts_hash(facts: EditionFacts, units: Iterable[UnitFacts]) -> str:
    """SHA-256 of an edition's facts: the same facts give the same edition. Words of lessons are no facts.

    A course without a workbook has the hash that it had before there were workbooks.
    """
    outline = [[unit.kind, unit.code, unit.title, unit.module_code] for unit in units]
    known = asdict(facts)
    if not facts.workbook:
        del known["workbook"]
    return content_hash({**known, "units": outline})


@dataclass(frozen=True)
class Change:
    """One fact that differs: its name (a field of `EditionFacts` or `PassRule`, or `UNIT_CHANGES`), before and after.

    Values are those of the facts: half-hours, marks, codes, sentences; None or empty where there is none. For units: titles.
    """

    name: str
    before: Any
    after: Any
    kind: str = ""  # "module" or "lesson", where a unit changed


UNIT_CHANGES = ("unit_added", "unit_removed", "unit_renamed", "unit_code", "unit_module", "unit_place")


def changes(
    old: EditionFacts, new: EditionFacts, old_units: Sequence[UnitFacts], new_units: Sequence[UnitFacts]
) -> list[Change]:
    """What makes `new` another edition than `old`, fact by fact; empty where `facts_hash` is the same."""
    before, after = _flat(old), _flat(new)
    found = [Change(name, before[name], after[name]) for name in before if before[name] != after[name]]
    return found + _unit_changes(old_units, new_units)


def _flat(facts: EditionFacts) -> dict[str, Any]:
    names = [field.name for field in fields(facts) if field.name != "pass_rule"]
    return {name: getattr(facts, name) for name in names} | facts.pass_rule.to_json()


def _unit_changes(old_units: Sequence[UnitFacts], new_units: Sequence[UnitFacts]) -> list[Change]:
    """A unit is the same one while kind and code stay; a title under another code is a unit whose code changed."""
    old = {(unit.kind, unit.code): unit for unit in old_units}
    new = {(unit.kind, unit.code): unit for unit in new_units}
    gone, come = [old[key] for key in old if key not in new], [new[key] for key in new if key not in old]
    found = []
    for unit in list(come):
        same = next((one for one in gone if (one.kind, one.title) == (unit.kind, unit.title)), None)
        if same is not None:
            gone.remove(same)
            come.remove(unit)
            found.append(Change("unit_code", f"{same.title} · {same.code}", f"{unit.title} · {unit.code}", unit.kind))
    found += [Change("unit_added", "", unit.title, unit.kind) for unit in come]
    found += [Change("unit_removed", unit.title, "", unit.kind) for unit in gone]
    stay = [key for key in new if key in old]
    modules = [{unit.code: unit.title for unit in units if unit.kind == "module"} for units in (old_units, new_units)]
    for key in stay:
        before, after = old[key], new[key]
        if before.title != after.title:
            found.append(Change("unit_renamed", before.title, after.title, after.kind))
        if before.module_code != after.module_code:
            places = [
                titles.get(one.module_code or "", "") for titles, one in zip(modules, (before, after), strict=True)
            ]
            was, now = (f"{after.title} · {place}" for place in places)
            found.append(Change("unit_module", was, now, after.kind))
    return found + _moved(old, new, [key for key in old if key in new], stay)


def _moved(
    old: Mapping[tuple[str, str], UnitFacts], new: Mapping[tuple[str, str], UnitFacts],
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]],
) -> list[Change]:  # fmt: skip
    """The fewest units whose moving explains the new order, each with its place among the units of its kind."""
    found = []
    for kind in ("module", "lesson"):
        was, now = [key for key in before if key[0] == kind], [key for key in after if key[0] == kind]
        blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        rested = {key for start, _other, size in blocks for key in was[start : start + size]}
        places = [[key for key in units if key[0] == kind] for units in (old, new)]
        for key in now:
            if key not in rested:
                first, then = (f"{new[key].title} · {order.index(key) + 1}" for order in places)
                found.append(Change("unit_place", first, then, kind))
    return found


def problems(facts: EditionFacts, units: Sequence[UnitFacts]) -> list[str]:
    """Why these facts cannot become an edition, as codes; an empty list where they can."""
    lessons = [unit for unit in units if unit.kind == "lesson"]
    modules = {unit.code for unit in units if unit.kind == "module"}
    marks = facts.pass_rule.components().values()
    found = {
        "title": not facts.title.strip() or any(not unit.title.strip() for unit in units),
        "hours": facts.half_hours < 1 or min(facts.theory_half_hours, facts.practice_half_hours) < 0,
        "can_do": not any(line.strip() for line in facts.can_do),
        "pass_rule": not all(0 <= mark <= 100 for mark in (*marks, facts.pass_rule.min_attendance_pct)),
        "plan": facts.pass_rule.plan_pass is not None and facts.workbook != PLAN_BOOK,
        "workbook": bool(facts.workbook) and facts.workbook not in WORKBOOKS,
        "certificate_type": not CERTIFICATE_TYPE.fullmatch(facts.certificate_type),
        "no_lessons": not lessons,
        "empty_lesson": any(not unit.content for unit in lessons),
        "codes": len({unit.code for unit in units}) < len(units)
        or not all(UNIT_CODE.fullmatch(unit.code) for unit in units),
        "modules": any(unit.module_code not in modules for unit in lessons if unit.module_code is not None),
    }
    return [name for name, wrong in found.items() if wrong]


def hours_text(half_hours: int) -> str:
    """Half-hours as class hours: 40 → "20", 7 → "3.5"."""
    return str(half_hours // 2) if half_hours % 2 == 0 else f"{Decimal(half_hours) / 2:.1f}"


def part_too_small(theory_half_hours: int, practice_half_hours: int, min_part_pct: int) -> str:
    """CLS-3: the part ("theory" or "practice") below its share of the hours; empty where both suffice. A warning, not a refusal."""
    total = theory_half_hours + practice_half_hours
    for name, part in (("theory", theory_half_hours), ("practice", practice_half_hours)):
        if part * 100 < min_part_pct * total:
            return name
    return ""

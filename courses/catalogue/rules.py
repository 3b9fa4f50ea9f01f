"""Pass rules and facts of an edition, as values."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
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


def facts_hash(facts: dict[str, Any]) -> str:
    """SHA-256 of an edition's facts: the same facts give the same edition."""
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


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

"""Who passed, in pure rules (EXM-1, EXM-3, EXM-8). No percentage and no rounding ever decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.attendance.rules import hours_met, percent_text
from courses.catalogue.rules import PassRule, RunRules
from courses.exams.rules.marks import ComponentMarks, Sat, Standing, judged_by, standings


class Reason(StrEnum):
    """Why a decision is what it is; the screens turn it into words."""

    PASSED = "passed"
    HOURS_SHORT = "hours_short"
    MARKS_MISSING = "marks_missing"  # no decision yet
    RESIT = "resit"
    FAILED_TWICE = "failed_twice"
    RESIT_TOO_LATE = "resit_too_late"
    NO_RESIT = "no_resit"  # the programme gives none
    ABSENT = "absent"  # came to no component


@dataclass(frozen=True)
class Evidence:
    """All that a decision rests on, as it stood on a day. Hours are half-hours."""

    earned_half_hours: int
    required_half_hours: int
    on: date
    marks: tuple[ComponentMarks, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What follows from the evidence."""

    hours_met: bool
    passed: bool
    reason: Reason
    resit: tuple[str, ...] = ()
    repeat_course: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether a result can be written down: every mark that it needs is there."""
        return self.reason != Reason.MARKS_MISSING


def judged(evidence: Evidence, pass_rule: PassRule) -> tuple[ComponentMarks, ...]:
    """The components that the pass rule asks for, each with its marks."""
    return judged_by(pass_rule.components(), {marks.component: marks for marks in evidence.marks})


def decide(evidence: Evidence, pass_rule: PassRule, run_rules: RunRules) -> Decision:
    """Hours first (ATT-3), then each component on its own (EXM-1): 60 in theory and 59 in practice is not passed.

    Failed components may be sat again once, passed ones are kept (EXM-3); when no resit is left the course is repeated.
    """
    enough = hours_met(evidence.earned_half_hours, evidence.required_half_hours, pass_rule.min_attendance_pct)
    if not enough:
        return Decision(hours_met=False, passed=False, reason=Reason.HOURS_SHORT)
    components = judged(evidence, pass_rule)
    stands = standings(components, on=evidence.on, resit_months=run_rules.resit_months, max_resits=run_rules.max_resits)
    if Standing.FAILED in stands.values():
        return Decision(True, False, _why_final(components, stands, run_rules), repeat_course=True)
    if Standing.OPEN in stands.values():
        return Decision(True, False, Reason.MARKS_MISSING)
    resit = tuple(name for name, standing in stands.items() if standing == Standing.MAY_RESIT)
    return Decision(True, not resit, Reason.RESIT if resit else Reason.PASSED, resit)


def _why_final(components: tuple[ComponentMarks, ...], stands: dict[str, Standing], run_rules: RunRules) -> Reason:
    if all(marks.first and marks.first.absent for marks in components):
        return Reason.ABSENT
    if run_rules.max_resits < 1:
        return Reason.NO_RESIT
    if any(marks.resit for marks in components if stands[marks.component] == Standing.FAILED):
        return Reason.FAILED_TWICE
    return Reason.RESIT_TOO_LATE


@dataclass(frozen=True)
class Rate:
    """A rate with its two counts of persons: both are always shown."""

    part: int
    whole: int

    @property
    def text(self) -> str:
        """One decimal, half up: "50.0 %"; nobody to count: "—"."""
        return f"{percent_text(self.part, self.whole)} %" if self.whole else "—"


@dataclass(frozen=True)
class PassRates:
    """EXM-8. First: passed everything at the first sitting, of those present at it. Final: passed everything, of those
    ever present."""

    first: Rate
    final: Rate


def pass_rates(evidences: Iterable[Evidence], pass_rule: PassRule, run_rules: RunRules) -> PassRates:
    """Both pass rates of a class. Present is whoever came to at least one component."""
    first_whole = first_part = final_whole = final_part = 0
    for evidence in evidences:
        components = judged(evidence, pass_rule)
        passed = decide(evidence, pass_rule, run_rules).passed
        first_present = any(_came(marks.first) for marks in components)
        ever_present = first_present or any(_came(marks.resit) for marks in components)
        first_whole += first_present
        first_part += passed and all(marks.reached_in(marks.first) for marks in components) and first_present
        final_whole += ever_present
        final_part += passed and ever_present
    return PassRates(Rate(first_part, first_whole), Rate(final_part, final_whole))


def _came(sat: Sat | None) -> bool:
    return sat is not None and not sat.absent

"""Marks in pure rules: what may be typed, what passes, who may resit (EXM-1, EXM-3)."""

import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

HIGHEST = Decimal(100)
HUNDREDTH = Decimal("0.01")


class InvalidMark(ValueError):
    """A mark that cannot be right. `code` says why; the screens turn it into a sentence."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_mark(typed: str | int | Decimal) -> Decimal:
    """A typed mark: 0 to 100, at most two decimals; full-width digits are read, nothing is rounded.

    Refuses (InvalidMark) with one of the codes `not_a_number`, `range`, `decimals`.
    """
    text = unicodedata.normalize("NFKC", str(typed)).strip().replace("。", ".")
    try:
        mark = Decimal(text)
    except InvalidOperation:
        raise InvalidMark("not_a_number") from None
    if not mark.is_finite() or "e" in text.lower() or "_" in text:
        raise InvalidMark("not_a_number")
    if not 0 <= mark <= HIGHEST:
        raise InvalidMark("range")
    if mark != mark.quantize(HUNDREDTH, ROUND_DOWN):
        raise InvalidMark("decimals")
    return mark


def mark_of_points(earned: Iterable[Fraction], possible: Iterable[Decimal]) -> Decimal:
    """Points of a paper as a mark out of 100, two decimals, rounded down: rounding never carries anyone over the pass mark."""
    total = sum((Fraction(points) for points in possible), Fraction(0))
    if total <= 0:
        raise ValueError("A paper needs points.")
    return Decimal(int(sum(earned, Fraction(0)) * 10_000 / total)).scaleb(-2)


@dataclass(frozen=True)
class Sat:
    """One sitting of one component: the mark, or None for somebody who did not come, and the day."""

    score: Decimal | None
    on: date

    @property
    def absent(self) -> bool:
        return self.score is None


@dataclass(frozen=True)
class ComponentMarks:
    """All marks of one person in one component: the first sitting and the one resit that there can be."""

    component: str
    pass_mark: int
    first: Sat | None = None
    resit: Sat | None = None

    @property
    def last(self) -> Sat | None:
        """The mark that stands on a list: the resit's where there is one."""
        return self.resit or self.first

    def reached_in(self, sat: Sat | None) -> bool:
        """Whether a sitting reached the pass mark (EXM-1): 59.5 is not 60, nothing is rounded."""
        return sat is not None and sat.score is not None and sat.score >= self.pass_mark


def judged_by(pass_marks: Mapping[str, int], marks: Mapping[str, ComponentMarks]) -> tuple[ComponentMarks, ...]:
    """The components that a pass rule asks for, each judged by its own mark; empty where nothing was sat."""
    return tuple(
        replace(marks[name], pass_mark=mark) if name in marks else ComponentMarks(name, mark)
        for name, mark in pass_marks.items()
    )


class Standing(StrEnum):
    """Where somebody stands in one component."""

    OPEN = "open"  # the first marks are not complete
    PASSED = "passed"
    MAY_RESIT = "may_resit"
    FAILED = "failed"  # no resit is left: the course has to be repeated


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of a shorter month (31 January and one month: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def standings(
    components: Iterable[ComponentMarks], *, on: date, resit_months: int, max_resits: int
) -> dict[str, Standing]:
    """Where somebody stands in each component on a day (EXM-3).

    A passed component is kept. A failed or missed one may be sat again once, up to `resit_months` months after its first
    sitting, that day included, when all components have their first mark. A second failure is final. Whoever came to no
    component at all has used the attempt up. `max_resits` 0 means that no resit is given.
    """
    every = list(components)
    complete = all(marks.first for marks in every)
    absent_from_all = complete and all(marks.first.absent for marks in every if marks.first)
    found = {}
    for marks in every:
        if marks.first is None:
            found[marks.component] = Standing.OPEN
        elif marks.reached_in(marks.first):
            found[marks.component] = Standing.PASSED
        elif absent_from_all or max_resits < 1:
            found[marks.component] = Standing.FAILED
        else:
            found[marks.component] = _after_failure(marks, marks.first, complete, on, resit_months)
    return found


def _after_failure(marks: ComponentMarks, first: Sat, complete: bool, on: date, resit_months: int) -> Standing:
    last_day = months_after(first.on, resit_months)
    if marks.resit is not None:
        in_time = marks.resit.on <= last_day
        return Standing.PASSED if in_time and marks.reached_in(marks.resit) else Standing.FAILED
    if not complete:
        return Standing.OPEN
    return Standing.MAY_RESIT if on <= last_day else Standing.FAILED

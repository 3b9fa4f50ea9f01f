"""Targets in pure rules (TGT-1 … TGT-5): shares are exact fractions, nothing is rounded before it is shown."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

NOTHING = "—"
TOLERANCE = Fraction(5, 100)  # points by which a stated rate may differ from the computed one
# Digits, either without separators or with one after every third digit from the right; a decimal part may follow.
NUMBER = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


class Direction(StrEnum):
    """Which side of its value a target asks for."""

    AT_LEAST = "at_least"  # ≥
    AT_MOST = "at_most"  # ≤
    BELOW = "below"  # <


class State(StrEnum):
    """How a target stands on a day."""

    UNKNOWN = "unknown"  # nothing to divide by, or not begun
    REACHED = "reached"
    AHEAD = "ahead"  # not there yet, but not behind the time that has gone
    BEHIND = "behind"
    MISSED = "missed"  # the period is over, or a rate is on the wrong side


class InvalidNumber(ValueError):
    """A text that is no number, or whose separators stand in the wrong places (Z-4)."""


def read_number(typed: str) -> Decimal:
    """A typed number that is not negative: "41,150", "７０１２", "98.5 %". Refuses (InvalidNumber) "4,50" and "1,2150"."""
    text = unicodedata.normalize("NFKC", str(typed)).strip().removesuffix("%").strip()
    if not NUMBER.fullmatch(text):
        raise InvalidNumber(text)
    return Decimal(text.replace(",", ""))


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up: 207.75 with one place is 207.8."""
    step = Decimal(1).scaleb(-places)
    exact = value * 10**places
    whole = (exact.numerator * 2 + exact.denominator) // (exact.denominator * 2)
    return (Decimal(whole) * step).quantize(step, ROUND_HALF_UP)


def percent(part: int | Decimal | None, whole: int | Decimal | None) -> Fraction | None:
    """`part` of `whole` in per cent, exact; None where there is nothing to divide by (TGT-5)."""
    return Fraction(part) * 100 / Fraction(whole) if part is not None and whole else None


def completion_text(done: int | Decimal | None, target: int | Decimal | None) -> str:
    """Completion with one decimal, more than 100 % allowed: "155.8 %", "1,000.0 %"; nothing to divide by: "—"."""
    found = percent(done, target)
    return NOTHING if found is None else f"{rounded(found, 1):,} %"


def rate_text(part: int | None, whole: int | None) -> str:
    """A rate with two decimals: "98.89 %"; nothing to divide by: "—" (TGT-5)."""
    found = percent(part, whole)
    return NOTHING if found is None else f"{rounded(found, 2):,} %"


def number_text(value: Decimal | int | None) -> str:
    """A number as it is written: "41,150", "337.5"; unknown is "—"."""
    if value is None:
        return NOTHING
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def months_in(first: date, last: date) -> Fraction:
    """Months from one day to another, both counted: part of a month by its days (1 January – 30 September: 9)."""
    total = Fraction(0)
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        length = monthrange(year, month)[1]
        begins = first.day if (year, month) == (first.year, first.month) else 1
        ends = last.day if (year, month) == (last.year, last.month) else length
        total += Fraction(ends - begins + 1, length)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return total


def time_gone(first: date, last: date, as_of: date) -> Fraction:
    """Which part of a period has gone at the end of a day, by months: 30 September of a year is 9/12 (Z-2)."""
    if as_of < first:
        return Fraction(0)
    return months_in(first, min(as_of, last)) / months_in(first, last)


def proportional(target: Decimal | int, gone: Fraction) -> Decimal:
    """What the time that has gone asks for, one decimal: 9/12 of 450 is 337.5."""
    return rounded(Fraction(target) * gone, 1)


def satisfied(value: Fraction, target: Decimal, direction: Direction) -> bool:
    """Whether a value stands on the right side of a target; compared exactly, never rounded."""
    goal = Fraction(target)
    if direction == Direction.AT_LEAST:
        return value >= goal
    return value <= goal if direction == Direction.AT_MOST else value < goal


def state_of_count(done: int, target: Decimal, direction: Direction, gone: Fraction) -> State:
    """A count that grows over the period: compared with the target, then with the share of the time that has gone."""
    if direction != Direction.AT_LEAST:
        inside = satisfied(Fraction(done), target, direction)
        return (State.REACHED if gone >= 1 else State.AHEAD) if inside else State.MISSED
    if done >= target:
        return State.REACHED
    if gone >= 1:
        return State.MISSED
    return State.AHEAD if Fraction(done) >= Fraction(target) * gone else State.BEHIND


def state_of_rate(part: int, whole: int, target: Decimal, direction: Direction) -> State:
    """A rate does not grow with time: it is on the right side or it is not; nothing to divide by is neither."""
    found = percent(part, whole)
    if found is None:
        return State.UNKNOWN
    return State.REACHED if satisfied(found, target, direction) else State.MISSED


@dataclass(frozen=True)
class Mismatch:
    """A stated rate that does not follow from the stated count and the target (Z-1).

    `computed` with one decimal; `fitting` are the whole numbers that would give the stated rate (first and last, or None);
    `implied` is the roundest of them: targets are round numbers.
    """

    stated: Decimal
    computed: Decimal
    implied: int
    fitting: tuple[int, int] | None


def check_stated(target: Decimal | int, done: int, stated_rate: Decimal) -> Mismatch | None:
    """Whether a stated rate follows from done and target, to 0.05 points. 7,012 of 41,150 is not 155.8 % but 17.0 %."""
    exact = percent(done, target)
    if exact is None or abs(exact - Fraction(stated_rate)) <= TOLERANCE:
        return None
    fitting = targets_that_give(done, stated_rate)
    nearest = int(rounded(Fraction(done * 100) / Fraction(stated_rate), 0)) if stated_rate else 0
    implied = roundest(*fitting) if fitting else nearest
    return Mismatch(stated_rate, rounded(exact, 1), implied, fitting)


def targets_that_give(done: int, stated_rate: Decimal) -> tuple[int, int] | None:
    """The whole numbers of which `done` is the stated rate, as it was rounded: 7,012 and 155.8 give 4,500 to 4,502.

    Noughts at the end say nothing (155.80 is 155.8). A rate is taken to have one decimal at least; where nothing fits then,
    and it is whole, it may have been rounded to a whole one.
    """
    places = max(1, -int(stated_rate.normalize().as_tuple().exponent))
    found = _rounded_to(done, stated_rate, places)
    return found or (_rounded_to(done, stated_rate, 0) if stated_rate == stated_rate.to_integral_value() else None)


def _rounded_to(done: int, stated_rate: Decimal, places: int) -> tuple[int, int] | None:
    half = Fraction(1, 2 * 10**places)
    low, high = Fraction(stated_rate) - half, Fraction(stated_rate) + half
    if low <= 0:
        return None
    first, last = done * 100 // high + 1, done * 100 // low
    return (first, last) if first <= last else None


def roundest(first: int, last: int) -> int:
    """The number with the most noughts at its end between two, the smallest of equals."""
    step = 10 ** len(str(last))
    while step > 1:
        found = -(-first // step) * step
        if first <= found <= last:
            return found
        step //= 10
    return first


@dataclass(frozen=True)
class Sum:
    """The parts of a target beside the whole (TGT-4): never put in its place."""

    parts: Decimal
    whole: Decimal

    @property
    def difference(self) -> Decimal:
        """Parts less whole."""
        return self.parts - self.whole


def sum_beside(parts: Iterable[Decimal | int], whole: Decimal | int) -> Sum:
    """The sum of the parts beside the whole."""
    return Sum(sum((Decimal(part) for part in parts), Decimal(0)), Decimal(whole))

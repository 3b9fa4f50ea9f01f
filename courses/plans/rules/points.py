"""The review of a plan: eleven items, 100 points."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from courses.plans.rules.amounts import Refused, cleaned
from courses.plans.rules.figures import Decimal
from courses.plans.rules.tables import total

PASS = Decimal(60)
EXCELLENT = Decimal(90)


class Item(NamedTuple):
    """One item of the review: the section of the book that it judges and the most points it can bring.

    `parts` says how the points are meant to be divided inside the item; empty where it is not.
    """

    code: str
    most: int
    parts: tuple[Decimal, ...] = ()


ITEMS = (
    Item("cover", 2),  # the project's name
    Item("overview", 5),
    Item("person", 5),
    Item("market", 13, (Decimal(3), Decimal(3), Decimal(3), Decimal(4))),
    Item("marketing", 10, (Decimal("2.5"),) * 4),
    Item("organisation", 5),
    Item("assets", 10, (Decimal(2), Decimal(2), Decimal(2), Decimal(4))),
    Item("capital", 10),
    Item("forecast", 10),
    Item("profit", 15),
    Item("cash", 15),
)
MOST = {item.code: item.most for item in ITEMS}

EXCELLENT_PLAN = "excellent"  # 90 points or more
PASSED = "passed"  # 60 or more
RETURNED = "returned"  # less: it goes back to be written again


@dataclass(frozen=True)
class Result:
    """`total` of 100 points, as it is; `verdict` is one of EXCELLENT_PLAN, PASSED, RETURNED."""

    total: Decimal
    verdict: str


def read_points(text: str, item: str) -> Decimal:
    """Points of one item as typed. Nothing is rounded.

    Refused: "empty"; "not_a_number"; "negative"; "too_precise" for more than two decimals; "too_many" (`highest`) above the
    item's most. KeyError for an item that does not exist.
    """
    most = MOST[item]
    typed = cleaned(text)
    if not typed:
        raise Refused("empty")
    if typed.startswith("-"):
        raise Refused("negative")
    if not re.fullmatch(r"[0-9]+(\.[0-9]*)?", typed):
        raise Refused("not_a_number")
    if len(typed.partition(".")[2]) > 2:
        raise Refused("too_precise")
    if Decimal(typed) > most:
        raise Refused("too_many", highest=most)
    return Decimal(typed)


def missing(points: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The items without points."""
    return tuple(item.code for item in ITEMS if item.code not in points)


def result(points: Mapping[str, Decimal], pass_mark: Decimal = PASS) -> Result:
    """The sum and what follows from it; 59.5 is not 60. `pass_mark` is what the course asks. ValueError while an item is missing."""
    if missing(points):
        raise ValueError(missing(points))
    found = total(points[item.code] for item in ITEMS)
    return Result(found, verdict(found, pass_mark))


def verdict(points: Decimal, pass_mark: Decimal = PASS) -> str:
    """Excellent, passed or returned; nothing is rounded up."""
    if points < pass_mark:
        return RETURNED
    return EXCELLENT_PLAN if points >= EXCELLENT else PASSED

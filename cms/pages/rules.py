"""Small pure helpers of the course pages."""

import re
from decimal import Decimal

UNIT_NUMBER = re.compile(r"[a-z]+(\d+)")


def lines_of(text: str) -> tuple[str, ...]:
    """What was written one per line, without blank lines and list marks ("1. ", "- ", "· ")."""
    stripped = (re.sub(r"^\s*(?:\d+[.、)]|[-*·•])\s*", "", line).strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def next_code(prefix: str, taken: set[str]) -> str:
    """The next free code of a module or lesson: `l01`, `l02`, … beyond the highest number in use."""
    numbers = [int(found[1]) for code in taken if (found := UNIT_NUMBER.fullmatch(code)) and code.startswith(prefix)]
    width = 2 if prefix == "l" else 1
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"


def to_half_hours(hours: Decimal) -> int | None:
    """Class hours as typed (7.5) in half-hours (15); None where they are no half-hours."""
    doubled = hours * 2
    return int(doubled) if doubled == doubled.to_integral_value() and doubled >= 0 else None

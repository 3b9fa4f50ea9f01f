"""Geometry of the small charts: strings for SVG attributes, never touched by a locale."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

GOAL = Fraction(55)  # where 100 % stands, in per cent of the width
FULL = Fraction(100)


def _width(value: Fraction) -> str:
    return f"{float(value):.2f}%"


@dataclass(frozen=True)
class Bar:
    """Widths of a bar. `over` is empty up to 100 %; `broken` says that the bar is longer than the page can show."""

    track: str
    fill: str
    over_from: str
    over: str
    goal: str
    pace: str
    need: str
    broken: bool


def bar(
    numerator: int | Decimal | None,
    denominator: int | Decimal | None,
    *,
    past_goal: bool = True,
    pace: int | Decimal | Fraction | None = None,
    need: int | Decimal | None = None,
) -> Bar:
    """A bar that survives 1,000 %.

    `past_goal`: 100 % stands at 55 % of the width, what is beyond is drawn lighter, beyond 181 % with a break mark.
    Otherwise 100 % is the whole width. `pace` (0-100) marks how much of the time has gone; `need` marks a threshold in
    the unit of the denominator. Nothing to divide by gives an empty bar.
    """
    goal = GOAL if past_goal else FULL
    share = max(Fraction(numerator or 0) / Fraction(denominator), Fraction(0)) if denominator else Fraction(0)
    over = min((share - 1) * goal, FULL - goal) if past_goal and share > 1 else Fraction(0)
    return Bar(
        track=_width(goal),
        fill=_width(min(share, Fraction(1)) * goal),
        over_from=_width(goal),
        over=_width(over) if over else "",
        goal=_width(goal) if past_goal else "",
        pace=_width(min(max(Fraction(pace), Fraction(0)), FULL) * goal / 100) if pace is not None else "",
        need=_width(min(Fraction(need) / Fraction(denominator), Fraction(1)) * goal) if need and denominator else "",
        broken=past_goal and share * goal > FULL,
    )


def steps(now: int, total: int) -> list[tuple[str, str, str]]:
    """Class, x and width of each step of "3 / 10" in a box 200 wide; more than 20 steps share 20 boxes."""
    boxes = max(1, min(total, 20))
    here = now if total <= 20 else max(1, -(-now * boxes // total)) if now else 0
    pitch = Fraction(200, boxes)
    marks = ["is-done" if n < here else "is-now" if n == here else "is-next" for n in range(1, boxes + 1)]
    return [(mark, f"{float(i * pitch + 1):.1f}", f"{float(pitch - 3):.1f}") for i, mark in enumerate(marks)]

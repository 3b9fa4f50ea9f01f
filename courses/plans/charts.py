"""Charts of the plan as SVG that the server draws: a year in bars, with the figures above them.

Bars below nought are hatched and say so in words; the highest bar always fits, however far it is above the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.plans.rules.figures import Decimal

WIDTH, STEP, BAR = 1040, 85, 46
HALF = 440  # width of a small one: its letters stay readable in half a page
EDGE = 30  # beside them, for the figure of the first and the last
LONGEST_NAME = 5
HATCH = Decimal(9)  # height of a stroke across a red bar
LONGEST_FIGURE = 7  # characters above a bar; longer ones are written smaller
THIN = 4  # a bar of less has no room for strokes
TOP, ROOM = 28, 92  # above the highest bar; height of the highest bar
UNDER = 22  # a figure below its bar
WAN = Decimal(10_000)
# The same year for a narrow screen: a line for each month, its bar lying, its figures as a list at the right.
NARROW, LYING_FROM, LYING_ROOM, LINE, LYING = 340, 66, 176, 24, 16
LONG_FROM = Decimal(1_000_000)  # from here on a figure above its bar is written in ten thousands
CENTS_BELOW = Decimal(10_000)  # up to here there is room for the cents that the sentence beside the picture names


@dataclass(frozen=True)
class Bar:
    """One bar as it is drawn; `kind` is "", "second" or "red". `hatch` are the strokes across a red one."""

    x: int
    y: str
    width: int
    height: str
    kind: str
    label: str = ""
    label_y: str = ""
    centre: int = 0
    is_long: bool = False
    hatch: str = ""


def short(amount: Decimal) -> str:
    """A figure above a bar: with its cents where there is room for them, else whole yuan; very large ones in ten thousands."""
    if abs(amount) < CENTS_BELOW and amount != amount.to_integral_value():
        text = f"{amount:,.2f}"
    elif abs(amount) >= LONG_FROM:
        text = _("%(amount)s × 10,000") % {"amount": f"{amount / WAN:,.0f}"}
    else:
        text = f"{amount.quantize(Decimal(1), ROUND_HALF_UP):,}"
    return text.replace("-", "\u2212")


def year(amounts: Sequence[Decimal], label: str, second: Sequence[Decimal] = ()) -> SafeString:
    """Twelve bars, or twelve pairs. `label` is what the picture says to the ear."""
    bars = [
        (amount, _("M%(number)s") % {"number": number}, not second) for number, amount in enumerate(amounts, start=1)
    ]
    return lying(amounts, label, second) + _drawn(bars, label, second)


def lying(amounts: Sequence[Decimal], label: str, second: Sequence[Decimal] = ()) -> SafeString:
    """The year for a narrow screen: letters as large as those around it. Bars below nought lie to the left, with their minus."""
    everything = [*amounts, *second, Decimal(0)]
    highest, lowest = max(everything), min(everything)
    span = highest - lowest or Decimal(1)
    zero = LYING_FROM + LYING_ROOM * -lowest / span
    step = LINE * (2 if second else 1) + 8
    rows = []
    for place, pair in enumerate(zip(amounts, second, strict=True) if second else ((one,) for one in amounts)):
        bars = [_lying(amount, place * step + number * LINE, zero, span, number) for number, amount in enumerate(pair)]
        rows.append({"name": _("M%(number)s") % {"number": place + 1}, "y": place * step + LINE - 5, "bars": bars})
    context = {"rows": rows, "label": label, "zero": f"{zero:.1f}", "width": NARROW, "height": step * len(amounts)}
    return render_to_string("plans/chart_lying.html", context)


def _lying(amount: Decimal, y: int, zero: Decimal, span: Decimal, number: int) -> dict[str, object]:
    long = LYING_ROOM * abs(amount) / span
    kind = "red" if amount < 0 else "second" if number else ""
    return {
        "x": f"{zero - long if amount < 0 else zero:.1f}", "y": y + 4, "width": f"{long:.1f}", "height": LYING, "kind": kind,
        "figure": short(amount), "figure_y": y + LINE - 5,
    }  # fmt: skip


def small(amounts: Sequence[Decimal], label: str) -> SafeString:
    """Twelve bars for half a page; only the highest and the deepest red one have their figure."""
    named = {amounts.index(max(amounts))} if any(amounts) else set()
    if min(amounts) < 0:
        named.add(amounts.index(min(amounts)))
    bars = [(amount, str(number), place in named) for place, (number, amount) in enumerate(enumerate(amounts, start=1))]
    return _drawn(bars, label, step=(HALF - 2 * EDGE) // len(amounts), left=EDGE)


def few(parts: Sequence[tuple[str, Decimal]], label: str) -> SafeString:
    """A few named amounts beside each other (at most four), for half a page."""
    bars = [
        (amount, name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…", True)
        for name, amount in parts[:4]
    ]
    return _drawn(bars, label, step=HALF // 4)


def _drawn(
    shown: Sequence[tuple[Decimal, str, bool]],
    label: str,
    second: Sequence[Decimal] = (),
    *,
    step: int = STEP,
    left: int = 0,
) -> SafeString:
    """The picture of (amount, words under the bar, whether the figure stands above it)."""
    everything = [*(amount for amount, _under, _named in shown), *second, Decimal(0)]
    highest, lowest = max(everything), min(everything)
    span = max(highest, -lowest, Decimal(1))
    zero, below = TOP + ROOM * highest / span, ROOM * -lowest / span
    left, width = left or step // 4, min(BAR, step * 6 // 10)
    bars = []
    for place, (amount, _under, named) in enumerate(shown):
        x, wide = left + place * step, width // 2 if second else width
        bars.append(_bar(x, wide, amount, span, zero, "red" if amount < 0 else "", named=named))
        if second:
            bars.append(_bar(x + wide + 2, wide, second[place], span, zero, "second", named=False))
    named_below = any(named and amount < 0 for amount, _under, named in shown)
    foot = zero + below + (26 if below else 30) + (UNDER if named_below else 0)
    context = {
        "bars": bars, "label": label, "zero": f"{zero:.1f}", "foot": f"{foot:.0f}", "height": f"{foot + 8:.0f}",
        "width": WIDTH if step == STEP else HALF,
        "texts": [(left + place * step + width // 2, under) for place, (_amount, under, _named) in enumerate(shown)],
    }  # fmt: skip
    return render_to_string("plans/chart.html", context)


def _bar(x: int, width: int, amount: Decimal, span: Decimal, zero: Decimal, kind: str, *, named: bool) -> Bar:
    height = ROOM * abs(amount) / span
    top, bottom = (zero, zero + height) if amount < 0 else (zero - height, zero)
    hatch = ""
    if kind == "red" and height >= THIN:
        reach = min(height - 2, HATCH)
        rows = range(max(1, int(height / (HATCH + 1))))  # the whole bar, however deep it is
        hatch = "".join(
            f"M{x + at} {bottom - 1 - row * (HATCH + 1):.1f}l{reach:.1f}-{reach:.1f}"
            for row in rows for at in range(3, width - 8, 10)
        )  # fmt: skip
    label_y = (
        bottom + UNDER if amount < 0 else top - 8
    )  # at the end of its bar, where it cannot be taken for another month's
    return Bar(
        x,
        f"{top:.1f}",
        width,
        f"{height:.1f}",
        kind,
        short(amount) if named else "",
        f"{label_y:.1f}",
        x + width // 2,
        is_long=named and len(short(amount)) > LONGEST_FIGURE,
        hatch=hatch,
    )

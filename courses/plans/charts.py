"""Charts of the plan as SVG that the server draws: a year in bars, with the figures above them.

Bars below nought are hatched and say so in words; the highest bar always fits, however far it is above the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.plans.rules.figures import Decimal

WIDTH, STEP, BAR = 1040, 85, 46
TOP, ROOM = 28, 92  # above the highest bar; height of the highest bar
WAN = Decimal(10_000)
LONG_FROM = Decimal(1_000_000)  # from here on a figure above its bar is written in ten thousands


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
    hatch: str = ""


def short(amount: Decimal) -> str:
    """A figure above a bar: whole yuan; very large ones in ten thousands."""
    if abs(amount) >= LONG_FROM:
        text = _("%(amount)s\u00a0×\u00a010,000") % {"amount": f"{amount / WAN:,.0f}"}
    else:
        text = f"{amount.quantize(Decimal(1)):,}"
    return text.replace("-", "\u2212")


def year(
    amounts: Sequence[Decimal], label: str, second: Sequence[Decimal] = (), names: tuple[str, str] = ("", "")
) -> SafeString:
    """Twelve bars, or twelve pairs. `label` is what the picture says to the ear, `names` what the two bars of a pair are."""
    return _drawn(
        list(amounts),
        label,
        list(second),
        names,
        [_("M%(number)s") % {"number": n} for n in range(1, len(amounts) + 1)],
    )


def few(parts: Sequence[tuple[str, Decimal]], label: str) -> SafeString:
    """A few named amounts beside each other (at most six), for the guided path."""
    shown = list(parts)[:6]
    return _drawn([amount for _name, amount in shown], label, [], ("", ""), [name for name, _amount in shown], step=170)


def _drawn(
    amounts: list[Decimal], label: str, second: list[Decimal], names: tuple[str, str], under: list[str], step: int = STEP
) -> SafeString:  # fmt: skip
    everything = [*amounts, *second]
    highest = max([*everything, Decimal(0)])
    lowest = min([*everything, Decimal(0)])
    span = max(highest, -lowest, Decimal(1))
    above = ROOM * highest / span
    below = ROOM * -lowest / span
    zero = TOP + above
    bars = []
    for place, amount in enumerate(amounts):
        x = 20 + place * step
        width = BAR // 2 if second else BAR
        bars.append(_bar(x, width, amount, span, zero, "red" if amount < 0 else "", label=not second))
        if second:
            bars.append(_bar(x + width + 2, width, second[place], span, zero, "second", label=False))
    foot = zero + below + (26 if below else 30)
    texts = [(20 + place * step + BAR // 2, word) for place, word in enumerate(under)]
    context = {
        "bars": bars, "label": label, "zero": f"{zero:.1f}", "foot": f"{foot:.0f}", "height": f"{foot + 8:.0f}",
        "width": max(WIDTH if step == STEP else 20 + len(amounts) * step, 400), "texts": texts, "names": names,
        "key_y": 18,
    }  # fmt: skip
    return SafeString(render_to_string("plans/chart.html", context))


def _bar(x: int, width: int, amount: Decimal, span: Decimal, zero: Decimal, kind: str, *, label: bool) -> Bar:
    height = ROOM * abs(amount) / span
    top = zero if amount < 0 else zero - height
    bottom = zero + height if amount < 0 else zero
    hatch = ""
    if kind == "red" and height >= 4:
        reach = min(height - 2, Decimal(9))
        hatch = "".join(f"M{x + at} {bottom - 1:.1f}l{reach:.1f}-{reach:.1f}" for at in range(5, width - 9, 12))
    label_y = (zero if amount < 0 else top) - 8
    return Bar(
        x,
        f"{top:.1f}",
        width,
        f"{height:.1f}",
        kind,
        short(amount) if label else "",
        f"{label_y:.1f}",
        x + width // 2,
        hatch,
    )

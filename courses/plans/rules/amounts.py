"""Reading what somebody types into a number field.

What can be meant only one way is taken (full-width digits, 1,234.5, a ￥ or 元 around it, the 。 of a Chinese keyboard); all else is
refused with a code, never cut off silently. A third decimal is rounded half up, and the page shows what was stored.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP

from courses.plans.rules.figures import Decimal, yuan

MOST_YUAN = Decimal("999999999.99")
MOST_PIECES = 9_999_999
LONGEST = 40  # characters; nobody writes a longer number
# kind -> lowest and highest
BOUNDS = {
    "money": (Decimal(0), MOST_YUAN), "number": (Decimal(0), MOST_YUAN), "percent": (Decimal(0), Decimal(100)),
    "count": (Decimal(0), Decimal(MOST_PIECES)), "month": (Decimal(1), Decimal(12)),
}  # fmt: skip

_NUMBER = re.compile(r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]*)?|\.[0-9]+")
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63", "-"))  # all signs that look like one


class Refused(Exception):
    """What was typed cannot stand in the field. `code` says why, `facts` what belongs into the sentence.

    "empty": nothing there · "not_a_number": words or signs that are no number · "negative": below 0 · "too_large": more than
    `highest` · "not_whole": pieces are whole · "above_100": more than 100 per cent · "out_of_range": not from `lowest` to
    `highest` · "too_precise": more than two decimals (points only) · "too_many": more than the item's `highest` points.
    """

    def __init__(self, code: str, **facts: Decimal | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def cleaned(text: str) -> str:
    """What was typed without what may stand around a number: blanks, ￥, 元, %; full width as half width."""
    typed = unicodedata.normalize("NFKC", text[: 10 * LONGEST]).translate(_MINUS).strip()
    return typed.replace("。", ".").removeprefix("¥").removesuffix("元").removesuffix("%").strip()


def _number(text: str, highest: Decimal) -> Decimal:
    """The number as typed, not rounded."""
    typed = cleaned(text)
    if not typed:
        raise Refused("empty")
    if re.fullmatch(r"-\s*[¥0-9.,]+", typed):
        raise Refused("negative")
    if not _NUMBER.fullmatch(typed):
        raise Refused("not_a_number")
    if len(typed) > LONGEST or Decimal(typed.replace(",", "")) > highest:
        raise Refused("too_large", highest=highest)
    return Decimal(typed.replace(",", ""))


def read_amount(text: str) -> Decimal:
    """Yuan, two decimals, half up: "88.005" is 88.01. Refused: empty, not_a_number, negative, too_large."""
    return yuan(_number(text, MOST_YUAN))


def read_number(text: str) -> Decimal:
    """Any number of 0 or more with two decimals, half up (an area, kilograms)."""
    return yuan(_number(text, MOST_YUAN))


def read_percent(text: str) -> Decimal:
    """0 to 100, two decimals, half up. Refused besides: above_100."""
    try:
        return yuan(_number(text, Decimal(100)))
    except Refused as refused:
        if refused.code != "too_large":
            raise
        raise Refused("above_100", highest=100) from None


def read_count(text: str, lowest: int = 0, highest: int = MOST_PIECES) -> int:
    """Pieces or persons. "3.0" is 3. Refused besides: not_whole; out_of_range when narrower limits are given."""
    number = _number(text, Decimal(MOST_PIECES))
    whole = number.to_integral_value(ROUND_HALF_UP)
    if number != whole:
        raise Refused("not_whole")
    if not lowest <= whole <= highest:
        raise Refused("out_of_range", lowest=lowest, highest=highest)
    return int(whole)


def read_month(text: str) -> int:
    """A month of the plan, 1 to 12. Refused besides: out_of_range."""
    return read_count(text.strip().removesuffix("月"), 1, 12)


def canonical(kind: str, text: str) -> str:
    """What is stored for a number field of that kind ("money", "count", "number", "percent", "month"); "" stays empty.

    Money and percent have two decimals ("88.01"), counts and months none ("150"). KeyError for another kind.
    """
    if not cleaned(text):
        return ""
    if kind in ("count", "month"):
        return str(read_count(text) if kind == "count" else read_month(text))
    reads = {"money": read_amount, "number": read_number, "percent": read_percent}
    return str(reads[kind](text))


def printed(amount: Decimal) -> str:
    """An amount as every page and paper shows it: two decimals, commas between thousands, a true minus sign: "−1,483.50"."""
    return f"{yuan(amount):,.2f}".replace("-", "\u2212")


def plain(number: Decimal) -> str:
    """Points, shares, years, pieces: commas between thousands, no empty decimals: "59.5", "1,960"."""
    return f"{number.normalize():,f}"

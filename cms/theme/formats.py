"""How numbers and days are written, in one place."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language

MONTHS = "January February March April May June July August September October November December".split()
NOTHING = "—"
MINUS = "−"


def half_hours(value: int | None) -> str:
    """Half-hours as hours of training: 6 → "3", 7 → "3.5"; unknown → "—"."""
    if value is None:
        return NOTHING
    whole, half = divmod(abs(int(value)), 2)
    return f"{MINUS if value < 0 else ''}{whole:,}{'.5' if half else ''}"


def day(value: date | datetime | None) -> str:
    """A day as people write it: 2025年9月30日, in English 30 September 2025; unknown → "—"."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    if (get_language() or "zh").startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def percent(numerator: int | Decimal | None, denominator: int | Decimal | None) -> str:
    """One decimal place: 155.8. Unknown or nothing to divide by is "—", never 0."""
    if numerator is None or not denominator:
        return NOTHING
    exact = Fraction(numerator) * 100 / Fraction(denominator)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:,}"

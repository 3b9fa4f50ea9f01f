"""What the plan's tables are made of: rows of twelve printed cells and their total."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, Twelve, yuan


@dataclass(frozen=True)
class Row:
    """One row of a monthly table. Every cell and the total are as printed. `name` is the learner's own word (a product's)."""

    code: str
    months: Twelve
    total: Decimal
    name: str = ""

    @property
    def empty(self) -> bool:
        """Nothing but noughts: a screen may leave it out, the printed form keeps it."""
        return not any(self.months)


def row(code: str, months: Iterable[Decimal], name: str = "") -> Row:
    """A row whose total is the sum of its printed cells."""
    printed = tuple(yuan(amount) for amount in months)
    if len(printed) != MONTHS:
        raise ValueError(code)
    return Row(code, printed, yuan(total(printed)), name)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum; 0 of nothing."""
    return sum(amounts, NOTHING)


def added(rows: Iterable[Row]) -> Twelve:
    """Month by month the sum of the rows' printed cells."""
    listed = tuple(rows)
    return tuple(total(each.months[month] for each in listed) for month in range(MONTHS))


def in_month(amount: Decimal, number: int) -> Twelve:
    """The amount in month `number` (1 to 12), nothing in the others."""
    return tuple(amount if month == number else NOTHING for month in range(1, MONTHS + 1))


def later(amounts: Twelve, months: int) -> Twelve:
    """The same amounts so many months later; what would fall behind month 12 is left out."""
    return tuple(amounts[month - months] if 0 <= month - months < MONTHS else NOTHING for month in range(MONTHS))


@dataclass(frozen=True)
class Rows:
    """A table: its rows in the order of the form."""

    rows: tuple[Row, ...]

    def __getitem__(self, code: str) -> Row:
        """The row of that code; KeyError where the table has none."""
        for each in self.rows:
            if each.code == code:
                return each
        raise KeyError(code)

    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.rows)

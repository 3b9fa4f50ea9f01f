"""What income tax a year's profit might cost: an estimate to show beside the field, in which the learner writes what counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, divided, percent_of, yuan
from courses.plans.rules.tables import total


@dataclass(frozen=True)
class TaxStep:
    """The part of a year's profit above `above` yuan bears `rate_pct`, up to where the next step begins."""

    above: Decimal
    rate_pct: Decimal


def tax_of_year(profit: Decimal, steps: Sequence[TaxStep]) -> Decimal:
    """The tax on a year's profit, yuan; `steps` begin with the lowest. A loss bears none."""
    if not steps:
        return NOTHING
    ends = [*(step.above for step in steps[1:]), profit]
    parts = (
        percent_of(min(profit, end) - step.above, step.rate_pct)
        for step, end in zip(steps, ends, strict=True)
        if profit > step.above
    )
    return yuan(total(parts))


def tax_of_month(profit: Decimal, steps: Sequence[TaxStep]) -> Decimal:
    """A twelfth of it."""
    return yuan(divided(tax_of_year(profit, steps), MONTHS))

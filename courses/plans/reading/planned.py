"""Money that sections 4 and 5 plan and section 7 has to count: what promotion costs, the fees of licences.

It is never added by the program: the learner says where it belongs (a cost of each month, or paid once), or that it is counted already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from courses.plans.reading.fields import Values, amount, written_rows
from courses.plans.reading.figures import running_amount
from courses.plans.rules.figures import NOTHING
from courses.plans.rules.tables import total

ONCE = "capital.other_once"


@dataclass(frozen=True)
class Planned:
    """A table with amounts: `table` with the column that names (`name`) and the one that costs (`cost`); `running` is the cost of
    section 7 where they belong, `answer` the field that says whether they are counted there."""

    table: str
    name: str
    cost: str
    running: str
    answer: str

    @property
    def path(self) -> str:
        return f"capital.running.{self.running}.amount"

    def items(self, values: Values) -> Iterator[tuple[str, Decimal]]:
        """What is planned, by name, with its amount; nothing of what is free."""
        for row in written_rows(values, (self.table,), 5):
            if cost := amount(values, f"{self.table}.{row}.{self.cost}"):
                yield values.get(f"{self.table}.{row}.{self.name}") or row, cost

    def sum(self, values: Values) -> Decimal:
        return total(cost for _name, cost in self.items(values))

    def is_taken_over(self, values: Values) -> bool:
        """Whether exactly this sum stands in section 7: each month, once, or in month 1 above the other months."""
        planned, monthly = self.sum(values), running_amount(values, self.running)
        extra = amount(values, f"profit.costs.{self.running}.m1") - monthly
        return planned in (monthly, amount(values, ONCE), extra)

    def is_open(self, values: Values) -> bool:
        """Whether it has to be asked whether it is counted: something is planned, and it does not stand in section 7 as it is."""
        return self.sum(values) > NOTHING and not self.is_taken_over(values)


PROMOTION = Planned("marketing.promotion", "activity", "cost", "marketing", "capital.promotion_counted")
LICENCES = Planned("organisation.licences", "name", "fee", "registration", "capital.licences_counted")
PLANNED = (PROMOTION, LICENCES)

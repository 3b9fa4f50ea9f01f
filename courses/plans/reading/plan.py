"""A plan as one reads it: what is written with everything that follows from it."""

from dataclasses import dataclass
from decimal import Decimal

from courses.plans.reading.fields import Values
from courses.plans.reading.figures import figures_of
from courses.plans.rules import startup
from courses.plans.rules.cash import CashTable, cash_flow
from courses.plans.rules.checks import Finding, findings
from courses.plans.rules.figures import PlanFigures
from courses.plans.rules.local import LocalValues
from courses.plans.rules.profit import ProfitTable, sales_and_costs


@dataclass(frozen=True)
class Workbook:
    """A plan as one reads it: what is written, and everything that follows from it, worked out once."""

    values: Values
    figures: PlanFigures
    profit: ProfitTable
    cash: CashTable
    findings: tuple[Finding, ...]

    def finding(self, code: str) -> Finding:
        """One of the checks, "C1" to "C14"."""
        return {found.code: found for found in self.findings}[code]

    @property
    def need(self) -> startup.StartUpNeed:
        """What must be there at the start."""
        return startup.need(self.figures, self.profit)

    @property
    def sources(self) -> Decimal:
        """The start money."""
        return startup.sources(self.figures)

    @property
    def break_even(self) -> startup.BreakEven | None:
        """Sales at which nothing is earned and nothing lost."""
        return startup.break_even(self.profit)

    @property
    def payback(self) -> Decimal | None:
        """Years until the money for assets and deposits is back."""
        return startup.payback(self.figures, self.profit)


def workbook(values: Values, local: LocalValues) -> Workbook:
    """The tables and findings of what is written."""
    figures = figures_of(values, local)
    profit = sales_and_costs(figures)
    cash = cash_flow(figures, profit)
    return Workbook(values, figures, profit, cash, findings(figures, profit, cash))

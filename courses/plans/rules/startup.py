"""Start-up money, the point where the enterprise carries itself, and the years until the money is back."""

from dataclasses import dataclass

from courses.plans.rules.assets import investment
from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, PlanFigures, divided, yuan
from courses.plans.rules.profit import RUNNING, ProfitTable
from courses.plans.rules.tables import total


@dataclass(frozen=True)
class StartUpNeed:
    """What must be there before the first customer, yuan: `months` months are assumed to bring nothing in."""

    assets: Decimal
    deposit: Decimal
    once: Decimal
    materials: Decimal
    running: Decimal
    months: int

    @property
    def total(self) -> Decimal:
        return self.assets + self.deposit + self.once + self.materials + self.running


def need(figures: PlanFigures, profit: ProfitTable) -> StartUpNeed:
    """Fixed assets, what is paid once, and the material and running costs of the first months (how many is a local value)."""
    months = min(max(figures.values.reserve_months, 0), MONTHS)
    return StartUpNeed(
        assets=investment(figures.assets),
        deposit=yuan(figures.deposit),
        once=yuan(figures.once),
        materials=yuan(total(profit["materials"].months[:months])),
        running=yuan(total(total(profit[code].months[:months]) for code in RUNNING)),
        months=months,
    )


def sources(figures: PlanFigures) -> Decimal:
    """The start money: own, of the family, grants and loans."""
    return yuan(figures.own_money + figures.family_money + figures.grants + figures.loan.principal)


def gap(figures: PlanFigures, profit: ProfitTable) -> Decimal:
    """What the start money lacks of the need; 0 where it suffices. Advice only: the cash flow decides."""
    return max(need(figures, profit).total - sources(figures), NOTHING)


@dataclass(frozen=True)
class BreakEven:
    """Sales at which nothing is earned and nothing lost, yuan; `contribution_pct` is what a yuan of sales leaves for fixed costs."""

    year: Decimal
    month: Decimal
    contribution_pct: Decimal


def break_even(profit: ProfitTable) -> BreakEven | None:
    """Fixed costs (all but material) over the contribution. VAT moves with sales like material, so it lowers the contribution.

    None without sales, or where material (and VAT) eat the whole price: more sales would only lose more.
    """
    sales = profit["sales"].total
    left = profit["net_sales"].total - profit["materials"].total
    if sales <= 0 or left <= 0:
        return None
    fixed = profit["total_costs"].total - profit["materials"].total
    year = yuan(divided(fixed * sales, left))
    return BreakEven(year, yuan(divided(year, MONTHS)), yuan(divided(left * 100, sales)))


def payback(figures: PlanFigures, profit: ProfitTable) -> Decimal | None:
    """Years until fixed assets and deposits are earned back, two decimals; None where the year earns nothing to pay with."""
    earned = profit["profit"].total + profit["depreciation"].total
    spent = investment(figures.assets) + figures.deposit
    return yuan(divided(spent, earned)) if earned > 0 else None


def net_margin(profit: ProfitTable) -> Decimal | None:
    """What is left of 100 yuan of sales after all costs and taxes, two decimals; None without sales."""
    sales = profit["sales"].total
    return yuan(divided(profit["net_income"].total * 100, sales)) if sales > 0 else None

"""Cash flow (section 10): what is in the cash box at the end of each month.

Depreciation is never here, because nobody pays it; a thing bought is here in the month in which it is paid; what is sold or
bought on credit is here when the money moves.
"""

from dataclasses import dataclass

from courses.plans.rules.assets import payments
from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, PlanFigures, Twelve, percent_of, yuan
from courses.plans.rules.loan import schedule
from courses.plans.rules.profit import RUNNING, ProfitTable
from courses.plans.rules.tables import Row, Rows, added, in_month, later, row, total

COMES_IN = ("cash_sales", "collected", "own_money", "family_money", "grants", "loan", "other_in")
GOES_OUT = (
    "cash_purchases", "paid_purchases", *RUNNING, "once", "interest", "principal", "equipment", "deposit", "taxes",
    "other_out",
)  # fmt: skip


@dataclass(frozen=True)
class CashTable(Rows):
    """Rows: opening, `COMES_IN`, total_in, available, `GOES_OUT`, total_out, closing.

    The year's total of `opening` is what month 1 begins with, that of `closing` what month 12 ends with.
    `receivables` is what customers still owe after month 12, `payables` what is still owed for material, `loan_left` of the loan.
    """

    receivables: Decimal
    payables: Decimal
    loan_left: Decimal

    @property
    def closing(self) -> Twelve:
        """Cash at the end of each month."""
        return self["closing"].months

    @property
    def red_months(self) -> tuple[int, ...]:
        """The months (1 to 12) that end below nought."""
        return tuple(month for month, amount in enumerate(self.closing, start=1) if amount < 0)

    @property
    def lowest(self) -> Decimal:
        return min(self.closing)

    @property
    def lowest_month(self) -> int:
        """The first month with the lowest cash, 1 to 12."""
        return self.closing.index(self.lowest) + 1

    @property
    def extra_money(self) -> Decimal:
        """What should be there in addition at the start so that no month ends below nought; 0 where none does."""
        return max(-self.lowest, NOTHING)


def _on_credit(amounts: Twelve, share_pct: Decimal) -> Twelve:
    """The part of each month's amount that is not paid at once, to the cent."""
    return tuple(yuan(percent_of(amount, share_pct)) for amount in amounts)


def _without(amounts: Twelve, part: Twelve) -> Twelve:
    return tuple(amount - less for amount, less in zip(amounts, part, strict=True))


def _comes_in(figures: PlanFigures, sales: Twelve, credit: Twelve) -> tuple[Row, ...]:
    found = {
        "cash_sales": _without(sales, credit),
        "collected": later(credit, figures.credit_lag),
        "own_money": in_month(figures.own_money, 1),
        "family_money": in_month(figures.family_money, 1),
        "grants": in_month(figures.grants, 1),
        "loan": in_month(figures.loan.principal, 1),
        "other_in": figures.other_in,
    }
    return tuple(row(code, found[code]) for code in COMES_IN)


def _goes_out(figures: PlanFigures, profit: ProfitTable, credit: Twelve) -> tuple[Row, ...]:
    found = {
        "cash_purchases": _without(profit["materials"].months, credit),
        "paid_purchases": later(credit, figures.purchase_credit_lag),
        **{code: profit[code].months for code in (*RUNNING, "once", "interest")},
        "principal": schedule(figures.loan).repaid,
        "equipment": payments(figures.assets),
        "deposit": in_month(figures.deposit, 1),
        "taxes": added((profit["vat"], profit["taxes"])),
        "other_out": figures.other_out,
    }
    return tuple(row(code, found[code]) for code in GOES_OUT)


def _carried(comes: Row, goes: Row) -> tuple[Row, Row, Row]:
    """Opening, available and closing: each month begins with what the month before has left."""
    opening, available, closing = [], [], []
    cash = NOTHING
    for month in range(MONTHS):
        opening.append(cash)
        available.append(cash + comes.months[month])
        cash = available[-1] - goes.months[month]
        closing.append(cash)
    return (
        Row("opening", tuple(map(yuan, opening)), yuan(opening[0])),
        Row("available", tuple(map(yuan, available)), yuan(opening[0] + comes.total)),
        Row("closing", tuple(map(yuan, closing)), yuan(closing[-1])),
    )


def cash_flow(figures: PlanFigures, profit: ProfitTable) -> CashTable:
    """Table 10 from the plan's numbers and its table 9. The start money comes in in month 1, which opens with nothing."""
    sold = _on_credit(profit["sales"].months, figures.credit_share_pct)
    bought = _on_credit(profit["materials"].months, figures.purchase_credit_share_pct)
    comes = _comes_in(figures, profit["sales"].months, sold)
    goes = _goes_out(figures, profit, bought)
    total_in, total_out = row("total_in", added(comes)), row("total_out", added(goes))
    opening, available, closing = _carried(total_in, total_out)
    rows = (opening, *comes, total_in, available, *goes, total_out, closing)
    owed = total(sold) - total(later(sold, figures.credit_lag))
    owing = total(bought) - total(later(bought, figures.purchase_credit_lag))
    return CashTable(rows, yuan(owed), yuan(owing), yuan(schedule(figures.loan).left))

"""Do the tables agree, and is the plan sound? Fourteen findings, always in the order C1 to C14.

A finding is "ok", "advice" (worth a thought) or "wrong" (something does not agree, is not allowed, or runs dry). It carries
numbers and places, no words: pages make their sentences from `code`, `level`, `facts` and `lines`.

C1  sales of every month are what the forecast says. facts: forecast, sales. lines: months that differ.
C2  depreciation is a twelfth of the assets' year. facts: year, month.
C3  each month begins with what the month before has left. lines: months that do not.
C4  depreciation is not among what is paid. facts: depreciation.
C5  (advice) start money covers the need of the first months without any sales. facts: need, sources, gap, months.
C6  paid at once + collected + still owed = sales. facts: cash_sales, collected, receivables, sales.
C7  no more of a loan is repaid than was lent; "advice" where nothing of it is repaid in the year. facts: loan, repaid, left, repayment (what is planned a month).
C8  the change of cash follows from the profit. facts: see `cash_identity`, left, right, difference.
C9  no month ends without money. facts: lowest, lowest_month, extra (what to have in addition), profit (of the year).
    lines: month and amount that lacks. Whether `extra` is a way out says `start_money_helps`.
C10 every price covers its cost. "wrong" below the material, "advice" below material plus its part of the other costs.
    facts: costs_month (the other costs) and sales_month, on average. lines: product, price, unit cost, material, row.
C11 (advice) the owner is paid. facts: owner_pay. lines: months without pay.
C12 the lowest pay reaches the local minimum wage. facts: pay, minimum. No minimum known, or nobody employed: ok.
C13 the partners' shares make 100 per cent. facts: shares. Without partners: ok.
C14 what is sold has a price. lines: product, month, row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from courses.plans.rules import startup
from courses.plans.rules.assets import depreciation_month, depreciation_year
from courses.plans.rules.cash import COMES_IN, GOES_OUT, CashTable
from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, PlanFigures, Product, divided, yuan
from courses.plans.rules.profit import ProfitTable, product_sales
from courses.plans.rules.tables import added, row, total
from courses.plans.rules.unit import indirect_by_sales, unit_cost

Facts = dict[str, Decimal | int]


class Level(StrEnum):
    OK = "ok"
    ADVICE = "advice"
    WRONG = "wrong"


@dataclass(frozen=True)
class Line:
    """One place where a finding holds: a month (1 to 12; 0: none) or a product (`name`, `row` in the table of products).

    `amount` is what is there (what lacks, for C9), `against` what should be; `material` is what of a cost (C10) is material.
    """

    month: int = 0
    name: str = ""
    row: str = ""
    amount: Decimal = NOTHING
    against: Decimal = NOTHING
    material: Decimal = NOTHING

    @property
    def share(self) -> Decimal:
        """What of the cost of one piece (C10) is its part of pay, rent and all the other costs."""
        return self.against - self.material

    @property
    def below_material(self) -> bool:
        """Whether a price (C10) does not even cover the material."""
        return self.amount < self.material


@dataclass(frozen=True)
class Finding:
    code: str
    level: Level
    facts: Mapping[str, Decimal | int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def ok(self) -> bool:
        return self.level is Level.OK

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the lines, each once, in order."""
        return tuple(sorted({line.month for line in self.lines if line.month}))

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The same months as spans, (first, last) of each: 1, 2, 3 and 7 are (1, 3) and (7, 7)."""
        return spans(self.months)


def spans(months: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Months in order, those in a row put together: (first, last) of each span."""
    found: list[tuple[int, int]] = []
    for month in months:
        if found and found[-1][1] == month - 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return tuple(found)


def start_money_helps(dry: Finding) -> bool:
    """Whether more money at the start is a way out of C9. It is where the year earns, or where the cash grows again before the
    year ends; a plan that loses and whose cash is lowest in the last month only runs dry later (4.6)."""
    return dry.facts["profit"] > 0 or dry.facts["lowest_month"] < MONTHS


def _either(holds: bool, otherwise: Level = Level.WRONG) -> Level:
    return Level.OK if holds else otherwise


def findings(figures: PlanFigures, profit: ProfitTable, cash: CashTable) -> tuple[Finding, ...]:
    """All fourteen, C1 to C14, of the plan's numbers and the tables that were made of them."""
    return (
        _forecast(figures, profit),
        _depreciation(figures, profit),
        _carried_over(cash),
        _depreciation_not_paid(profit, cash),
        _start_money(figures, profit),
        _collected(profit, cash),
        _repaid(figures, cash),
        _identity(figures, profit, cash),
        _red_months(profit, cash),
        _prices(figures, profit),
        _owner_pay(profit),
        _minimum_wage(figures),
        _shares(figures),
        _without_price(figures),
    )


def _differing(found: Iterable[Decimal], expected: Iterable[Decimal]) -> tuple[Line, ...]:
    pairs = enumerate(zip(found, expected, strict=True), start=1)
    return tuple(Line(month=month, amount=is_, against=ought) for month, (is_, ought) in pairs if is_ != ought)


def _forecast(figures: PlanFigures, profit: ProfitTable) -> Finding:
    forecast = row("forecast", added(row("", product_sales(product)) for product in figures.products))
    sales = profit["sales"]
    lines = _differing(sales.months, forecast.months)
    facts = {"forecast": forecast.total, "sales": sales.total}
    return Finding("C1", _either(not lines and sales.total == forecast.total), facts, lines)


def _depreciation(figures: PlanFigures, profit: ProfitTable) -> Finding:
    month = depreciation_month(figures.assets)
    lines = _differing(profit["depreciation"].months, (month,) * MONTHS)
    return Finding("C2", _either(not lines), {"year": depreciation_year(figures.assets), "month": month}, lines)


def _carried_over(cash: CashTable) -> Finding:
    expected = (NOTHING, *cash.closing[:-1])
    lines = _differing(cash["opening"].months, expected)
    return Finding("C3", _either(not lines), {}, lines)


def _depreciation_not_paid(profit: ProfitTable, cash: CashTable) -> Finding:
    paid = added(cash[code] for code in GOES_OUT)
    came = added(cash[code] for code in COMES_IN)
    lines = (*_differing(cash["total_out"].months, paid), *_differing(cash["total_in"].months, came))
    absent = "depreciation" not in cash.codes()
    return Finding("C4", _either(absent and not lines), {"depreciation": profit["depreciation"].total}, lines)


def _start_money(figures: PlanFigures, profit: ProfitTable) -> Finding:
    need = startup.need(figures, profit)
    lacks = startup.gap(figures, profit)
    facts: Facts = {"need": need.total, "sources": startup.sources(figures), "gap": lacks, "months": need.months}
    return Finding("C5", _either(lacks == 0, Level.ADVICE), facts)


def _collected(profit: ProfitTable, cash: CashTable) -> Finding:
    facts = {
        "cash_sales": cash["cash_sales"].total,
        "collected": cash["collected"].total,
        "receivables": cash.receivables,
    }
    sales = profit["sales"].total
    return Finding("C6", _either(total(facts.values()) == sales and cash.receivables >= 0), {**facts, "sales": sales})


def _repaid(figures: PlanFigures, cash: CashTable) -> Finding:
    lent, repaid = figures.loan.principal, cash["principal"].total
    holds = repaid <= lent and figures.loan.repayment <= lent and repaid + cash.loan_left == lent
    facts = {"loan": lent, "repaid": repaid, "left": cash.loan_left, "repayment": figures.loan.repayment}
    never = holds and lent > 0 and not repaid  # nothing is wrong, and it is rarely meant
    return Finding("C7", Level.ADVICE if never else _either(holds), facts)


def cash_identity(profit: ProfitTable, cash: CashTable) -> dict[str, Decimal]:
    """From the year's net income to the change of cash, term by term, each with its sign.

    A profit is not cash: depreciation lowers it without being paid; assets, deposits and the repaid part of a loan are paid
    without lowering it; sales on credit are earned before they are paid, material on credit is used before.
    """
    return {
        "net_income": profit["net_income"].total,
        "depreciation": profit["depreciation"].total,
        "equipment": -cash["equipment"].total,
        "deposit": -cash["deposit"].total,
        "principal": -cash["principal"].total,
        "receivables": -cash.receivables,
        "payables": cash.payables,
        "other_in": cash["other_in"].total,
        "other_out": -cash["other_out"].total,
    }


def _identity(figures: PlanFigures, profit: ProfitTable, cash: CashTable) -> Finding:
    terms = cash_identity(profit, cash)
    left = cash.closing[-1] - startup.sources(figures)
    right = total(terms.values())
    facts = {**terms, "left": left, "right": right, "difference": left - right}
    return Finding("C8", _either(left == right), facts)


def _red_months(profit: ProfitTable, cash: CashTable) -> Finding:
    facts: Facts = {
        "lowest": cash.lowest,
        "lowest_month": cash.lowest_month,
        "extra": cash.extra_money,
        "profit": profit["profit"].total,
    }
    lines = tuple(Line(month=month, amount=-cash.closing[month - 1]) for month in cash.red_months)
    return Finding("C9", _either(not lines), facts, lines)


def _sold_at(product: Product) -> tuple[Decimal, ...]:
    """The prices of the months in which it is sold; C14 speaks of those without one."""
    return tuple(price for price, count in zip(product.prices, product.quantities, strict=True) if count and price)


def _prices(figures: PlanFigures, profit: ProfitTable) -> Finding:
    sales = profit["sales"].total
    indirect = profit["total_costs"].total - profit["materials"].total
    lines, level = [], Level.OK
    for product in figures.products:
        price = min(_sold_at(product), default=NOTHING)
        cost = unit_cost(product.material, indirect=indirect_by_sales(price, indirect, sales) or NOTHING)
        if not price or price >= cost:
            continue
        line = Line(name=product.name, row=product.row, amount=price, against=cost, material=yuan(product.material))
        lines.append(line)
        level = Level.WRONG if line.below_material or level is Level.WRONG else Level.ADVICE
    facts = {"costs_month": yuan(divided(indirect, MONTHS)), "sales_month": yuan(divided(sales, MONTHS))}
    return Finding("C10", level, facts, tuple(lines))


def _owner_pay(profit: ProfitTable) -> Finding:
    paid = profit["owner_pay"]
    lines = tuple(Line(month=month) for month, amount in enumerate(paid.months, start=1) if amount == 0)
    return Finding("C11", _either(not lines, Level.ADVICE), {"owner_pay": paid.total}, lines)


def _minimum_wage(figures: PlanFigures) -> Finding:
    lowest, minimum = figures.staff_pay_lowest, figures.values.minimum_wage
    if lowest is None:
        return Finding("C12", Level.OK, {"minimum": minimum})
    return Finding("C12", _either(lowest >= minimum), {"pay": lowest, "minimum": minimum})


def _shares(figures: PlanFigures) -> Finding:
    shares = yuan(total(figures.partner_shares))
    return Finding("C13", _either(not figures.partner_shares or shares == 100), {"shares": shares})


def _without_price(figures: PlanFigures) -> Finding:
    lines = tuple(
        Line(month=month, name=product.name, row=product.row)
        for product in figures.products
        for month, (count, price) in enumerate(zip(product.quantities, product.prices, strict=True), start=1)
        if count and not price
    )
    return Finding("C14", _either(not lines), {}, lines)

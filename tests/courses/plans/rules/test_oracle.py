"""The fish shop to the cent, for both loans, with VAT and without: the results that were worked out by hand (P6)."""

from decimal import Decimal

import pytest

from courses.plans.rules import assets, startup, unit
from courses.plans.rules.amounts import Refused, printed, read_amount
from courses.plans.rules.checks import Level, cash_identity
from tests.courses.plans import shop
from tests.courses.plans.shop import LOAN_THAT_LASTS, LOAN_THAT_RUNS_DRY

SALES = "21600 27680 32320 34640 36400 36400 31760 30000 34080 38720 39280 41600"
MATERIALS = "9300 11920 13920 14920 15680 15680 13680 12920 14680 16680 16920 17920"
PROFIT = {
    LOAN_THAT_LASTS: "-5496.25 -736.25 1903.75 3223.75 4223.75 4223.75 1583.75 591 2918.25 5565.50 5892.75 7220",
    LOAN_THAT_RUNS_DRY: "-5452.75 -692.75 1947.25 3267.25 4267.25 4267.25 1627.25 634.50 2961.75 5609 5936.25 7263.50",
}
CLOSING = {
    LOAN_THAT_LASTS: "11058.75 10429.50 12584.25 16291 21053.75 25992.50 26755.25 26237.25 27462.50 31279 35830.75 41533.75",
    LOAN_THAT_RUNS_DRY: "-897.75 -1483.50 714.75 4465 9271.25 14253.50 15059.75 14585.25 15854 19714 24309.25 30055.75",
}
YEAR = {LOAN_THAT_LASTS: ("31113.75", "38000"), LOAN_THAT_RUNS_DRY: ("31635.75", "26000")}
BOTH = pytest.mark.parametrize("loan", [LOAN_THAT_LASTS, LOAN_THAT_RUNS_DRY])


def amounts(text):
    return tuple(Decimal(each) for each in text.split())


def finding(plan, code):
    return next(found for found in plan.findings if found.code == code)


@BOTH
def test_sales_materials_and_profit_of_each_month(loan):
    table = shop.plan(loan).profit
    assert table["sales"].months == amounts(SALES)
    assert table["materials"].months == amounts(MATERIALS)
    assert table["profit"].months == amounts(PROFIT[loan])
    assert (table["sales"].total, table["materials"].total) == (404480, 174220)
    assert table["profit"].total == Decimal(YEAR[loan][0])


@BOTH
def test_cash_at_the_end_of_each_month(loan):
    cash = shop.plan(loan).cash
    assert cash.closing == amounts(CLOSING[loan])
    assert cash.receivables == 4160
    assert cash.payables == 0
    assert cash.loan_left == Decimal(YEAR[loan][1])


def test_the_first_half_year_row_by_row():
    """The loan of 38,000: every row of the printed table, months 1 and 2."""
    cash = shop.plan(LOAN_THAT_RUNS_DRY).cash
    expected = {
        "opening": "0 -897.75", "cash_sales": "19440 24912", "collected": "0 2160", "own_money": "10000 0",
        "loan": "38000 0", "total_in": "67440 27072", "available": "67440 26174.25",
        "cash_purchases": "9300 11920", "paid_purchases": "0 0", "owner_pay": "4000 4000", "staff_pay": "6400 6400",
        "rent": "3000 3000", "marketing": "1500 500", "utilities": "1200 1200", "maintenance": "200 200",
        "insurance": "300 300", "registration": "300 0", "interest": "137.75 137.75", "principal": "0 0",
        "equipment": "39000 0", "deposit": "3000 0", "taxes": "0 0", "total_out": "68337.75 27657.75",
        "closing": "-897.75 -1483.50",
    }  # fmt: skip
    assert {code: cash[code].months[:2] for code in expected} == {
        code: amounts(text) for code, text in expected.items()
    }
    assert cash["principal"].months == amounts("0 0 0 0 0 0 2000 2000 2000 2000 2000 2000")
    assert cash["interest"].months[6:] == amounts("137.75 130.50 123.25 116 108.75 101.50")
    assert (cash["opening"].total, cash["available"].total, cash["closing"].total) == amounts("0 448320 30055.75")


def test_with_vat_of_3_percent():
    plan = shop.plan(profit__pays_vat="yes")
    assert plan.profit["vat"].months[0] == Decimal("629.13")
    assert plan.profit["vat"].total == Decimal("11780.97")
    assert plan.profit["net_sales"].months[0] == Decimal("20970.87")
    assert plan.profit["profit"].total == Decimal("19332.78")
    assert plan.cash.closing[-1] == Decimal("29752.78")
    assert finding(plan, "C8").ok


@pytest.mark.parametrize(
    ("answer", "exempt_below", "due_in"),
    [("", "100000", 0), ("", "30000", 9), ("", "41600", 0), ("no", "0", 0), ("yes", "100000", 12)],
)
def test_vat_is_due_when_the_plan_says_so_or_else_above_the_exemption(answer, exempt_below, due_in):
    values = {**shop.values(), "profit.pays_vat": answer}
    table = shop.workbook(values, shop.local(vat_exempt_below=exempt_below)).profit
    assert sum(amount > 0 for amount in table["vat"].months) == due_in


def test_margins_of_both_products():
    assert unit.margin(Decimal(88), Decimal(38)) == Decimal("56.82")
    assert unit.margin(Decimal(28), Decimal(12)) == Decimal("57.14")
    assert unit.markup(Decimal(88), Decimal(38)) == Decimal("131.58")
    assert unit.markup(Decimal(88), Decimal(0)) is None
    assert unit.margin(Decimal(0), Decimal(5)) is None


def test_start_up_need_and_gap():
    plan = shop.plan()
    need = startup.need(plan.figures, plan.profit)
    assert (need.materials, need.running, need.assets, need.deposit, need.once) == (35140, 48100, 39000, 3000, 0)
    assert need.total == 125240
    assert startup.sources(plan.figures) == 60000
    assert startup.gap(plan.figures, plan.profit) == 65240
    poorer = shop.plan(LOAN_THAT_RUNS_DRY)
    assert startup.gap(poorer.figures, poorer.profit) == 77240
    richer = shop.plan("200000.00")
    assert startup.gap(richer.figures, richer.profit) == 0


def test_break_even_payback_and_net_margin():
    plan = shop.plan()
    even = startup.break_even(plan.profit)
    assert (even.year, even.month, even.contribution_pct) == amounts("349824.87 29152.07 56.93")
    assert startup.payback(plan.figures, plan.profit) == Decimal("1.06")  # 42,000 / 39,693.75
    assert startup.net_margin(plan.profit) == Decimal("7.69")


def test_at_break_even_sales_nothing_is_earned_also_with_vat():
    """A shop of one product without tax on its profit: sell for the break-even sales, and the profit is nought."""
    plan = shop.plan(profit__pays_vat="yes")
    even = startup.break_even(plan.profit).year
    table = plan.profit
    fixed = table["total_costs"].total - table["materials"].total
    left = (table["net_sales"].total - table["materials"].total) / table["sales"].total
    assert abs(even * left - fixed) < Decimal("0.01")


def test_nothing_is_worked_out_of_nothing():
    plan = shop.workbook({}, shop.local())
    assert startup.break_even(plan.profit) is None
    assert startup.payback(plan.figures, plan.profit) is None
    assert startup.net_margin(plan.profit) is None
    assert startup.need(plan.figures, plan.profit).total == 0
    assert plan.cash.closing == (0,) * 12
    assert [found.code for found in plan.findings if not found.ok] == ["C11"]


def test_p6_1_assets():
    figures = shop.plan(LOAN_THAT_RUNS_DRY).figures
    assert assets.investment(figures.assets) == 39000
    assert assets.depreciation_year(figures.assets) == 8580
    assert assets.depreciation_month(figures.assets) == 715
    assert [(each.row, assets.amount(each), assets.yearly_loss(each)) for each in figures.assets] == [
        ("tools.1", 7200, 1440), ("tools.2", 4800, 960), ("vehicles.1", 6000, 1500), ("furniture.1", 5400, 1080),
        ("furniture.2", 3600, 1200), ("premises.1", 12000, 2400),
    ]  # fmt: skip


def test_p6_2_profit_of_the_loan_that_runs_dry():
    table = shop.plan(LOAN_THAT_RUNS_DRY).profit
    assert (table["sales"].months[0], table["profit"].months[0]) == (21600, Decimal("-5452.75"))
    assert (table["sales"].total, table["profit"].total) == (404480, Decimal("31635.75"))


def test_p6_3_two_months_run_dry_though_the_year_earns_money():
    plan = shop.plan(LOAN_THAT_RUNS_DRY)
    assert plan.cash.red_months == (1, 2)
    assert plan.cash.extra_money == Decimal("1483.50")
    dry = finding(plan, "C9")
    assert dry.level is Level.WRONG
    assert [(line.month, line.amount) for line in dry.lines] == [(1, Decimal("897.75")), (2, Decimal("1483.50"))]
    assert dry.facts == {
        "lowest": Decimal("-1483.50"), "lowest_month": 2, "extra": Decimal("1483.50"), "profit": Decimal("31635.75"),
    }  # fmt: skip
    enough = shop.plan(LOAN_THAT_RUNS_DRY, cash__own_money="11483.50")
    assert (enough.cash.red_months, enough.cash.lowest) == ((), 0)


def test_p6_4_the_larger_loan_lasts_and_earns_less():
    plan = shop.plan(LOAN_THAT_LASTS)
    assert plan.cash.red_months == ()
    assert (plan.cash.lowest, plan.cash.lowest_month, plan.cash.extra_money) == (Decimal("10429.50"), 2, 0)
    assert plan.cash.closing[-1] == Decimal("41533.75")
    assert plan.profit["profit"].total == Decimal("31113.75")
    start_money = finding(plan, "C5")
    assert start_money.level is Level.ADVICE
    assert start_money.facts == {"need": 125240, "sources": 60000, "gap": 65240, "months": 3}


@BOTH
def test_p6_4_c8_the_change_of_cash_follows_from_the_profit(loan):
    plan = shop.plan(loan)
    found = finding(plan, "C8")
    assert (found.level, found.facts["difference"]) == (Level.OK, 0)
    terms = {name: amount for name, amount in cash_identity(plan.profit, plan.cash).items() if amount}
    assert terms == {
        "net_income": Decimal(YEAR[loan][0]), "depreciation": 8580, "equipment": -39000, "deposit": -3000,
        "principal": -12000, "receivables": -4160,
    }  # fmt: skip
    if loan == LOAN_THAT_LASTS:
        assert found.facts["left"] == found.facts["right"] == Decimal("-18466.25")


def test_p6_5_what_is_typed_is_rounded_half_up_or_refused():
    assert read_amount("88.005") == Decimal("88.01")
    for typed, code in (("-88", "negative"), ("88块5", "not_a_number"), ("八十八", "not_a_number")):
        with pytest.raises(Refused) as refused:
            read_amount(typed)
        assert refused.value.code == code


def test_p6_6_without_depreciation_the_profit_changes_and_the_cash_does_not():
    lost = {f"assets__{place.replace('.', '__')}__life": "0" for place, *_ in shop.THINGS}
    with_, without = shop.plan(LOAN_THAT_RUNS_DRY), shop.plan(LOAN_THAT_RUNS_DRY, **lost)
    assert without.profit["depreciation"].total == 0
    assert without.profit["profit"].total - with_.profit["profit"].total == 8580
    assert without.cash == with_.cash
    assert all(found.ok for found in without.findings if found.code in ("C2", "C4", "C8"))


def test_amounts_are_printed_as_on_paper():
    assert printed(Decimal("1483.5")) == "1,483.50"
    assert printed(Decimal("-897.75")) == "−897.75"
    assert printed(Decimal("-0.001")) == "0.00"

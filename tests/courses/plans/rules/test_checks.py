"""The fourteen checks: each is quiet on the fish shop, and each speaks when its own thing is broken."""

from dataclasses import replace
from decimal import Decimal

import pytest

from courses.plans.rules.checks import Level, Line, findings
from courses.plans.rules.figures import Loan, twelve
from courses.plans.rules.tables import Row, in_month, row
from tests.courses.plans import shop


def checked(plan, **changed):
    """The findings that are not quiet, of the plan with another table or other numbers than the tables were made of."""
    parts = {"figures": plan.figures, "profit": plan.profit, "cash": plan.cash, **changed}
    return {found.code: found for found in findings(**parts) if not found.ok}


def with_row(table, code, months, total=None):
    made = row(code, months) if total is None else Row(code, months, total)
    return replace(table, rows=tuple(made if each.code == code else each for each in table.rows))


def bumped(months, place):
    return tuple(amount + (month == place) for month, amount in enumerate(months, start=1))


@pytest.fixture(scope="module")
def plan():
    return shop.plan("200000.00")


def test_nothing_is_found_in_a_sound_plan(plan):
    assert checked(plan) == {}


def test_c1_sales_are_the_forecast(plan):
    found = checked(plan, profit=with_row(plan.profit, "sales", bumped(plan.profit["sales"].months, 3)))["C1"]
    assert (found.level, found.months) == (Level.WRONG, (3,))
    assert found.lines == (Line(month=3, amount=Decimal(32321), against=Decimal(32320)),)
    assert found.facts == {"forecast": 404480, "sales": 404481}


def test_c2_depreciation_is_a_twelfth_of_the_assets_year(plan):
    found = checked(plan, profit=with_row(plan.profit, "depreciation", twelve(Decimal(800))))["C2"]
    assert found.months == tuple(range(1, 13))
    assert found.facts == {"year": 8580, "month": 715}


def test_c3_each_month_begins_with_what_is_left(plan):
    found = checked(plan, cash=with_row(plan.cash, "opening", bumped(plan.cash["opening"].months, 5)))["C3"]
    assert found.months == (5,)


def test_c4_depreciation_is_not_paid(plan):
    smuggled = replace(plan.cash, rows=(*plan.cash.rows, row("depreciation", twelve(Decimal(715)))))
    assert checked(plan, cash=smuggled)["C4"].facts == {"depreciation": 8580}
    more = tuple(amount + 715 for amount in plan.cash["total_out"].months)
    assert len(checked(plan, cash=with_row(plan.cash, "total_out", more))["C4"].lines) == 12


def test_c5_is_advice():
    found = checked(shop.plan())
    assert list(found) == ["C5"]
    assert found["C5"].level is Level.ADVICE


def test_c6_sales_are_paid_or_owed(plan):
    found = checked(plan, cash=replace(plan.cash, receivables=Decimal(4161)))
    assert found["C6"].facts == {"cash_sales": 364032, "collected": 36288, "receivables": 4161, "sales": 404480}


def test_c7_no_more_is_repaid_than_was_lent(plan):
    without_loan = shop.plan(cash__loan="")
    found = next(each for each in without_loan.findings if each.code == "C7")
    assert (found.level, found.facts["repayment"], found.facts["loan"]) == (Level.WRONG, 2000, 0)
    too_much = with_row(plan.cash, "principal", in_month(Decimal(200001), 12))
    assert checked(plan, cash=too_much)["C7"].level is Level.WRONG
    assert checked(plan, cash=replace(too_much, loan_left=Decimal(-1)))["C7"].facts["repaid"] == 200001
    soon_paid = shop.plan("5000.00")
    assert next(each for each in soon_paid.findings if each.code == "C7").ok
    assert soon_paid.cash["principal"].months[6:] == (2000, 2000, 1000, 0, 0, 0)


@pytest.mark.parametrize("code", ["equipment", "deposit", "principal", "other_in", "other_out"])
def test_c8_each_term_counts(plan, code):
    found = checked(plan, cash=with_row(plan.cash, code, bumped(plan.cash[code].months, 1)))["C8"]
    assert abs(found.facts["difference"]) == 1
    assert found.facts["left"] - found.facts["right"] == found.facts["difference"]


def test_c8_profit_depreciation_and_what_is_owed_count(plan):
    for code in ("net_income", "depreciation"):
        assert "C8" in checked(plan, profit=with_row(plan.profit, code, bumped(plan.profit[code].months, 1)))
    for name in ("receivables", "payables"):
        assert "C8" in checked(plan, cash=replace(plan.cash, **{name: Decimal(1)}))
    assert "C8" in checked(plan, figures=replace(plan.figures, grants=Decimal(1)))


def test_c9_lists_the_months_and_what_lacks():
    found = checked(shop.plan(shop.LOAN_THAT_RUNS_DRY))["C9"]
    assert (found.months, [str(line.amount) for line in found.lines]) == ((1, 2), ["897.75", "1483.50"])


def test_c10_a_price_below_the_material_is_wrong():
    found = checked(shop.plan("200000.00", forecast__price__1__m4="37.99"))["C10"]
    assert found.level is Level.WRONG
    (line,) = found.lines
    assert (line.name, line.row, line.amount, line.against > 38) == ("烤鱼", "1", Decimal("37.99"), True)


def test_c10_a_price_that_does_not_bear_its_part_of_the_other_costs_is_advice():
    found = checked(shop.plan("200000.00", marketing__products__2__selling_price="20.00"))["C10"]
    assert found.level is Level.ADVICE
    assert [line.row for line in found.lines] == ["2"]


def test_c11_an_owner_without_pay_works_for_nothing():
    found = checked(shop.plan("200000.00", capital__running__owner_pay__amount="0.00"))["C11"]
    assert (found.level, found.facts["owner_pay"], len(found.months)) == (Level.ADVICE, 0, 12)
    once = checked(shop.plan("200000.00", profit__costs__owner_pay__m2="0.00"))["C11"]
    assert once.months == (2,)


def test_c12_pay_below_the_minimum_wage():
    found = checked(shop.plan("200000.00", organisation__staff__2__monthly_pay="1959.99"))["C12"]
    assert (found.level, found.facts) == (Level.WRONG, {"pay": Decimal("1959.99"), "minimum": 1960})
    assert "C12" not in checked(shop.plan("200000.00", organisation__staff__2__monthly_pay="1960.00"))


def test_c13_shares_make_100_per_cent(plan):
    assert "C13" not in checked(plan, figures=replace(plan.figures, partner_shares=(Decimal(60), Decimal(40))))
    found = checked(plan, figures=replace(plan.figures, partner_shares=(Decimal(60), Decimal("39.99"))))["C13"]
    assert found.facts == {"shares": Decimal("99.99")}


def test_c14_what_is_sold_has_a_price():
    found = checked(shop.plan("200000.00", forecast__price__2__m7="0.00"))["C14"]
    assert found.lines == (Line(month=7, name="家常小炒", row="2"),)
    assert "C10" not in checked(shop.plan("200000.00", forecast__price__2__m7="0.00"))


def test_repaying_more_than_was_lent_at_once_is_found(plan):
    greedy = replace(plan.figures, loan=Loan(Decimal(1000), Decimal(4), Decimal(2000), 7))
    assert "C7" in checked(plan, figures=greedy)

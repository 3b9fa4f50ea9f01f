"""What the fish shop does not have: residual worth, things paid later, material on credit, costs once, taxes, other money."""

from decimal import Decimal

import pytest

from courses.plans.rules import assets, startup
from courses.plans.rules.figures import Asset
from courses.plans.rules.tables import later, row
from courses.plans.rules.unit import indirect_by_sales, unit_cost
from tests.courses.plans import shop

TWELVE = tuple(map(Decimal, range(1, 13)))


def test_residual_worth_is_not_written_off():
    fit_out = Asset("fit-out", 1, Decimal(12000), 5, residual_pct=Decimal(5))
    assert assets.yearly_loss(fit_out) == 2280
    assert assets.yearly_loss(Asset("land", 1, Decimal(12000), 0)) == 0
    assert assets.yearly_loss(Asset("x", 1, Decimal(100), 3)) == Decimal("33.33")


def test_a_thing_is_paid_in_its_month_and_written_off_all_the_year():
    plan = shop.plan(assets__premises__1__paid_in="4")
    assert plan.cash["equipment"].months == (27000, 0, 0, 12000, *(0,) * 8)
    assert plan.profit["depreciation"].months == (715,) * 12
    assert startup.need(plan.figures, plan.profit).assets == 39000


def test_other_costs_once_are_a_cost_and_a_payment_of_month_1():
    before, plan = shop.plan(), shop.plan(capital__other_once="800.00")
    assert plan.profit["once"].months == plan.cash["once"].months == (800, *(0,) * 11)
    assert before.profit["profit"].total - plan.profit["profit"].total == 800
    assert before.cash.closing[-1] - plan.cash.closing[-1] == 800
    assert startup.need(plan.figures, plan.profit).total == 126040


def test_material_on_credit_is_paid_later_and_the_rest_is_owed():
    plan = shop.plan(cash__purchase_credit_share="50.00", cash__purchase_credit_lag="2")
    assert plan.cash["cash_purchases"].months[:3] == (4650, 5960, 6960)
    assert plan.cash["paid_purchases"].months[:4] == (0, 0, 4650, 5960)
    assert plan.cash.payables == (16920 + 17920) // 2
    assert plan.profit["profit"].total == Decimal("31113.75")


def test_sales_on_credit_are_collected_after_their_months_and_the_rest_is_owed():
    plan = shop.plan(marketing__credit_lag="3")
    assert plan.cash["collected"].months[:5] == (0, 0, 0, 2160, 2768)
    assert plan.cash.receivables == 3872 + 3928 + 4160
    assert shop.plan(marketing__credit_lag="0").cash["collected"].months[0] == 2160


def test_taxes_lower_the_net_income_and_the_cash_but_not_the_profit():
    plan = shop.plan(profit__taxes__income_tax__m12="1500.00", profit__pays_vat="yes")
    assert plan.profit["profit"].total == Decimal("19332.78")
    assert plan.profit["net_income"].total == Decimal("17832.78")
    assert plan.cash["taxes"].months[0] == Decimal("629.13")
    assert plan.cash.closing[-1] == Decimal("28252.78")


def test_all_start_money_is_in_month_1_and_in_the_sources():
    plan = shop.plan(cash__family_money="2000.00", cash__grants="3000.00")
    codes = ("own_money", "family_money", "grants", "loan")
    assert [plan.cash[code].months[:2] for code in codes] == [(10000, 0), (2000, 0), (3000, 0), (50000, 0)]
    assert startup.sources(plan.figures) == 65000


def test_other_money_comes_and_goes_in_its_month():
    plan = shop.plan(cash__others__other_in__m3="700.00", cash__others__other_out__m5="200.00")
    assert plan.cash.closing[-1] == Decimal("42033.75")
    assert (plan.cash["other_in"].months[2], plan.cash["other_out"].months[4]) == (700, 200)


def test_a_row_is_rounded_cell_by_cell_and_then_added():
    made = row("x", (Decimal("0.005"),) * 12)
    assert made.months == (Decimal("0.01"),) * 12
    assert made.total == Decimal("0.12")
    assert row("x", (Decimal(0),) * 12).empty
    assert not made.empty
    with pytest.raises(ValueError):
        row("x", TWELVE[:11])


@pytest.mark.parametrize(
    ("months", "first"), [(0, (1, 2, 3)), (1, (0, 1, 2)), (3, (0, 0, 0)), (12, (0, 0, 0)), (40, (0, 0, 0))]
)
def test_later_moves_months_and_drops_what_falls_behind_the_year(months, first):
    moved = later(TWELVE, months)
    assert moved[:3] == first
    assert sum(moved) == sum(TWELVE[: max(12 - months, 0)])


def test_a_table_answers_by_code_in_the_order_of_the_form():
    plan = shop.plan()
    assert plan.profit.codes() == (
        "sales", "vat", "net_sales", "owner_pay", "staff_pay", "rent", "marketing", "utilities", "maintenance", "depreciation",
        "interest", "insurance", "registration", "other", "once", "materials", "total_costs", "profit", "taxes", "net_income",
    )  # fmt: skip
    assert [(each.code, each.name) for each in plan.profit.sales_by_product] == [
        ("sales.1", "烤鱼"),
        ("sales.2", "家常小炒"),
    ]
    assert plan.profit.materials_by_product[0].months[0] == 5700
    with pytest.raises(KeyError):
        plan.cash["depreciation"]


def test_cost_of_one_piece():
    assert unit_cost(Decimal(38), Decimal("5.5"), Decimal("1.255")) == Decimal("44.76")
    assert indirect_by_sales(Decimal(88), Decimal("199146.25"), Decimal(404480)) == Decimal("43.33")
    assert indirect_by_sales(Decimal(88), Decimal(1), Decimal(0)) is None

"""What holds for every plan, whatever is written in it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.plans.rules import assets, startup
from courses.plans.rules.cash import COMES_IN, GOES_OUT, cash_flow
from courses.plans.rules.checks import findings
from courses.plans.rules.figures import CENT, MONTHS, NOTHING, yuan
from courses.plans.rules.loan import schedule
from courses.plans.rules.profit import COSTS, sales_and_costs
from tests.courses.plans.rules.plans import loans, plans

LITTLE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def both(figures):
    profit = sales_and_costs(figures)
    return profit, cash_flow(figures, profit)


@LITTLE
@given(plans)
def test_c8_the_change_of_cash_follows_from_the_profit_term_by_term(figures):
    """Worked out here from the plan's own numbers, not from the terms of the check."""
    profit, cash = both(figures)
    start = figures.own_money + figures.family_money + figures.grants + figures.loan.principal
    earned = profit["net_sales"].total - profit["total_costs"].total - sum(figures.taxes)
    never_paid = profit["depreciation"].total
    bought = sum(each.quantity * each.unit_price for each in figures.assets)
    repaid = figures.loan.principal - schedule(figures.loan).left
    owed_to_us = profit["sales"].total - cash["cash_sales"].total - cash["collected"].total
    owed_by_us = profit["materials"].total - cash["cash_purchases"].total - cash["paid_purchases"].total
    others = sum(figures.other_in) - sum(figures.other_out)
    expected = earned + never_paid - bought - figures.deposit - repaid - owed_to_us + owed_by_us + others
    assert cash.closing[-1] - start == expected
    assert (cash.receivables, cash.payables) == (owed_to_us, owed_by_us)


@LITTLE
@given(plans)
def test_the_tables_agree_in_every_plan(figures):
    profit, cash = both(figures)
    found = {each.code: each for each in findings(figures, profit, cash)}
    assert list(found) == [f"C{number}" for number in range(1, 15)]
    for code in ("C1", "C2", "C3", "C4", "C6", "C8"):
        assert found[code].ok, (code, found[code])


@LITTLE
@given(plans, st.integers(1, 20))
def test_depreciation_never_moves_cash(figures, life):
    profit, cash = both(figures)
    other = replace(figures, assets=tuple(replace(each, life=life) for each in figures.assets))
    assert both(other)[1] == cash
    assert "depreciation" not in cash.codes()


@LITTLE
@given(plans)
def test_totals_are_the_sums_of_printed_cells(figures):
    profit, cash = both(figures)
    for table in (profit, cash):
        for row in table.rows:
            assert all(cell == yuan(cell) and cell.as_tuple().exponent == -2 for cell in row.months), row.code
            if row.code not in ("opening", "available", "closing"):
                assert row.total == sum(row.months)
    for month in range(MONTHS):
        column = {row.code: row.months[month] for row in (*profit.rows, *cash.rows)}
        assert column["sales"] == sum(row.months[month] for row in profit.sales_by_product)
        assert column["materials"] == sum(row.months[month] for row in profit.materials_by_product)
        assert column["net_sales"] == column["sales"] - column["vat"]
        assert column["total_costs"] == sum(column[code] for code in COSTS) + column["materials"]
        assert column["profit"] == column["net_sales"] - column["total_costs"]
        assert column["total_in"] == sum(column[code] for code in COMES_IN)
        assert column["total_out"] == sum(column[code] for code in GOES_OUT)
    for code, parts in (("total_costs", (*COSTS, "materials")),):
        assert profit[code].total == sum(profit[part].total for part in parts)


@LITTLE
@given(plans)
def test_closing_is_opening_and_in_less_out(figures):
    _profit, cash = both(figures)
    opening = NOTHING
    for month in range(MONTHS):
        assert cash["opening"].months[month] == opening
        assert cash["available"].months[month] == opening + cash["total_in"].months[month]
        opening += cash["total_in"].months[month] - cash["total_out"].months[month]
        assert cash.closing[month] == opening
    assert cash.red_months == tuple(month + 1 for month in range(MONTHS) if cash.closing[month] < 0)


@LITTLE
@given(plans)
def test_with_the_extra_money_no_month_runs_dry(figures):
    _profit, cash = both(figures)
    enough = both(replace(figures, own_money=figures.own_money + cash.extra_money))[1]
    assert enough.red_months == ()
    assert cash.extra_money == 0 or enough.lowest == 0


@LITTLE
@given(plans)
def test_c6_all_sales_are_paid_or_owed(figures):
    profit, cash = both(figures)
    assert cash["cash_sales"].total + cash["collected"].total + cash.receivables == profit["sales"].total
    assert cash.receivables >= 0
    assert cash.payables >= 0


@LITTLE
@given(loans)
def test_no_more_is_repaid_than_was_lent_and_interest_follows_what_is_owed(loan):
    found = schedule(loan)
    assert sum(found.repaid) + found.left == loan.principal
    assert found.left >= 0
    for month in range(MONTHS):
        assert found.owed[month] == loan.principal - sum(found.repaid[:month])
        assert abs(found.interest[month] * 1200 - found.owed[month] * loan.rate_pct) <= 1200 * CENT / 2


@LITTLE
@given(plans)
def test_depreciation_of_the_months_is_that_of_the_assets_to_the_cent(figures):
    year, month = assets.depreciation_year(figures.assets), assets.depreciation_month(figures.assets)
    assert abs(month * MONTHS - year) <= 6 * CENT
    assert 0 <= year <= max(assets.investment(figures.assets), NOTHING)
    assert assets.investment(figures.assets) == sum(assets.payments(figures.assets))


@LITTLE
@given(plans)
def test_need_less_sources_is_the_gap(figures):
    profit, _cash = both(figures)
    need = startup.need(figures, profit)
    assert startup.gap(figures, profit) == max(need.total - startup.sources(figures), Decimal(0))

"""Random plans for the property tests: every way in which money can come, go, or be owed."""

from hypothesis import strategies as st

from courses.plans.rules.figures import Asset, Decimal, Loan, PlanFigures, Product, TaxValues
from courses.plans.rules.profit import RUNNING

money = st.integers(0, 5_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
small = st.integers(0, 30_000).map(lambda cents: Decimal(cents).scaleb(-2))
percent = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths).scaleb(-2))


def months(of):
    return st.lists(of, min_size=12, max_size=12).map(tuple)


# Few draws for many months: a plan in which every month differs costs hypothesis more than it tells.
def steady(of):
    return st.tuples(of, of).map(lambda two: two[:1] * 5 + two[1:] * 7)


products = st.builds(
    Product, name=st.just("x"), material=small, quantities=months(st.integers(0, 300)), prices=steady(small)
)
assets = st.builds(
    Asset,
    name=st.just("x"),
    quantity=st.integers(0, 20),
    unit_price=money,
    life=st.integers(0, 20),
    residual_pct=st.sampled_from([Decimal(0), Decimal(5), Decimal("33.33")]),
    paid_in=st.integers(1, 12),
    row=st.just("tools.1"),
)
loans = st.builds(Loan, principal=money, rate_pct=percent, repayment=small, repaid_from=st.integers(1, 12))
tax_values = st.builds(
    TaxValues,
    vat_rate_pct=st.sampled_from([Decimal(0), Decimal(1), Decimal(3), Decimal("13")]),
    vat_exempt_below=money,
    minimum_wage=money,
    reserve_months=st.integers(0, 12),
)
plans = st.builds(
    PlanFigures,
    products=st.lists(products, max_size=3).map(tuple),
    assets=st.lists(assets, max_size=4).map(tuple),
    costs=st.dictionaries(st.sampled_from(RUNNING), steady(money), max_size=4),
    values=tax_values,
    loan=loans,
    own_money=money,
    family_money=money,
    grants=money,
    deposit=money,
    once=money,
    pays_vat=st.sampled_from([None, True, False]),
    taxes=steady(small),
    credit_share_pct=percent,
    credit_lag=st.integers(0, 13),
    purchase_credit_share_pct=percent,
    purchase_credit_lag=st.integers(0, 13),
    other_in=steady(small),
    other_out=steady(small),
)

"""Income tax by steps: an estimate from the site's data (4.5)."""

from decimal import Decimal

import pytest

from courses.plans.rules.income_tax import TaxStep, tax_of_month, tax_of_year
from courses.plans.rules.local import local_values

STEPS = tuple(
    TaxStep(Decimal(above), Decimal(rate))
    for above, rate in ((0, 5), (30000, 10), (90000, 20), (300000, 30), (500000, 35))
)
LOCAL = {
    "income_tax_rate_1": "5", "income_tax_from_2": "30000", "income_tax_rate_2": "10", "income_tax_from_3": "90000",
    "income_tax_rate_3": "20", "income_tax_from_4": "300000", "income_tax_rate_4": "30", "income_tax_from_5": "500000",
    "income_tax_rate_5": "35",
}  # fmt: skip


@pytest.mark.parametrize(
    ("profit", "tax"),
    [
        ("-1", "0.00"), ("0", "0.00"), ("0.10", "0.01"), ("30000", "1500.00"), ("31635.75", "1663.58"), ("90000", "7500.00"),
        ("300000", "49500.00"), ("500000", "109500.00"), ("600000", "144500.00"),
    ],
)  # fmt: skip
def test_4_5_each_step_bears_its_own_rate(profit, tax):
    assert tax_of_year(Decimal(profit), STEPS) == Decimal(tax)


def test_4_5_a_month_is_a_twelfth_and_without_steps_nothing_is_estimated():
    assert tax_of_month(Decimal("31635.75"), STEPS) == Decimal("138.63")
    assert tax_of_year(Decimal(50000), ()) == 0


def test_4_5_the_steps_are_data_of_the_site():
    assert local_values(LOCAL).tax_steps == STEPS
    two = {code: value for code, value in LOCAL.items() if code[-1] in "12"}
    assert local_values(two).tax_steps == STEPS[:2]
    assert local_values({**two, "income_tax_rate_2": ""}).tax_steps == STEPS[:1]
    assert local_values({}).tax_steps == ()

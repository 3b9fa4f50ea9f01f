"""What law and place set: the codes under which the site's data keeps it, and how the arithmetic reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.plans.rules.figures import NOTHING, Decimal, TaxValues, percent_of, yuan
from courses.plans.rules.income_tax import TaxStep
from courses.plans.rules.tables import total

ASSET_KINDS = ("building", "machinery", "tools", "vehicle", "electronics", "fit_out", "land")

# Employer's part of social insurance, per cent of the pay; the pay counts from a floor on.
INSURANCE = ("insurance_pension", "insurance_medical", "insurance_unemployment", "insurance_injury")

# Income tax of whoever runs the enterprise: the rate of each step of a year's profit, and from where the step begins.
TAX_STEPS = range(1, 6)

# code -> what it is measured in: "yuan", "percent", "years" or "months".
LOCAL_CODES: Mapping[str, str] = {
    "vat_rate": "percent",
    "vat_exempt_below": "yuan",  # sales of a month
    "minimum_wage": "yuan",  # a month
    "reserve_months": "months",  # n in the start-up need
    "highest_loan_rate": "percent",  # a year: above it a loan is called dear
    **{f"life_{kind}": "years" for kind in ASSET_KINDS},  # 0: does not lose worth
    **dict.fromkeys(INSURANCE, "percent"),
    "insurance_floor": "yuan",  # the lowest pay that is reckoned with, a month
    "income_tax_rate_1": "percent",  # the first step begins at 0
    **{
        f"income_tax_{what}_{step}": unit
        for step in TAX_STEPS[1:]
        for what, unit in (("from", "yuan"), ("rate", "percent"))
    },
}


@dataclass(frozen=True)
class LocalValues:
    """The values that hold for one plan: taxes and wages, and the years of use by kind of asset."""

    tax: TaxValues
    lives: Mapping[str, int]
    insurance_pct: Decimal = NOTHING  # all kinds together
    insurance_floor: Decimal = NOTHING
    tax_steps: tuple[TaxStep, ...] = ()


def local_values(found: Mapping[str, Decimal | str]) -> LocalValues:
    """From code to value; a code that is not there counts as 0 (no VAT, no minimum wage known, no loss of worth)."""

    def value(code: str) -> Decimal:
        return Decimal(found.get(code) or 0)

    tax = TaxValues(
        vat_rate_pct=value("vat_rate"),
        vat_exempt_below=value("vat_exempt_below"),
        minimum_wage=value("minimum_wage"),
        reserve_months=int(value("reserve_months")),
        highest_loan_rate_pct=value("highest_loan_rate"),
    )
    lives = {kind: int(value(f"life_{kind}")) for kind in ASSET_KINDS}
    insurance = total(map(value, INSURANCE))
    return LocalValues(tax, lives, insurance, value("insurance_floor"), _tax_steps(found))


def _tax_steps(found: Mapping[str, Decimal | str]) -> tuple[TaxStep, ...]:
    """The steps of which rate and beginning are known, the lowest first; none where not even the first is."""
    begins = {step: found.get(f"income_tax_from_{step}") if step > 1 else 0 for step in TAX_STEPS}
    rates = {step: found.get(f"income_tax_rate_{step}") for step in TAX_STEPS}
    steps = [
        TaxStep(Decimal(above), Decimal(rate))
        for above, rate in ((begins[step], rates[step]) for step in TAX_STEPS)
        if above not in (None, "") and rate not in (None, "")
    ]
    return tuple(sorted(steps, key=lambda step: step.above)) if rates[1] not in (None, "") else ()


def employer_insurance(monthly_pay: Decimal, persons: int, local: LocalValues) -> Decimal:
    """What the employer adds a month for the social insurance of so many persons at that pay, yuan: an estimate to show beside the pay."""
    return yuan(persons * percent_of(max(monthly_pay, local.insurance_floor), local.insurance_pct))

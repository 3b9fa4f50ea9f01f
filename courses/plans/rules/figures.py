"""What the plan's arithmetic needs, as values: no page, no form, no database. Money is Decimal yuan; months are tuples of twelve."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

MONTHS = 12
CENT = Decimal("0.01")
NOTHING = Decimal(0)

Twelve = tuple[Decimal, ...]


def yuan(amount: Decimal) -> Decimal:
    """An amount as a printed cell shows it: two decimals, half up (also below zero: away from it), never "-0.00"."""
    return amount.quantize(CENT, ROUND_HALF_UP) + NOTHING


def divided(amount: Decimal, by: Decimal | int) -> Decimal:
    """The one division of this package: a Decimal is divided, so no number ever becomes a float on the way."""
    return amount / by


def percent_of(amount: Decimal, pct: Decimal) -> Decimal:
    """`pct` per cent of an amount, not rounded."""
    return divided(amount * pct, 100)


def twelve(amount: Decimal = NOTHING) -> Twelve:
    """The same amount in each month."""
    return (amount,) * MONTHS


@dataclass(frozen=True)
class Product:
    """One thing that is sold. Prices and material are yuan for one; `prices` is the average price month by month.

    `row` is its row in the table of products ("1", "2", …), so that a finding can lead to it.
    """

    name: str
    material: Decimal
    quantities: tuple[int, ...]
    prices: Twelve
    row: str = ""


@dataclass(frozen=True)
class Asset:
    """Something bought for years. `life` 0 means that it does not lose worth (land). `paid_in` is a month, 1 to 12.

    `row` is where it is written ("tools.1"), so that a table can name its printed amounts.
    """

    name: str
    quantity: int
    unit_price: Decimal
    life: int
    residual_pct: Decimal = NOTHING
    paid_in: int = 1
    row: str = ""


@dataclass(frozen=True)
class Loan:
    """Money lent. Received before month 1; repaid in equal parts from `repaid_from` on while something is owed."""

    principal: Decimal = NOTHING
    rate_pct: Decimal = NOTHING  # a year
    repayment: Decimal = NOTHING  # a month
    repaid_from: int = 1


@dataclass(frozen=True)
class TaxValues:
    """Values that law and place set; read from the site's data, never from code."""

    vat_rate_pct: Decimal
    vat_exempt_below: Decimal  # sales of a month up to this pay no VAT where the plan does not say, yuan
    minimum_wage: Decimal  # yuan a month, for check C12; 0: not known here
    reserve_months: int  # n in the start-up need
    highest_loan_rate_pct: Decimal = NOTHING  # a year: above it a loan is called dear; 0: not known here


@dataclass(frozen=True)
class PlanFigures:
    """Every number of one plan. `costs` are the running costs by code (`owner_pay` … `other`), month by month."""

    products: tuple[Product, ...]
    assets: tuple[Asset, ...]
    costs: Mapping[str, Twelve]
    values: TaxValues
    loan: Loan = Loan()
    own_money: Decimal = NOTHING
    family_money: Decimal = NOTHING
    grants: Decimal = NOTHING
    deposit: Decimal = NOTHING
    once: Decimal = NOTHING  # other costs once: a cost of month 1, paid in month 1
    pays_vat: bool | None = None  # None: the plan does not say, so each month follows `vat_exempt_below`
    taxes: Twelve = field(default_factory=twelve)
    credit_share_pct: Decimal = NOTHING  # of sales
    credit_lag: int = 1  # months
    purchase_credit_share_pct: Decimal = NOTHING
    purchase_credit_lag: int = 1
    other_in: Twelve = field(default_factory=twelve)
    other_out: Twelve = field(default_factory=twelve)
    partner_shares: tuple[Decimal, ...] = ()
    staff_pay_lowest: Decimal | None = None  # lowest monthly pay of one employed person

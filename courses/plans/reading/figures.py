"""From the texts of a workbook to the numbers of its arithmetic: the one bridge between the two.

`values` are canonical texts by path ("marketing.products.1.selling_price" → "88.00"); a path without a text is an empty field.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from courses.plans.book.plan import ASSET_ROWS, ASSET_TABLES, PARTNER_ROWS, PRODUCTS, STAFF_ROWS
from courses.plans.reading.fields import Values, amount, count, months, written_rows
from courses.plans.rules.figures import MONTHS, NOTHING, Asset, Loan, PlanFigures, Product, Twelve
from courses.plans.rules.local import LocalValues
from courses.plans.rules.profit import RUNNING

# What a thing is where its row does not say.
KIND_OF_TABLE = {"tools": "tools", "vehicles": "vehicle", "furniture": "tools", "premises": "fit_out"}
WITH_PARTNERS = ("partnership", "company")


def figures_of(values: Values, local: LocalValues) -> PlanFigures:
    """The numbers of a plan. What is empty counts as nothing, but:

    a month's price is then the selling price; a month's cost that of section 7 (registration: in month 1 only); pay of staff
    and owner in section 7 then follow from the posts; years of use then follow from the kind (and the kind from the table);
    a thing is then paid in month 1; what is sold or bought on credit is then paid a month later.
    Fees of licences and the cost of promotion are asked for, but are never added silently.
    """
    return PlanFigures(
        products=_products(values),
        assets=_assets(values, local.lives),
        costs=_costs(values),
        values=local.tax,
        loan=_loan(values),
        own_money=amount(values, "cash.own_money"),
        family_money=amount(values, "cash.family_money"),
        grants=amount(values, "cash.grants"),
        deposit=amount(values, "capital.deposit"),
        once=amount(values, "capital.other_once"),
        pays_vat={"yes": True, "no": False}.get(values.get("profit.pays_vat", "")),
        taxes=_taxes(values),
        credit_share_pct=amount(values, "marketing.credit_share"),
        credit_lag=count(values, "marketing.credit_lag", 1),
        purchase_credit_share_pct=amount(values, "cash.purchase_credit_share"),
        purchase_credit_lag=count(values, "cash.purchase_credit_lag", 1),
        other_in=months(values, "cash.others.other_in"),
        other_out=months(values, "cash.others.other_out"),
        partner_shares=_partner_shares(values),
        staff_pay_lowest=_lowest_pay(values),
    )


def _products(values: Values) -> tuple[Product, ...]:
    shared = ("marketing.products", "forecast.quantity", "forecast.price")
    return tuple(_product(values, row) for row in written_rows(values, shared, PRODUCTS))


def _product(values: Values, row: str) -> Product:
    written = f"marketing.products.{row}"
    return Product(
        name=values.get(f"{written}.name", ""),
        material=amount(values, f"{written}.cost_price"),
        quantities=tuple(count(values, f"forecast.quantity.{row}.m{month}") for month in range(1, MONTHS + 1)),
        prices=months(values, f"forecast.price.{row}", amount(values, f"{written}.selling_price")),
        row=row,
    )


def _assets(values: Values, lives: Mapping[str, int]) -> tuple[Asset, ...]:
    return tuple(
        _asset(values, table, row, lives)
        for table in ASSET_TABLES
        for row in written_rows(values, (f"assets.{table}",), ASSET_ROWS)
    )


def _asset(values: Values, table: str, row: str, lives: Mapping[str, int]) -> Asset:
    written = f"assets.{table}.{row}"
    kind = values.get(f"{written}.kind") or KIND_OF_TABLE[table]
    return Asset(
        name=values.get(f"{written}.name", ""),
        quantity=count(values, f"{written}.quantity"),
        unit_price=amount(values, f"{written}.unit_price"),
        life=count(values, f"{written}.life", lives.get(kind, 0)),
        residual_pct=amount(values, "assets.residual"),
        paid_in=count(values, f"{written}.paid_in", 1),
        row=f"{table}.{row}",
    )


class Post(NamedTuple):
    """One line of the posts in section 5: pay of one person a month, and how many there are."""

    pay: Decimal
    persons: int
    owner: bool


def posts_of(values: Values) -> list[Post]:
    """The posts of section 5."""
    posts = (f"organisation.staff.{row}" for row in written_rows(values, ("organisation.staff",), STAFF_ROWS))
    return [
        Post(
            amount(values, f"{post}.monthly_pay"), count(values, f"{post}.count"), values.get(f"{post}.owner") == "yes"
        )
        for post in posts
    ]


def staff_pay(values: Values, *, owner: bool) -> Decimal:
    """What the posts of section 5 cost a month: those of the owner, or those of everybody else."""
    return sum((post.persons * post.pay for post in posts_of(values) if post.owner is owner), NOTHING)


def running_amount(values: Values, code: str) -> Decimal:
    """One running cost of a month as section 7 has it; pay that is not written there follows from the posts."""
    follows = {"owner_pay": True, "staff_pay": False}
    otherwise = staff_pay(values, owner=follows[code]) if code in follows else NOTHING
    return amount(values, f"capital.running.{code}.amount", otherwise)


def _costs(values: Values) -> dict[str, Twelve]:
    costs = {}
    for code in RUNNING:
        monthly = running_amount(values, code)
        row = months(values, f"profit.costs.{code}", NOTHING if code == "registration" else monthly)
        if code == "registration" and not values.get("profit.costs.registration.m1"):
            row = (monthly, *row[1:])
        costs[code] = row
    return costs


def _taxes(values: Values) -> Twelve:
    income, other = (months(values, f"profit.taxes.{code}") for code in ("income_tax", "other_tax"))
    return tuple(first + second for first, second in zip(income, other, strict=True))


def _loan(values: Values) -> Loan:
    return Loan(
        principal=amount(values, "cash.loan"),
        rate_pct=amount(values, "cash.loan_rate"),
        repayment=amount(values, "cash.repayment"),
        repaid_from=count(values, "cash.repaid_from", 1),
    )


def _partner_shares(values: Values) -> tuple[Decimal, ...]:
    """The shares of the partners; only a partnership or a company has any."""
    if values.get("organisation.legal_form") not in WITH_PARTNERS:
        return ()
    rows = written_rows(values, ("organisation.partners",), PARTNER_ROWS)
    return tuple(amount(values, f"organisation.partners.{row}.share") for row in rows)


def _lowest_pay(values: Values) -> Decimal | None:
    """The lowest monthly pay of a post that is not the owner's; None where none is written."""
    paid = (f"organisation.staff.{row}" for row in written_rows(values, ("organisation.staff",), STAFF_ROWS))
    pays = [
        amount(values, f"{post}.monthly_pay")
        for post in paid
        if values.get(f"{post}.owner") != "yes" and values.get(f"{post}.monthly_pay")
    ]
    return min(pays, default=None)

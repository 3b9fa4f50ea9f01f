"""The business-plan book: a cover and the ten sections of the official form, with every field's path.

Here is its second half, the numbers: assets, working capital, forecast, profit, cash.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.plans.book.enterprise import (
    COVER,
    LATEST,
    MARKET,
    MARKETING,
    ORGANISATION,
    OVERVIEW,
    PARTNER_ROWS,
    PERSON,
    PRODUCTS,
    STAFF_ROWS,
)
from courses.plans.book.shape import BookSection, Field, Kind, Table

__all__ = [
    "ASSET_KINDS", "ASSET_ROWS", "ASSET_TABLES", "PARTNER_ROWS", "PLAN_SECTIONS", "PRODUCTS", "RUNNING_COSTS", "STAFF_ROWS",
]  # fmt: skip
ASSET_ROWS = 10
# Nothing that such a shop buys is used longer than a building, and who uses it up within the year buys material.
YEARS_OF_USE = (1, 50)
MONTHS = tuple(range(1, 13))

ASSET_KINDS = (
    ("building", _("building")), ("machinery", _("machine")), ("tools", _("tool or furniture")), ("vehicle", _("vehicle")),
    ("electronics", _("electronic device")), ("fit_out", _("fitting-out of the shop")), ("land", _("land")),
)  # fmt: skip


def _assets(code: str, title: object) -> Table:
    columns = (
        Field("name", Kind.TEXT, _("item"), longest=40),
        Field(
            "kind",
            Kind.CHOICE,
            _("kind"),
            choices=ASSET_KINDS,
            optional=True,
            common=("tools", "machinery", "vehicle", "electronics"),
        ),
        Field("quantity", Kind.COUNT, _("quantity"), unit=pgettext_lazy("things", "pieces")),
        Field("unit_price", Kind.MONEY, _("unit price"), unit=_("yuan")),
        Field(
            "life",
            Kind.COUNT,
            _("years of use"),
            unit=_("years"),
            optional=True,
            limits=(0, YEARS_OF_USE[1]) if code == "premises" else YEARS_OF_USE,
        ),  # 0: land does not lose worth
        Field("paid_in", Kind.MONTH, _("paid in month"), unit=_("month"), optional=True),
        Field("supplier", Kind.TEXT, _("supplier"), longest=60, optional=True),
        Field("supplier_contact", Kind.TEXT, _("address and phone"), longest=80, optional=True),
    )
    return Table(code, title, columns, rows=ASSET_ROWS, optional=code != "tools")  # type: ignore[arg-type]


ASSET_TABLES = ("tools", "vehicles", "furniture", "premises")

ASSETS = BookSection(
    "assets", 6, _("Fixed assets"), icon="box",
    parts=(
        _assets("tools", _("tools and equipment")),
        _assets("vehicles", _("vehicles")),
        _assets("furniture", _("office furniture and equipment")),
        _assets("premises", _("shop, fitting-out and land")),
        Field("residual", Kind.PERCENT, _("worth at the end of use"), unit="%", optional=True),
    ),
)  # fmt: skip

# Running costs of a month, in the order of the form: the rows of section 7 and of the cost plan.
RUNNING_COSTS = (
    ("owner_pay", _("pay of the owner")), ("staff_pay", _("pay of staff")), ("rent", _("rent")),
    ("marketing", _("marketing costs")), ("utilities", _("water, power and gas")), ("maintenance", _("repairs")),
    ("insurance", _("insurance")), ("registration", _("registration (once)")), ("other", pgettext_lazy("cost", "other")),
)  # fmt: skip

CAPITAL = BookSection(
    "capital", 7, _("Working capital (a month)"), icon="coin",
    parts=(
        Table("materials", _("raw material and packaging"), rows=8, optional=True, columns=(
            Field("item", Kind.TEXT, _("item"), longest=40),
            Field("quantity", Kind.NUMBER, _("quantity")),
            Field("unit_price", Kind.MONEY, _("unit price"), unit=_("yuan")),
            Field("supplier", Kind.TEXT, _("supplier"), longest=60, optional=True),
        )),
        Table("running", _("other running costs"), fixed=RUNNING_COSTS, columns=(
            Field("amount", Kind.MONEY, _("amount a month"), unit=_("yuan")),
        )),
        Field("deposit", Kind.MONEY, _("deposits"), unit=_("yuan"), optional=True),
        Field("other_once", Kind.MONEY, _("other costs once"), unit=_("yuan"), optional=True),
        Field("promotion_counted", Kind.YES_NO, _("promotion of part 4 is counted here"), optional=True),
        Field("licences_counted", Kind.YES_NO, _("fees of part 5 are counted here"), optional=True),
    ),
)  # fmt: skip


def _by_month(kind: Kind, unit: object, *, optional: bool = False) -> tuple[Field, ...]:
    return tuple(
        Field(f"m{month}", kind, format_lazy(_("month {number}"), number=month), unit=unit, optional=optional)  # type: ignore[arg-type]
        for month in MONTHS
    )


FORECAST = BookSection(
    "forecast", 8, _("Sales forecast (12 months)"), icon="chart",
    parts=(
        Table("quantity", _("how many are sold"), rows=PRODUCTS, monthly=True, rows_of="marketing.products",
              columns=_by_month(Kind.COUNT, _("pieces"))),
        Table("price", _("average price, where it differs"), rows=PRODUCTS, monthly=True, optional=True,
              rows_of="marketing.products", columns=_by_month(Kind.MONEY, _("yuan"), optional=True)),
    ),
)  # fmt: skip

PROFIT = BookSection(
    "profit", 9, _("Sales and costs"), icon="chart",
    parts=(
        Table("costs", _("costs of a month, where they differ"), fixed=RUNNING_COSTS, monthly=True, optional=True,
              columns=_by_month(Kind.MONEY, _("yuan"), optional=True)),
        Field("pays_vat", Kind.YES_NO, _("value-added tax is due"), optional=True),
        Table("taxes", _("income tax and other taxes"), monthly=True, optional=True,
              fixed=(("income_tax", _("income tax")), ("other_tax", _("other taxes"))),
              columns=_by_month(Kind.MONEY, _("yuan"), optional=True)),
    ),
)  # fmt: skip

CASH = BookSection(
    "cash", 10, _("Cash flow"), icon="coin",
    parts=(
        Field("own_money", Kind.MONEY, _("own money"), unit=_("yuan")),
        Field("family_money", Kind.MONEY, _("money of family and friends"), unit=_("yuan"), optional=True),
        Field("grants", Kind.MONEY, _("grants"), unit=_("yuan"), optional=True),
        Field("loan", Kind.MONEY, _("loan"), unit=_("yuan"), optional=True),
        Field("loan_rate", Kind.PERCENT, _("interest a year"), unit="%", optional=True),
        Field("repayment", Kind.MONEY, _("repaid a month"), unit=_("yuan"), optional=True),
        Field("repaid_from", Kind.MONTH, _("repaid from month"), unit=_("month"), optional=True),
        Field("purchase_credit_share", Kind.PERCENT, _("material bought on credit"), unit="%", optional=True),
        Field("purchase_credit_lag", Kind.COUNT, _("paid after"), unit=_("months"), optional=True, limits=LATEST),
        Table("others", _("other money in and out"), monthly=True, optional=True,
              fixed=(("other_in", _("other money in")), ("other_out", _("other money out"))),
              columns=_by_month(Kind.MONEY, _("yuan"), optional=True)),
    ),
)  # fmt: skip

PLAN_SECTIONS = (
    COVER, OVERVIEW, PERSON, MARKET, MARKETING, ORGANISATION, ASSETS, CAPITAL, FORECAST, PROFIT, CASH,
)  # fmt: skip

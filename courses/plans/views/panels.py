"""The sheet beside a question: what the numbers written so far come to, in figures, in words and in a few bars.

`code` names a figure for the script that works it out while somebody types (`sums.js`); the server's figure is the truth.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.plans import charts
from courses.plans.book.rows import ROW_NAMES
from courses.plans.guide import Stop
from courses.plans.reading import Workbook
from courses.plans.rules import assets, unit
from courses.plans.rules.figures import NOTHING, Decimal, Product
from courses.plans.rules.loan import schedule
from courses.plans.wording import short_months, verdict, year_sentence, yuan


@dataclass(frozen=True)
class Line:
    label: str
    amount: Decimal
    code: str
    total: bool = False

    @property
    def text(self) -> str:
        return yuan(self.amount)


@dataclass(frozen=True)
class Panel:
    lines: tuple[Line, ...]
    words: str = ""
    chart: Any = ""
    caption: str = ""  # what the bars are


def panel(stop: Stop, book: Workbook) -> Panel | None:
    """The sheet beside one screen; None where there is nothing to add up."""
    table = f"{stop.section.code}.{stop.part.code}"
    for place, made in _MADE.items():
        if table == place or (place.endswith(".") and table.startswith(place)):
            return made(stop, book)
    return None


def _product(stop: Stop, book: Workbook) -> Product | None:
    return next((one for one in book.figures.products if one.row == stop.row), None)


def _price(stop: Stop, book: Workbook) -> Panel | None:
    """One piece: what it brings, what it costs, what is left."""
    if not stop.column or not stop.column.code.endswith("_price"):
        return None
    path = f"marketing.products.{stop.row}"
    price, cost = (Decimal(book.values.get(f"{path}.{code}") or 0) for code in ("selling_price", "cost_price"))
    lines = (
        Line(_("One brings"), price, f"price.{stop.row}"),
        Line(_("Material costs"), -cost, f"material.{stop.row}"),
        Line(_("Left of one"), price - cost, f"left.{stop.row}", total=True),
    )
    if not price and book.values.get(f"{path}.selling_price"):
        return Panel(lines, _("At a price of 0 you give it away. What does a customer pay for one?"))
    if not price:
        return Panel(lines, _("Write the selling price as well. Then you see what is left."))
    if price < cost:
        return Panel(lines, _("Each one that you sell loses money. The price must be above the cost."))
    facts = {"left": yuan(unit.margin(price, cost) or NOTHING)}
    words = _("Of each 100 yuan %(left)s are left for pay, rent and your profit.") % facts
    parts = ((_("material"), cost), (_("is left"), price - cost))
    return Panel(lines, words, charts.few(parts, words))


def _things(stop: Stop, book: Workbook) -> Panel | None:
    things = book.figures.assets
    if not things:
        return None
    lines = [
        Line(one.name or "—", assets.amount(one), f"asset.{one.row}")
        for one in things
        if one.row == f"{stop.part.code}.{stop.row}"
    ]
    lines += [
        Line(_("All things together"), assets.investment(things), "assets", total=True),
        Line(_("Loss of worth a month"), assets.depreciation_month(things), "depreciation_month"),
    ]
    words = _("All things together cost %(all)s. Spread over their years, that is %(month)s a month.") % {
        "all": yuan(assets.investment(things)), "month": yuan(assets.depreciation_month(things)),
    }  # fmt: skip
    dearest = sorted(((one.name or "—", assets.amount(one)) for one in things), key=lambda part: -part[1])
    return Panel(tuple(lines), words, charts.few(dearest[:4], words))


def _running(_stop: Stop, book: Workbook) -> Panel | None:
    rows = [(code, amounts[1]) for code, amounts in book.figures.costs.items() if amounts[1]]
    every_month = sum((amount for _code, amount in rows), NOTHING)
    if not rows:
        return None
    words = _("Each month %(sum)s go out before you buy any material, also when nobody comes.") % {
        "sum": yuan(every_month)
    }
    lines = (Line(_("Costs of a month"), every_month, "running_month", total=True),)
    dearest = sorted(((str(ROW_NAMES[code]), amount) for code, amount in rows), key=lambda part: -part[1])
    return Panel(lines, words, charts.few(dearest[:4], words))


def _sales(stop: Stop, book: Workbook) -> Panel | None:
    product = _product(stop, book)
    if product is None:
        return None
    sales = book.profit["sales"]
    own = next((row for row in book.profit.sales_by_product if row.code == f"sales.{stop.row}"), None)
    lines = (
        Line(
            _("%(name)s, in the year") % {"name": product.name or stop.row},
            own.total if own else NOTHING,
            f"sales.{stop.row}",
        ),
        Line(_all_sales(book), sales.total, "sales", total=True),
    )
    words = _("You sell for %(sum)s in the year.") % {"sum": yuan(sales.total)}
    caption = _("Sales of each month")
    return Panel(lines, words, charts.small(sales.months, caption), caption)


def _all_sales(book: Workbook) -> str:
    """Sales as they are paid; where value-added tax is due, the label says that it is in them."""
    return _("All sales of the year, with value-added tax") if book.profit["vat"].total else _("All sales of the year")


def _net_sales(book: Workbook) -> str:
    """Sales as the plan counts them; where value-added tax is due, the label says that it is taken off."""
    return _("Sales of the year, without value-added tax") if book.profit["vat"].total else _("Sales of the year")


def _year(_stop: Stop, book: Workbook) -> Panel | None:
    profit = book.profit
    if not profit["sales"].total:
        return None
    lines = (
        Line(_net_sales(book), profit["net_sales"].total, "net_sales"),
        Line(_("Costs of the year"), -profit["total_costs"].total, "total_costs"),
        Line(_("Profit of the year"), profit["profit"].total, "profit", total=True),
    )
    caption = _("Profit of each month")
    return Panel(lines, year_sentence(book), charts.small(profit["profit"].months, caption), caption)


def _cash(stop: Stop, book: Workbook) -> Panel | None:
    interest = schedule(book.figures.loan).interest[0]
    lines = (
        Line(_("Start money together"), book.sources, "sources"),
        Line(_("Interest in month 1"), interest, "interest_1"),
        Line(_("Least cash of the year"), book.cash.lowest, "lowest", total=True),
    )
    if not book.profit["sales"].total:
        return Panel(lines)
    caption, words = _("Cash at the end of each month"), verdict(book).title
    dry = book.finding("C9")
    if not dry.ok:
        words = _("%(what)s: %(months)s.") % {"what": words, "months": short_months(dry)}
    return Panel(lines, words, charts.small(book.cash.closing, caption), caption)


_MADE = {
    "marketing.products": _price, "assets.": _things, "capital.running": _running, "capital.deposit": _running,
    "forecast.": _sales, "profit.": _year, "cash.": _cash,
}  # fmt: skip

"""What the pages of the plan book show: texts by path, and every cell of the tables as it is printed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import translation

from courses.catalogue.rules import PLAN_BOOK
from courses.papers import missing_glyphs
from courses.plans.book import BOOKS, Kind, Place
from courses.plans.book.plan import ASSET_TABLES
from courses.plans.progress import rows_of
from courses.plans.reading import Values, Workbook, running_amount, workbook
from courses.plans.rules import assets, startup
from courses.plans.rules.amounts import printed
from courses.plans.rules.checks import Finding, Line, cash_identity, start_money_helps
from courses.plans.rules.figures import MONTHS, NOTHING, Asset, Decimal, Product, yuan
from courses.plans.rules.local import LocalValues
from courses.plans.rules.profit import RUNNING, product_sales
from courses.plans.rules.tables import Row, row

BLANK = "\u25a1"  # stands for a character that the fonts do not have
BLANK_MONTHS = [""] * MONTHS
PLACES = {place.path: place for place in BOOKS[PLAN_BOOK].places()}
SUMS = {"net_sales", "total_costs", "profit", "net_income", "opening", "total_in", "available", "total_out", "closing"}

Texts = dict[str, str]
Shown = dict[str, Any]


def page_data(values: Values, local: LocalValues, *, dated: date, mark: str = "") -> Shown:
    """Everything that the pages show: texts by path, and the cells of the tables as they are printed.

    `mark` stands small on the cover: the number on the roster, where the books of a class are printed together.
    """
    printable, unprintable = printable_texts(values, PLACES)
    book = workbook(printable, local)
    filled = bool(book.profit["sales"].total or book.profit["total_costs"].total or book.cash["equipment"].total)
    return {
        "day": dated.isoformat(),
        "mark": mark,
        "filled": filled,
        "text": {path: shown(PLACES[path], text) for path, text in printable.items() if text and path in PLACES},
        "rows": filled_rows(printable, PLACES),
        "unprintable": unprintable,
        "local": {"vat_rate": _plain(local.tax.vat_rate_pct), "vat_exempt_below": printed(local.tax.vat_exempt_below)},
        **_assets(book),
        **_capital(book),
        **_start(book, filled),
        **_tables(book),
        **_checks(book),
    }


def printable_texts(values: Values, places: Mapping[str, Place]) -> tuple[Texts, list[str]]:
    """The texts with a box for each character that the fonts do not have, and the fields in which one stands."""
    lacking = set(missing_glyphs("".join(values.values())))
    if not lacking:
        return {**values}, []
    boxes = str.maketrans(dict.fromkeys(lacking, BLANK))
    changed = {path: text.translate(boxes) for path, text in values.items()}
    with translation.override("zh-hans"):  # the form is Chinese, whatever language its reader has on the screen
        fields = [str(places[path].field.label) for path in values if path in places and changed[path] != values[path]]
    return changed, list(dict.fromkeys(fields))


def shown(place: Place, text: str) -> str:
    """A stored text as the paper shows it: amounts with commas, shares without needless noughts, words as they are."""
    if place.field.kind == Kind.MONEY:
        return printed(Decimal(text))
    if place.field.kind in (Kind.PERCENT, Kind.NUMBER):
        return _plain(Decimal(text))
    return f"{int(text):,}" if place.field.kind == Kind.COUNT else text


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _or_blank(amount: Decimal, there: object = None) -> str:
    """An amount; blank where there is nothing to show."""
    return printed(amount) if amount or there else ""


def filled_rows(values: Values, places: Mapping[str, Place]) -> dict[str, list[str]]:
    """Which rows of the numbered tables are filled."""
    tables = {f"{p.section.code}.{p.table.code}": p.table for p in places.values() if p.table and not p.table.fixed}
    return {path: rows_of(path, table.rows, values) for path, table in tables.items()}


def _assets(book: Workbook) -> Shown:
    tables: dict[str, dict[str, Shown]] = {code: {} for code in ASSET_TABLES}
    for asset in book.figures.assets:
        table, number = asset.row.split(".")
        tables[table][number] = {
            "amount": printed(assets.amount(asset)), "loss": printed(assets.yearly_loss(asset)),
            "life": str(asset.life) if asset.life else "",
        }  # fmt: skip
    everything = book.figures.assets
    return {
        "assets": tables,
        "asset_totals": {code: _of_assets([a for a in everything if a.row.startswith(f"{code}.")]) for code in tables},
        "asset_sums": {
            "investment": _or_blank(assets.investment(everything), everything),
            "year": _or_blank(assets.depreciation_year(everything), everything),
            "month": _or_blank(assets.depreciation_month(everything), everything),
        },
    }


def _of_assets(listed: list[Asset]) -> Texts:
    return {
        "amount": _or_blank(assets.investment(listed), listed),
        "loss": _or_blank(assets.depreciation_year(listed), listed),
    }


def _capital(book: Workbook) -> Shown:
    """Section 7: the cells that are worked out. A month's material is quantity times unit price of its row."""
    amounts = {}
    for number in filled_rows(book.values, PLACES)["capital.materials"]:
        cell = f"capital.materials.{number}"
        amounts[number] = yuan(_number(book, f"{cell}.quantity") * _number(book, f"{cell}.unit_price"))
    return {
        "materials": {number: _or_blank(amount) for number, amount in amounts.items()},
        "materials_total": _or_blank(sum(amounts.values(), NOTHING)),
        "running": {
            code: _or_blank(running_amount(book.values, code), book.values.get(f"capital.running.{code}.amount"))
            for code in RUNNING
        },
    }


def _number(book: Workbook, path: str) -> Decimal:
    return Decimal(book.values.get(path) or 0)


def _start(book: Workbook, filled: bool) -> Shown:
    """The need at the start, and the figures of the year. All blank in a plan without figures."""
    need, profit, cash, even = book.need, book.profit, book.cash, book.break_even
    start = {name: _or_blank(getattr(need, name)) for name in ("assets", "deposit", "once", "materials", "running")}
    start |= {
        "months": str(need.months or 3), "total": _or_blank(need.total), "sources": _or_blank(book.sources, filled),
        "gap": _or_blank(startup.gap(book.figures, profit), filled),
    }  # fmt: skip
    sums = {
        "sales": _or_blank(profit["sales"].total), "costs": _or_blank(profit["total_costs"].total),
        "profit": _or_blank(profit["profit"].total, filled), "net_income": _or_blank(profit["net_income"].total, filled),
        "lowest": _or_blank(cash.lowest, filled), "break_even": printed(even.year) if even else "",
        "break_even_month": printed(even.month) if even else "",
        "payback": _or_blank(book.payback) if book.payback else "",
    }  # fmt: skip
    return {"start": start, "sums": sums}


def _tables(book: Workbook) -> Shown:
    """The monthly tables. A row of nothing but noughts is blank, and so is a whole table of them."""
    profit, cash = book.profit, book.cash
    rows: list[Row] = []
    for each in profit.rows:
        if each.code == "materials":
            rows += profit.materials_by_product
        rows += _tax_rows(book) if each.code == "taxes" else [each]
    return {
        "forecast": [_forecast(product) for product in book.figures.products],
        "profit": _printed_rows(rows),
        "cash": _printed_rows(cash.rows),
        "chart": {
            "sales": _months(profit["sales"]), "costs": _months(profit["total_costs"]), "profit": _months(profit["profit"]),
            "closing": _months(cash["closing"]),
        },
    }  # fmt: skip


def _tax_rows(book: Workbook) -> list[Row]:
    """Income tax and other taxes as they are written: the form has a row for each."""
    return [
        row(code, (_number(book, f"profit.taxes.{code}.m{month}") for month in range(1, MONTHS + 1)))
        for code in ("income_tax", "other_tax")
    ]


def _printed_rows(rows: Iterable[Row]) -> list[Shown]:
    listed = list(rows)
    any_figure = any(not each.empty for each in listed)
    return [
        {
            "code": each.code, "name": each.name,
            "cells": _months(each, keep=any_figure and each.code in SUMS),
            "total": _or_blank(each.total, not each.empty or (any_figure and each.code in SUMS)),
        }
        for each in listed
    ]  # fmt: skip


def _months(each: Row, *, keep: bool = False) -> list[str]:
    return BLANK_MONTHS if each.empty and not keep else [printed(amount) for amount in each.months]


def _forecast(product: Product) -> Shown:
    amounts = row("", product_sales(product))
    sold = sum(product.quantities)
    return {
        "name": product.name,
        "quantities": [f"{count:,}" if sold else "" for count in product.quantities],
        "quantity": f"{sold:,}" if sold else "",
        "prices": [printed(price) if price else "" for price in product.prices],
        "amounts": _months(amounts),
        "total": _or_blank(amounts.total),
    }


def _checks(book: Workbook) -> Shown:
    cash = book.cash
    identity = cash_identity(book.profit, cash)
    return {
        "findings": [_finding(found) for found in book.findings if not found.ok],
        "held": sum(found.ok for found in book.findings),
        "identity": {**_facts(identity), "left": printed(sum(identity.values(), NOTHING))},
        "dry": _finding(book.finding("C9")),
        "lowest_month": cash.lowest_month,
    }


def _facts(facts: Mapping[str, Decimal | int]) -> Texts:
    return {name: str(fact) if isinstance(fact, int) else printed(fact) for name, fact in facts.items()}


def _finding(found: Finding) -> Shown:
    by_product: dict[str, Shown] = {}
    for line in found.lines:
        by_product.setdefault(line.row, {"name": line.name, "months": []})["months"].append(line.month)
    return {
        "code": found.code,
        "level": found.level.value,
        "facts": {**_facts(found.facts), "earns": found.facts.get("profit", NOTHING) > 0},
        "helps": found.code == "C9" and start_money_helps(found),
        "most": printed(max((line.amount for line in found.lines), default=NOTHING)),
        "months": list(found.months),
        "spans": [list(span) for span in found.spans],
        "lines": [_line(line) for line in found.lines],
        "products": list(by_product.values()),
    }


def _line(line: Line) -> Shown:
    return {
        "month": line.month, "name": line.name, "amount": printed(line.amount), "against": printed(line.against),
        "material": printed(line.material), "share": printed(line.share), "below": line.below_material,
    }  # fmt: skip

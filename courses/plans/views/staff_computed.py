"""What the program works out beside a section: the tables that the printed form has, and the numbers that a reader asks for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.catalogue.rules import PLAN_BOOK
from courses.plans import reading
from courses.plans.book.ideas import CRITERIA, STATEMENTS
from courses.plans.book.plan import PLAN_SECTIONS
from courses.plans.book.rows import CASH_TAXES, ROW_NAMES
from courses.plans.book.shape import Words
from courses.plans.reading import Workbook
from courses.plans.rules import assets, unit
from courses.plans.rules.amounts import plain, printed
from courses.plans.rules.figures import MONTHS, Decimal
from courses.plans.rules.tables import Row
from courses.plans.wording import start_words
from courses.words import listed

SUMS = ("net_sales", "total_costs", "profit", "net_income", "total_in", "available", "total_out")


@dataclass(frozen=True)
class ReckonedRow:
    """`kind`: "" a row, "sum" a sum, "close" the last line. `short` marks cells below nought."""

    name: Words
    cells: tuple[tuple[str, bool], ...]
    kind: str = ""


@dataclass(frozen=True)
class Reckoned:
    """A table that nobody fills in."""

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[ReckonedRow, ...]
    note: str = ""
    wrong: bool = False


def reckoned_of(section: str, book: str, found: Workbook) -> list[Reckoned]:
    """What is worked out beside a section; empty beside most."""
    makers: Mapping[str, Callable[[Workbook], Iterable[Reckoned]]] = {
        "self": _self_check, "macro": _macro, "micro": _micro, "marketing": _prices, "organisation": _pay, "assets": _assets,
        "capital": _start_money, "forecast": _sales, "profit": _profit, "cash": _cash,
    }  # fmt: skip
    known = section in makers and (book == PLAN_BOOK or section not in {one.code for one in PLAN_SECTIONS})
    return list(makers[section](found)) if known else []


def _plain(*texts: str) -> tuple[tuple[str, bool], ...]:
    return tuple((text, False) for text in texts)


def _money(*amounts: Decimal | None) -> tuple[tuple[str, bool], ...]:
    return tuple(("—", False) if amount is None else (printed(amount), amount < 0) for amount in amounts)


def _monthly(row: Row, name: Words = "") -> ReckonedRow:
    kind = "close" if row.code == "closing" else "sum" if row.code in SUMS else ""
    return ReckonedRow(row.name or name or ROW_NAMES.get(row.code, row.code), _money(*row.months, row.total), kind)


def _months() -> tuple[Words, ...]:
    return (_("yuan a month"), *(str(month) for month in range(1, MONTHS + 1)), _("year"))


def _self_check(found: Workbook) -> Iterable[Reckoned]:
    outcome = reading.self_check(found.values)
    names = dict(STATEMENTS)
    rows = [
        ReckonedRow(_("yes, in their own words"), _plain(str(outcome.yes_own))),
        ReckonedRow(_("no, in their own words"), _plain(str(outcome.no_own))),
        ReckonedRow(_("yes, says somebody else"), _plain(str(outcome.yes_second))),
    ]
    for title, codes in (
        (_("seen differently"), outcome.disagreements),
        (_("to be strengthened"), outcome.to_do),
        (_("not answered yet"), outcome.blank),
    ):
        rows.append(ReckonedRow(title, _plain(listed(str(names[code]) for code in codes) or "—")))
    yield Reckoned(_("What the answers say"), (_("answers"), _("result")), tuple(rows))


def _macro(found: Workbook) -> Iterable[Reckoned]:
    outcome = reading.macro(found.values)
    rows = tuple(
        ReckonedRow(title, _plain(listed(idea.name or idea.row for idea in ideas) or "—"))
        for title, ideas in (
            (_("kept"), outcome.kept),
            (_("three times yes, but behind the third"), outcome.over),
            (_("left out"), outcome.dropped),
        )
    )
    yield Reckoned(_("Which ideas go on"), (_("idea"), _("which")), rows)


def _micro(found: Workbook) -> Iterable[Reckoned]:
    rows = tuple(
        ReckonedRow(
            score.name or str(score.place),
            _plain(str(score.place), str(score.total), plain(score.percent), str(len(score.missing))),
        )
        for score in reading.micro(found.values)
    )
    columns = (
        _("idea"),
        pgettext("rank", "place"),
        _("points"),
        "%",
        _("of %(all)s not rated") % {"all": len(CRITERIA)},
    )
    yield Reckoned(_("The ideas in their order"), columns, rows)


def _prices(found: Workbook) -> Iterable[Reckoned]:
    rows = []
    for product in found.figures.products:
        price = max(product.prices)
        percents = unit.markup(price, product.material), unit.margin(price, product.material)
        texts = ("—" if one is None else f"{printed(one)} %" for one in percents)
        rows.append(ReckonedRow(product.name or product.row, (*_money(product.material, price), *_plain(*texts))))
    columns = (_("product or service"), _("material for one"), _("selling price"), _("markup"), _("margin"))
    yield Reckoned(_("What a price leaves above its material"), columns, tuple(rows))


def _pay(found: Workbook) -> Iterable[Reckoned]:
    rows = tuple(
        ReckonedRow(ROW_NAMES[code], _money(reading.staff_pay(found.values, owner=owner)))
        for code, owner in (("owner_pay", True), ("staff_pay", False))
    )
    yield Reckoned(_("Pay a month"), ("", _("yuan")), rows)


def _assets(found: Workbook) -> Iterable[Reckoned]:
    bought = found.figures.assets
    rows = [
        ReckonedRow(
            one.name or one.row,
            (
                *_money(assets.amount(one)),
                *_plain(str(one.life) if one.life else "—"),
                *_money(assets.yearly_loss(one)),
            ),
        )
        for one in bought
    ]
    sums = assets.investment(bought), assets.depreciation_year(bought)
    rows.append(ReckonedRow(_("together"), (*_money(sums[0]), *_plain(""), *_money(sums[1])), "sum"))
    month = _("Depreciation a month: %(amount)s yuan.") % {"amount": printed(assets.depreciation_month(bought))}
    columns = (_("item"), _("amount (yuan)"), _("years of use"), _("depreciation a year (yuan)"))
    yield Reckoned(_("Amounts and depreciation"), columns, tuple(rows), month)


def _start_money(found: Workbook) -> Iterable[Reckoned]:
    need, lacks = found.need, found.finding("C5").facts["gap"]
    amounts = (
        (_("fixed assets"), need.assets), (_("deposits"), need.deposit), (_("other costs once"), need.once),
        (_("material of %(months)s months") % {"months": need.months}, need.materials),
        (_("running costs of %(months)s months") % {"months": need.months}, need.running),
    )  # fmt: skip
    rows = [ReckonedRow(name, _money(amount)) for name, amount in amounts]
    rows.append(ReckonedRow(_("needed at the start"), _money(need.total), "sum"))
    rows.append(ReckonedRow(_("start money of section 10"), _money(found.sources)))
    rows.append(ReckonedRow(_("lacking, if nothing were sold"), _money(Decimal(lacks)), "sum"))
    yield Reckoned(_("Money needed at the start"), ("", _("yuan")), tuple(rows))


def _sales(found: Workbook) -> Iterable[Reckoned]:
    rows = [_monthly(row) for row in found.profit.sales_by_product]
    yield Reckoned(_("Sales, month by month"), _months(), (*rows, _sum(found.profit["sales"])))


def _sum(row: Row) -> ReckonedRow:
    return ReckonedRow(ROW_NAMES[row.code], _money(*row.months, row.total), "sum")


def _profit(found: Workbook) -> Iterable[Reckoned]:
    table = found.profit
    rows = []
    for row in table.rows:
        if row.code == "materials":
            rows += [_monthly(one) for one in table.materials_by_product]
        rows.append(_monthly(row))
    yield Reckoned(_("Sales and costs of twelve months"), _months(), tuple(rows), _carries(found))


def _carries(found: Workbook) -> str:
    """Break-even and payback in a sentence each; nothing where there is none."""
    even, payback = found.break_even, found.payback
    texts = []
    if even:
        texts.append(
            _("The enterprise carries itself from sales of %(month)s yuan a month on.") % {"month": printed(even.month)}
        )
    if payback is not None:
        texts.append(_("What was spent is earned back after %(years)s years.") % {"years": printed(payback)})
    return " ".join(texts)


def _cash(found: Workbook) -> Iterable[Reckoned]:
    table = found.cash
    rows = tuple(_monthly(row, CASH_TAXES if row.code == "taxes" else "") for row in table.rows)
    yield Reckoned(_("Cash flow of twelve months"), _months(), rows, start_words(found), bool(table.red_months))

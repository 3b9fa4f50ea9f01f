"""Section 10 with its formulas: the start money and the loan, then what comes in and goes out month by month."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from courses.plans.book import BookSection, Field
from courses.plans.book.rows import CASH_TAXES, ROW_NAMES
from courses.plans.rules.cash import COMES_IN, GOES_OUT
from courses.plans.rules.figures import MONTHS, Decimal, percent_of, yuan
from courses.plans.rules.loan import schedule
from courses.plans.rules.tables import Row, row
from courses.plans.workbook.profit import EVERY, add, widths
from courses.plans.workbook.sheet import FIRST, MONEY, Formula, Line, Sheet, reckoned
from courses.plans.workbook.written import Places, look_of

WHERE_EMPTY = {"repaid_from": 1, "purchase_credit_lag": 1}  # what an empty field stands for
MONEY_AT_START = ("own_money", "family_money", "grants", "loan")


def inputs(sheet: Sheet, section: BookSection, places: Places) -> None:
    """Start money, loan and credit; and the loan month by month, from which section 9 has its interest."""
    widths(sheet)
    for asked in section.parts:
        if isinstance(asked, Field):
            path = f"cash.{asked.code}"
            content = places.content(path, asked)
            content = WHERE_EMPTY.get(asked.code) if content is None else content
            label = f"{asked.label} ({asked.unit})" if asked.unit else str(asked.label)
            places.cells[path] = sheet.entry(label, content, **(look_of(asked) | {"align": "right"}))
    places.cells["start_money"] = "+".join(places.cells[f"cash.{code}"] for code in MONEY_AT_START)
    sheet.line += 1
    places.lines["months"] = sheet.month_heads("", _("year"))
    _loan(sheet, places)
    sheet.line += 1


def _loan(sheet: Sheet, places: Places) -> None:
    """What is owed at the start of each month, and what is repaid in it: never more than is owed."""
    found, cells = schedule(places.found.figures.loan), places.cells
    owed = sheet.line
    here, repaid = Line(sheet, owed), Line(sheet, owed + 1)

    def left(month: int) -> str:
        if month == 1:
            return cells["cash.loan"] + "+0"
        return f"{here.month(month - 1)}-{repaid.month(month - 1)}"

    def part(month: int) -> str:
        return f"IF({month}>={cells['cash.repaid_from']},MIN({cells['cash.repayment']},{here.month(month)}),0)"

    sheet.months(_("loan owed at the start of the month"), reckoned(row("owed", found.owed), left))
    places.lines["owed"] = here
    add(places, sheet, row("repaid", found.repaid), part, str(ROW_NAMES["principal"]))


def cash(sheet: Sheet, section: BookSection, places: Places) -> None:
    """The table. Depreciation is not in it; what is on credit moves later."""
    sold = _credit(
        sheet,
        "sales",
        _("sales on credit"),
        places.cells["marketing.credit_share"],
        places.found.figures.credit_share_pct,
        places,
    )
    bought = _credit(sheet, "materials", _("material on credit"), places.cells["cash.purchase_credit_share"], places.found.figures.purchase_credit_share_pct, places)  # fmt: skip
    sheet.line += 1
    sheet.heads([_("cash flow")])
    found, lines = places.found.cash, places.lines
    opening, begin = found["opening"], sheet.line
    closing = Line(sheet, begin + 1 + len(COMES_IN) + 2 + len(GOES_OUT) + 1)
    sheet.months(
        str(ROW_NAMES["opening"]), reckoned(opening, lambda m: "0" if m == 1 else closing.month(m - 1)), strong=True
    )
    lines["opening"] = Line(sheet, begin)
    rows = {**_comes(places, sold), **_goes(places, bought)}
    for code in COMES_IN:
        _flow(sheet, code, rows.get(code), places)
    _sum(sheet, "total_in", COMES_IN, places)
    _carried(sheet, "available", lambda m: f"ROUND({lines['opening'].month(m)}+{lines['total_in'].month(m)},2)", places)
    for code in GOES_OUT:
        _flow(sheet, code, rows.get(code), places)
    _sum(sheet, "total_out", GOES_OUT, places)
    _carried(
        sheet, "closing", lambda m: f"ROUND({lines['available'].month(m)}-{lines['total_out'].month(m)},2)", places
    )
    for line in (begin, closing.number):
        sheet.page.conditional_format(line, FIRST, line, FIRST + MONTHS - 1, {"type": "cell", "criteria": "<", "value": 0, "format": sheet.style.book.add_format({"bg_color": "#f3d9d4", "font_color": "#b1221b"})})  # fmt: skip
    _after(sheet, sold, bought, places)


Flow = Callable[[int], str]


def _credit(sheet: Sheet, code: str, label: str, share: str, pct: Decimal, places: Places) -> Line:
    """The part of each month that is not paid at once."""
    whole = places.lines[code]
    months = (yuan(percent_of(amount, pct)) for amount in places.found.profit[code].months)
    found = row(f"credit.{code}", months)
    return add(places, sheet, found, lambda m: f"ROUND({whole.month(m)}*{share}/100,2)", label)


def _later(line: Line, lag: str) -> Flow:
    """The same so many months later. An empty number of months stands for one."""
    months = f'IF({lag}="",1,{lag})'
    return lambda m: f"IF({m}>{months},INDEX({line.year},1,{m}-{months}),0)"


def _in_first(cell: str) -> Flow:
    return lambda m: f"ROUND({cell},2)" if m == 1 else "0"


def _comes(places: Places, sold: Line) -> dict[str, Flow]:
    cells, sales = places.cells, places.lines["sales"]
    return {
        "cash_sales": lambda m: f"ROUND({sales.month(m)}-{sold.month(m)},2)",
        "collected": _later(sold, cells["marketing.credit_lag"]),
        **{code: _in_first(cells[f"cash.{code}"]) for code in MONEY_AT_START},
    }  # fmt: skip


def _goes(places: Places, bought: Line) -> dict[str, Flow]:
    cells, lines = places.cells, places.lines
    from_plan = [code for code in GOES_OUT if code in lines and code not in ("taxes",)]
    return {
        **{code: lines[code].month for code in from_plan},
        "cash_purchases": lambda m: f"ROUND({lines['materials'].month(m)}-{bought.month(m)},2)",
        "paid_purchases": _later(bought, cells["cash.purchase_credit_lag"]),
        "principal": lines["repaid"].month,
        "equipment": lambda m: f"ROUND({cells['paid_in_month'] % {'month': m}},2)",
        "deposit": _in_first(cells["capital.deposit"]),
        "taxes": lambda m: f"ROUND({lines['vat'].month(m)}+{lines['taxes'].month(m)},2)",
    }


def _flow(sheet: Sheet, code: str, formula: Flow | None, places: Places) -> None:
    """One row of the table; other money in and out is typed there."""
    found = places.found.cash[code]
    label = str(CASH_TAXES if code == "taxes" else ROW_NAMES[code])
    shown = Row(f"cash.{code}", found.months, found.total)
    line = add(places, sheet, shown, formula or (lambda m: "0"), label)
    if formula is None:
        for month in EVERY:
            typed = places.found.values.get(f"cash.others.{code}.m{month}")
            sheet.put(line.number, FIRST + month - 1, Decimal(typed) if typed else None, num_format=MONEY)


def _sum(sheet: Sheet, code: str, parts: tuple[str, ...], places: Places) -> None:
    lines = [places.lines[f"cash.{part}"] for part in parts]
    add(
        places,
        sheet,
        places.found.cash[code],
        lambda m: f"ROUND({'+'.join(line.month(m) for line in lines)},2)",
        strong=True,
    )


def _carried(sheet: Sheet, code: str, formula: Flow, places: Places) -> None:
    """A row that stands for a moment: its months have no sum."""
    places.lines[code] = sheet.months(str(ROW_NAMES[code]), reckoned(places.found.cash[code], formula), strong=True)


def _after(sheet: Sheet, sold: Line, bought: Line, places: Places) -> None:
    """What is still owed after month 12, and how much more should be there at the start."""
    found, lines, cells = places.found.cash, places.lines, places.cells
    sheet.line += 1
    closing = lines["closing"].year
    owed = ((sold, "cash.collected"), (bought, "cash.paid_purchases"))
    sums = [f"ROUND(SUM({line.year})-SUM({lines[code].year}),2)" for line, code in owed]
    for name, label, text, value in (
        ("lowest", _("lowest cash at the end of a month (yuan)"), f"MIN({closing})", found.lowest),
        ("extra", _("to have in addition at the start (yuan)"), f"MAX(-MIN({closing}),0)", found.extra_money),
        ("receivables", _("customers still owe (yuan)"), sums[0], found.receivables),
        ("payables", _("still owed for material (yuan)"), sums[1], found.payables),
        (
            "loan_left",
            _("still owed of the loan (yuan)"),
            f"ROUND({cells['cash.loan']}-{lines['repaid'].total},2)",
            found.loan_left,
        ),
    ):
        cells[name] = sheet.entry(label, Formula(text, value), num_format=MONEY, align="right", bold=True)

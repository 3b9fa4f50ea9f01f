"""The sheets that repeat what is written: the cover, sections 1 to 5, and sections 6 and 7 with what follows from them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.plans.book import BookSection, Field, Kind, Table
from courses.plans.book.plan import ASSET_ROWS
from courses.plans.models import LOCAL_LABELS
from courses.plans.reading import KIND_OF_TABLE, Workbook, running_amount
from courses.plans.rules import assets as rules
from courses.plans.rules.figures import NOTHING, Asset, Decimal, yuan
from courses.plans.rules.local import LocalValues
from courses.plans.rules.tables import total
from courses.plans.workbook.sheet import HEAD, MONEY, Content, Formula, Line, Sheet
from courses.words import listed

NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.COUNT, Kind.MONTH)
WHOLE = (Kind.COUNT, Kind.MONTH)


@dataclass
class Places:
    """What the workbook shows, and where each thing stands: `cells` by path or own name, `lines` by code of their row."""

    found: Workbook
    local: LocalValues
    sheets: dict[str, Sheet] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)

    def content(self, path: str, asked: Field) -> Content:
        """What stands in a field, as a cell: numbers as numbers, choices in words, texts as they are."""
        text = self.found.values.get(path, "")
        if not text:
            return None
        if asked.kind in NUMBERS:
            return int(text) if asked.kind in WHOLE else Decimal(text)
        if asked.kind == Kind.YES_NO:
            return yes_no(text)
        if asked.kind in (Kind.CHOICE, Kind.MANY):
            return listed(str(asked.choice_label(code)) for code in text.split(","))
        return text


def yes_no(code: str) -> str:
    """A yes or no in words, as a cell holds it and formulas compare it."""
    return pgettext("answer", "yes") if code == "yes" else pgettext("answer", "no")


def look_of(asked: Field) -> dict[str, str]:
    """How the cell of a field looks."""
    return {"num_format": MONEY} if asked.kind == Kind.MONEY else {}


def cover(sheet: Sheet, section_: BookSection, places: Places) -> None:
    """The cover, and the values of law and place under which the plan is reckoned. Whoever reckons on may change these."""
    sheet.columns(34, 56)
    _fields(sheet, section_, places)
    sheet.heading(_("Values of law and place"))
    tax = places.local.tax
    values: dict[str, Decimal | int] = {
        "vat_rate": tax.vat_rate_pct, "vat_exempt_below": tax.vat_exempt_below, "minimum_wage": tax.minimum_wage,
        "reserve_months": tax.reserve_months,
        **{f"life_{kind}": places.local.lives.get(kind, 0) for kind in sorted(set(KIND_OF_TABLE.values()))},
    }  # fmt: skip
    for code, value in values.items():
        places.cells[code] = sheet.entry(str(LOCAL_LABELS[code]), value)


def section(sheet: Sheet, section_: BookSection, places: Places) -> None:
    """A section of fields and tables, as it is written."""
    sheet.columns(*_widths(section_))
    _fields(sheet, section_, places)
    for part in section_.parts:
        if isinstance(part, Table):
            _table(sheet, section_, part, places)


def _widths(section_: BookSection) -> tuple[int, ...]:
    """Of as many columns as the widest table has; together what an upright page can carry."""
    columns = max((len(part.columns) for part in section_.parts if isinstance(part, Table)), default=0)
    if columns < 3:
        return (60, 60) if columns else (34, 86)
    return (30, *(90 // (columns - 1),) * (columns - 1))


def _fields(sheet: Sheet, section_: BookSection, places: Places) -> None:
    for part in section_.parts:
        if isinstance(part, Field):
            path = f"{section_.code}.{part.code}"
            label = f"{part.label} ({part.unit})" if part.unit else str(part.label)
            content = places.content(path, part)
            if part.kind == Kind.LONG and isinstance(content, str) and len(sheet.widths) > 2:
                sheet.put(sheet.line, 0, label, font_color="#3f4644", valign="top")
                places.cells[path] = sheet.across(sheet.line, 1, len(sheet.widths) - 1, content, text_wrap=True)
                sheet.line += 1
            else:
                places.cells[path] = sheet.entry(label, content, **look_of(part))


def _table(sheet: Sheet, section_: BookSection, table: Table, places: Places) -> tuple[int, int]:
    """A table with all its rows, also the empty ones: there is room to go on. Returns its first line and the one after its last."""
    sheet.heading(str(table.title))
    first = [""] if table.fixed else []
    sheet.heads([*first, *(f"{one.label} ({one.unit})" if one.unit else str(one.label) for one in table.columns)])
    begin = sheet.line
    names = dict(table.fixed)
    for row in table.row_codes():
        if table.fixed:
            sheet.put(sheet.line, 0, str(names[row]))
        for column, asked in enumerate(table.columns, start=len(first)):
            path = f"{section_.code}.{table.code}.{row}.{asked.code}"
            content = places.content(path, asked)
            places.cells[path] = sheet.put(sheet.line, column, content, text_wrap=True, **look_of(asked))
        sheet.line += 1
    return begin, sheet.line


def assets(sheet: Sheet, section_: BookSection, places: Places) -> None:
    """Section 6. Amount, loss of worth and month of payment are worked out in each row, also in those still empty."""
    sheet.columns(26, 14, 11, 14, 15, 15, 20, 24, 16, 16, 12)
    residual = next(part for part in section_.parts if isinstance(part, Field))
    path = f"{section_.code}.{residual.code}"
    places.cells[path] = sheet.entry(f"{residual.label} (%)", places.content(path, residual))
    written = {asset.row: asset for asset in places.found.figures.assets}
    spans: dict[str, list[str]] = {"amount": [], "loss": [], "paid": []}
    for table in section_.parts:
        if not isinstance(table, Table):
            continue
        sheet.heading(str(table.title))
        extra = [_("amount (yuan)"), _("depreciation a year (yuan)"), _("paid in month")]
        sheet.heads([*(f"{one.label} ({one.unit})" if one.unit else str(one.label) for one in table.columns), *extra])
        begin = sheet.line
        for number in range(1, ASSET_ROWS + 1):
            row = f"{table.code}.{number}"
            _asset(sheet, table, row, written.get(row), places)
        _hide_unused(sheet, begin, len(table.columns))
        for column, name in enumerate(spans, start=len(table.columns)):
            spans[name].append(sheet.span((begin, column), (sheet.line - 1, column)))
    _asset_sums(sheet, spans, places)


def _asset(sheet: Sheet, table: Table, row: str, asset: Asset | None, places: Places) -> None:
    line = sheet.line
    cell = {}
    for column, asked in enumerate(table.columns):
        path = f"assets.{row}.{asked.code}"
        content = places.content(path, asked)
        if asset and asked.code == "life" and content is None:
            content = asset.life  # what the kind of the thing asks for: a sheet cannot look that up
        cell[asked.code] = places.cells[path] = sheet.put(line, column, content, **look_of(asked))
    amount, loss = (rules.amount(asset), rules.yearly_loss(asset)) if asset else (NOTHING, NOTHING)
    left = f"(1-{places.cells['assets.residual']}/100)"
    life = f'IF({cell["life"]}="",{places.cells["life_" + KIND_OF_TABLE[table.code]]},{cell["life"]})'
    column = len(table.columns)
    paid = Formula(f"ROUND({cell['quantity']}*{cell['unit_price']},2)", amount)
    worth = sheet.put(line, column, paid, num_format=MONEY)
    sheet.put(line, column + 1, Formula(f"IF({life}>0,ROUND({worth}*{left}/{life},2),0)", loss), num_format=MONEY)
    month = Formula(f'IF({cell["paid_in"]}="",1,{cell["paid_in"]})', asset.paid_in if asset else 1)
    sheet.put(line, column + 2, month)
    sheet.line += 1


def _hide_unused(sheet: Sheet, begin: int, column: int) -> None:
    """In rows without a text the figures are there, so that a thing can be added, and are not shown."""
    nothing = sheet.style.book.add_format({"num_format": ";;;"})
    rule = {"type": "formula", "criteria": f"=COUNTA($A{begin + 1}:$D{begin + 1})=0", "format": nothing}
    sheet.page.conditional_format(begin, column, sheet.line - 1, column + 2, rule)


def _asset_sums(sheet: Sheet, spans: dict[str, list[str]], places: Places) -> None:
    everything = places.found.figures.assets
    sheet.heading(_("fixed assets and depreciation"))
    worth, loss, month = (
        rules.investment(everything),
        rules.depreciation_year(everything),
        rules.depreciation_month(everything),
    )
    for name, label, text, value in (
        (
            "investment",
            _("all fixed assets (yuan)"),
            f"ROUND({'+'.join(f'SUM({s})' for s in spans['amount'])},2)",
            worth,
        ),
        (
            "loss_year",
            _("depreciation a year (yuan)"),
            f"ROUND({'+'.join(f'SUM({s})' for s in spans['loss'])},2)",
            loss,
        ),
    ):
        places.cells[name] = sheet.entry(label, Formula(text, value), num_format=MONEY, bold=True)
    text = f"ROUND({places.cells['loss_year']}/12,2)"
    places.cells["loss_month"] = sheet.entry(
        _("depreciation a month (yuan)"), Formula(text, month), num_format=MONEY, bold=True
    )
    pairs = zip(spans["paid"], spans["amount"], strict=True)
    places.cells["paid_in_month"] = "+".join(f"SUMIF({paid},%(month)s,{amount})" for paid, amount in pairs)


def capital(sheet: Sheet, section_: BookSection, places: Places) -> None:
    """Section 7. The need at the start is written later, when it is known where the costs stand (`profit.finish`)."""
    sheet.columns(34, 16, 16, 28, 16)
    _fields(sheet, section_, places)
    materials, running = (part for part in section_.parts if isinstance(part, Table))
    begin, end = _table(sheet, section_, materials, places)
    column = len(materials.columns)
    sheet.put(begin - 1, column, _("amount (yuan)"), **HEAD)
    amounts = []
    for line, row in enumerate(materials.row_codes(), start=begin):
        quantity, price = (f"capital.materials.{row}.{code}" for code in ("quantity", "unit_price"))
        amounts.append(yuan(_number(places, quantity) * _number(places, price)))
        text = f"ROUND({places.cells[quantity]}*{places.cells[price]},2)"
        sheet.put(line, column, Formula(text, amounts[-1]), num_format=MONEY)
    every = Formula(f"ROUND(SUM({sheet.span((begin, column), (end - 1, column))}),2)", yuan(total(amounts)))
    sheet.put(end, 0, _("sum"), bold=True)
    sheet.put(end, column, every, num_format=MONEY, bold=True)
    sheet.line = end + 1
    _running(sheet, running, places)


def _running(sheet: Sheet, table: Table, places: Places) -> None:
    sheet.heading(str(table.title))
    for code, label in table.fixed:
        path = f"capital.running.{code}.amount"
        content: Content = _number(places, path) if places.found.values.get(path) else None
        if content is None and code in ("owner_pay", "staff_pay"):
            content = _pay(places, code)
        places.cells[path] = sheet.entry(str(label), content, num_format=MONEY, align="right")


def _pay(places: Places, code: str) -> Formula:
    """Pay that is not written in section 7 follows from the posts of section 5."""
    yes = yes_no("yes")
    posts = [path.removesuffix(".monthly_pay") for path in places.cells if path.endswith(".monthly_pay")]
    parts = []
    for post in posts:
        owner, pay, count = (places.cells[f"{post}.{name}"] for name in ("owner", "monthly_pay", "count"))
        test = f'{owner}="{yes}"' if code == "owner_pay" else f'{owner}<>"{yes}"'
        parts.append(f"IF({test},{pay}*{count},0)")
    return Formula(f"ROUND({'+'.join(parts)},2)", yuan(running_amount(places.found.values, code)))


def _number(places: Places, path: str) -> Decimal:
    return Decimal(places.found.values.get(path) or 0)

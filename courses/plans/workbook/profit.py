"""Sections 8 and 9 with their formulas, and the need at the start, which follows from them."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.plans.book import BookSection, Field
from courses.plans.book.plan import PRODUCTS
from courses.plans.book.rows import ROW_NAMES
from courses.plans.rules import startup
from courses.plans.rules.figures import MONTHS, NOTHING, Product, twelve
from courses.plans.rules.profit import COSTS, RUNNING, product_materials, product_sales
from courses.plans.rules.tables import Row, row
from courses.plans.workbook.sheet import FIRST, MONEY, Content, Formula, Line, Sheet, reckoned
from courses.plans.workbook.written import Places, yes_no

EVERY = range(1, MONTHS + 1)
NOBODY = Product("", NOTHING, (0,) * MONTHS, twelve())


def widths(sheet: Sheet) -> None:
    """The columns of a sheet with a monthly table."""
    sheet.columns(34, *(12.5,) * MONTHS, 14.5)


def add(
    places: Places,
    sheet: Sheet,
    found: Row,
    formula: Callable[[int], str],
    label: Content = None,
    *,
    strong: bool = False,
) -> Line:
    """A row that is worked out month by month; its total is the sum of its cells."""
    words = str(ROW_NAMES[found.code]) if label is None else label
    line = sheet.months(words, reckoned(found, formula), strong=strong)
    places.lines[found.code] = line
    sheet.put(
        line.number,
        FIRST + MONTHS,
        Formula(f"ROUND(SUM({line.year}),2)", found.total),
        num_format=MONEY,
        bold=True,
        left=1,
    )
    return line


def forecast(sheet: Sheet, section: BookSection, places: Places) -> None:
    """Section 8: three rows for each product. An empty price of a month is the selling price."""
    widths(sheet)
    sheet.month_heads("", _("year"))
    products = {product.row: product for product in places.found.figures.products}
    amounts = []
    for number in range(1, PRODUCTS + 1):
        product = products.get(str(number), NOBODY)
        amounts.append(_product(sheet, str(number), product, places))
    sales = Row("sales", places.found.profit["sales"].months, places.found.profit["sales"].total)
    add(places, sheet, sales, lambda month: f"ROUND({'+'.join(a.month(month) for a in amounts)},2)", strong=True)
    places.lines["forecast"] = places.lines["sales"]


def _product(sheet: Sheet, number: str, product: Product, places: Places) -> Line:
    name = places.cells[f"marketing.products.{number}.name"]
    price = places.cells[f"marketing.products.{number}.selling_price"]
    title = Formula(f'IF({name}="","",{name})', product.name)
    count = sheet.months(title, [quantity or None for quantity in product.quantities], number="#,##0")
    year = sum(product.quantities)
    sheet.put(count.number, FIRST + MONTHS, Formula(f"SUM({count.year})", year), num_format="#,##0", left=1)
    cells: list[Content] = []
    for month in EVERY:
        typed = places.found.values.get(f"forecast.price.{number}.m{month}")
        cells.append(Decimal(typed) if typed else Formula(price, product.prices[month - 1]))
    price_words, sales_words = _("average price (yuan)"), _("sales (yuan)")
    prices = sheet.months(f"    {price_words}", cells)
    places.lines[f"quantity.{number}"] = count
    sold = row(f"sales.{number}", product_sales(product))
    return add(
        places,
        sheet,
        sold,
        lambda month: f"ROUND({count.month(month)}*{prices.month(month)},2)",
        f"    {sales_words}",
    )


def profit(sheet: Sheet, section: BookSection, places: Places) -> None:
    """Section 9. A month's cost that is not written there is that of section 7."""
    widths(sheet)
    pays = _pays_vat(sheet, section, places)
    sheet.month_heads("", _("year"))
    found = places.found.profit
    sales = places.lines["forecast"]
    add(places, sheet, found["sales"], sales.month, strong=True)
    _vat(sheet, places, sales, pays)
    _less(sheet, places, "net_sales", "sales", "vat")
    costs = [*(_cost(sheet, code, places) for code in COSTS), _materials(sheet, places)]
    total = found["total_costs"]
    add(places, sheet, total, lambda month: f"ROUND({'+'.join(cost.month(month) for cost in costs)},2)", strong=True)
    _less(sheet, places, "profit", "net_sales", "total_costs")
    _taxes(sheet, places)
    _less(sheet, places, "net_income", "profit", "taxes")
    sheet.page.conditional_format(0, FIRST, sheet.line, FIRST + MONTHS, {"type": "cell", "criteria": "<", "value": 0, "format": sheet.style.book.add_format({"bg_color": "#f3d9d4", "font_color": "#b1221b"})})  # fmt: skip


def _pays_vat(sheet: Sheet, section: BookSection, places: Places) -> str:
    """The question whether value added tax is paid, to be answered from a list; the name of its cell."""
    asked = next(part for part in section.parts if isinstance(part, Field))
    pays = sheet.entry(str(asked.label), places.content("profit.pays_vat", asked))
    sheet.page.data_validation(sheet.line - 1, 1, sheet.line - 1, 1, {"validate": "list", "source": [yes_no("yes"), yes_no("no")], "ignore_blank": True})  # fmt: skip
    sheet.line += 1
    return pays


def _vat(sheet: Sheet, places: Places, sales: Line, pays: str) -> None:
    """The tax in the sales; where the question is not answered, it is due above the limit of a month."""
    yes, no, rate, limit = yes_no("yes"), yes_no("no"), places.cells["vat_rate"], places.cells["vat_exempt_below"]

    def formula(month: int) -> str:
        sold = sales.month(month)
        due = f'IF({pays}="{yes}",TRUE,IF({pays}="{no}",FALSE,{sold}>{limit}))'
        return f"IF({due},ROUND({sold}-{sold}*100/(100+{rate}),2),0)"

    add(places, sheet, places.found.profit["vat"], formula)


def _less(sheet: Sheet, places: Places, code: str, whole: str, part: str) -> None:
    """A row that is what is left of one row without another."""
    lines = places.lines
    found = places.found.profit[code]
    add(
        places, sheet, found, lambda m: f"ROUND({lines[whole].month(m)}-{lines[part].month(m)},2)", strong=True
    )  # fmt: skip


def _cost(sheet: Sheet, code: str, places: Places) -> Line:
    found, cells = places.found.profit[code], places.cells
    if code == "depreciation":
        return add(places, sheet, found, lambda month: cells["loss_month"])
    if code == "interest":
        owed = places.lines["owed"]
        return add(places, sheet, found, lambda month: f"ROUND({owed.month(month)}*{cells['cash.loan_rate']}/100/12,2)")
    if code == "once":
        return add(places, sheet, found, lambda month: f"ROUND({cells['capital.other_once']},2)" if month == 1 else "0")
    line = add(places, sheet, found, lambda month: "0" if code == "registration" and month > 1 else cells[f"capital.running.{code}.amount"])  # fmt: skip
    for month in EVERY:  # what is typed for a month stands there as a number
        typed = places.found.values.get(f"profit.costs.{code}.m{month}")
        if typed:
            sheet.put(line.number, FIRST + month - 1, Decimal(typed), num_format=MONEY)
    return line


def _materials(sheet: Sheet, places: Places) -> Line:
    """Material of each product: how many are sold, times the material of one."""
    products = {product.row: product for product in places.found.figures.products}
    spent = [_spent(sheet, number, products.get(number, NOBODY), places) for number in map(str, range(1, PRODUCTS + 1))]
    found = places.found.profit["materials"]
    return add(places, sheet, found, lambda m: f"ROUND({'+'.join(s.month(m) for s in spent)},2)", strong=True)


def _spent(sheet: Sheet, number: str, product: Product, places: Places) -> Line:
    count = places.lines[f"quantity.{number}"]
    one, name = (places.cells[f"marketing.products.{number}.{code}"] for code in ("cost_price", "name"))
    label = Formula(f'"    "&IF({name}="","",{name})', f"    {product.name}")
    found = row(f"materials.{number}", product_materials(product))
    return add(places, sheet, found, lambda month: f"ROUND({count.month(month)}*{one},2)", label)


def _taxes(sheet: Sheet, places: Places) -> None:
    """Income tax and other taxes as they are typed, and their sum."""
    typed = []
    for code in ("income_tax", "other_tax"):
        texts = [places.found.values.get(f"profit.taxes.{code}.m{month}") for month in EVERY]
        typed.append(sheet.months(str(ROW_NAMES[code]), [Decimal(text) if text else None for text in texts]))
    add(places, sheet, places.found.profit["taxes"], lambda m: f"ROUND({typed[0].month(m)}+{typed[1].month(m)},2)")


def finish(places: Places) -> None:
    """What section 7 says of the start: the need and what is there for it. And the point where the enterprise carries itself."""
    sheet, found = places.sheets["capital"], places.found
    need, cells, lines = found.need, places.cells, places.lines
    sheet.heading(_("what is needed at the start"))
    until = f'"<="&{cells["reserve_months"]}'
    months = lines["months"].year
    running = "+".join(f"SUMIF({months},{until},{lines[code].year})" for code in RUNNING)
    parts = (
        (_("fixed assets"), cells["investment"], need.assets),
        (_("deposits"), f"ROUND({cells['capital.deposit']},2)", need.deposit),
        (_("other costs once"), f"ROUND({cells['capital.other_once']},2)", need.once),
        (
            _("raw material of the first months"),
            f"ROUND(SUMIF({months},{until},{lines['materials'].year}),2)",
            need.materials,
        ),
        (_("running costs of the first months"), f"ROUND({running},2)", need.running),
    )
    names = [_money(sheet, label, text, value) for label, text, value in parts]
    cells["need"] = _money(sheet, _("all that is needed"), f"ROUND({'+'.join(names)},2)", need.total)
    cells["sources"] = _money(sheet, _("start money with the loan"), f"ROUND({cells['start_money']},2)", found.sources)
    gap = startup.gap(found.figures, found.profit)
    cells["gap"] = _money(sheet, _("what lacks"), f"ROUND(MAX({cells['need']}-{cells['sources']},0),2)", gap)
    _break_even(sheet, places)


def _money(sheet: Sheet, label: str, text: str, value: Decimal | str) -> str:
    return sheet.entry(label, Formula(text, value), num_format=MONEY, align="right")


def _break_even(sheet: Sheet, places: Places) -> None:
    found, lines, cells = places.found, places.lines, places.cells
    even, back = found.break_even, found.payback
    sales, costs, materials = (lines[code].total for code in ("sales", "total_costs", "materials"))
    left = f"({lines['net_sales'].total}-{materials})"
    sheet.heading(_("break-even and payback"))
    year = f'IF({sales}>0,IF({left}>0,ROUND(({costs}-{materials})*{sales}/{left},2),""),"")'
    name = _money(sheet, _("break-even sales a year (yuan)"), year, even.year if even else "")
    _money(
        sheet, _("break-even sales a month (yuan)"), f'IF({name}="","",ROUND({name}/12,2))', even.month if even else ""
    )
    earned = f"({lines['profit'].total}+{lines['depreciation'].total})"
    text = f'IF({earned}>0,ROUND(({cells["investment"]}+{cells["capital.deposit"]})/{earned},2),"")'
    _money(sheet, _("years until the money is back"), text, "" if back is None else back)

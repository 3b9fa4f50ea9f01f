"""The plan as a workbook: its formulas alone give our figures to the cent, and what was typed is never a formula."""

import shutil
import subprocess
from decimal import Decimal
from functools import cache
from io import BytesIO

import openpyxl
import pytest

from courses.plans import reading
from courses.plans.book import BOOKS, Kind
from courses.plans.workbook import write_workbook
from tests.courses.english import english
from tests.courses.plans import shop
from tests.courses.plans.reckoning import Workbook, number

__all__ = ["english"]  # an autouse fixture
PROFIT, CASH, CAPITAL, ASSETS = "9 Sales and costs", "10 Cash flow", "7 Working capital (a month)", "6 Fixed assets"
MOVED = {
    "profit.pays_vat": "yes", "profit.taxes.income_tax.m12": "321.45", "profit.taxes.other_tax.m3": "10.05",
    "marketing.credit_share": "12.50", "marketing.credit_lag": "3", "cash.purchase_credit_share": "33.33",
    "cash.purchase_credit_lag": "2", "cash.others.other_in.m4": "500.00", "cash.others.other_out.m5": "99.99",
    "cash.grants": "1000.00", "cash.family_money": "2000.00", "cash.repayment": "9000.00", "cash.repaid_from": "2",
    "forecast.price.1.m6": "91.35", "profit.costs.rent.m7": "0.00", "profit.costs.registration.m5": "60.00",
    "assets.residual": "5.00", "assets.tools.3.name": "货架", "assets.tools.3.quantity": "7", "assets.tools.3.unit_price": "333.33",
    "assets.tools.3.life": "7", "assets.tools.3.paid_in": "4", "assets.premises.2.name": "土地", "assets.premises.2.kind": "land",
    "assets.premises.2.quantity": "1", "assets.premises.2.unit_price": "5000.00", "capital.other_once": "450.00",
    "capital.materials.1.item": "鱼", "capital.materials.1.quantity": "12.50", "capital.materials.1.unit_price": "21.37",
    "capital.running.owner_pay.amount": "", "capital.running.staff_pay.amount": "",
}  # fmt: skip
VARIANTS = {
    "shop": shop.values(shop.LOAN_THAT_RUNS_DRY),
    "empty": {},
    "moved": {**shop.values(), **MOVED},
    "all by rule": {**shop.values(), "forecast.quantity.2.m12": "9000"},  # above the exemption in one month
    "no credit": {**shop.values(), "marketing.credit_lag": "0", "profit.pays_vat": "no"},
}


@cache
def written(variant: str) -> bytes:
    return write_workbook(VARIANTS[variant], shop.local())


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_formula_gives_the_value_beside_it(variant):
    book = Workbook(written(variant))
    count, differing = 0, []
    for sheet, cell in book.cells():
        found, said = book.value(sheet, cell), book.values[sheet][cell].value
        count += 1
        if isinstance(found, str) or isinstance(said, str):
            same = (found or "").strip() == (said or "").strip()
        else:
            same = number(found) == number(said)
        if not same:
            differing.append((sheet, cell, found, said, book.formulas[sheet][cell].value))
    assert differing == []
    assert count > 800


def test_the_values_are_those_of_the_tables():
    book, found = Workbook(written("shop")), shop.plan(shop.LOAN_THAT_RUNS_DRY)
    for sheet, label, row in (
        (PROFIT, "net income", found.profit["net_income"]),
        (PROFIT, "interest on the loan", found.profit["interest"]),
        (CASH, "cash at the end of the month (A − B)", found.cash["closing"]),
        (CASH, "sales on credit, paid now", found.cash["collected"]),
    ):
        line = book.find(sheet, label)[1:]
        shown = [number(book.values[sheet].cell(int(line), column).value) for column in range(2, 14)]
        assert tuple(shown) == row.months, label
    assert number(book.values[CAPITAL][book.find(CAPITAL, "all that is needed")].value) == Decimal("125240.00")


def test_another_loan_moves_the_whole_workbook():
    """P6 step 4: with 50,000 no month is red."""
    book = Workbook(written("shop"))
    loan = book.find(CASH, "loan (yuan)")
    assert book.value(CASH, book.find(CASH, "to have in addition at the start (yuan)")) == Decimal("1483.50")
    book.change(CASH, loan, 50000)
    closing = book.find(CASH, "cash at the end of the month (A − B)", "M")
    assert book.value(CASH, closing) == Decimal("41533.75")
    assert book.value(CASH, book.find(CASH, "to have in addition at the start (yuan)")) == 0
    assert book.value("Checks", book.find("Checks", "difference = 0")) == 0


def test_a_thing_added_in_the_sheet_is_reckoned():
    book = Workbook(written("shop"))
    row = next(cell.row for cell in book.values[ASSETS]["A"] if cell.value == "冰柜") + 1
    before = book.value(ASSETS, book.find(ASSETS, "depreciation a month (yuan)"))
    book.known = {(ASSETS, f"C{row}"): 1, (ASSETS, f"D{row}"): 6000}
    assert (
        book.value(ASSETS, book.find(ASSETS, "depreciation a month (yuan)")) == before + 100
    )  # 5 years, by the table's rule
    closing = book.find(CASH, "cash at the end of the month (A − B)")
    assert book.value(CASH, closing) == Decimal("-897.75") - 6000


def test_what_was_typed_is_never_a_formula():
    signs = ("=", "+", "-", "@", "＝", "\t=")
    texts = [
        place.path for place in BOOKS["syb"].places()
        if place.field.kind in (Kind.TEXT, Kind.LONG) and place.section.code != "self"
    ]  # fmt: skip
    values = {path: f'{signs[number % 6]}HYPERLINK("http://x.example","{path}")' for number, path in enumerate(texts)}
    book = Workbook(write_workbook(values, shop.local()))
    cells = [cell for sheet in book.formulas.values() for row in sheet.iter_rows() for cell in row]
    shown = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert {cell.value for cell in shown} == set(values.values())
    assert {cell.data_type for cell in shown} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_months_below_nought_are_marked_by_rule():
    sheet = Workbook(written("shop")).formulas[CASH]
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert [(rule.operator, rule.formula) for rule in rules] == [("lessThan", ["0"])] * 2


def test_sheets_fit_on_a4_and_no_figure_is_cut():
    long = {
        "overview.reasons": "家里三代做烤鱼。" * 40,
        "market.trend": "越来越多。" * 30,
        "person.experience.1.content": "烤" * 60,
    }
    book = Workbook(write_workbook({**shop.values(), **long}, shop.local())).formulas
    for sheet in book.values():
        assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True), sheet.title
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        figures = [cell for cell in cells if cell.data_type in "nf"]
        assert all(cell.alignment.shrink_to_fit and not cell.alignment.wrap_text for cell in figures), sheet.title
    heights = {
        text: next(
            sheet.row_dimensions[cell.row].height for sheet in book.values() for row in sheet.iter_rows() for cell in row
            if cell.value == text
        )
        for text in long.values()
    }  # fmt: skip
    assert [round(height / 15.75) for height in heights.values()] == [8, 6, 8]  # lines


def test_an_office_program_reckons_the_same_after_a_change(tmp_path):
    """Only where LibreOffice is installed: a price is changed in the file, and everything follows as by our own rules."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    changed = openpyxl.load_workbook(BytesIO(written("shop")))
    next(
        cell
        for row in next(one for one in changed if one.title.startswith("4 ")).iter_rows()
        for cell in row
        if cell.value == 88
    ).value = 79.95
    changed.save(tmp_path / "changed.xlsx")  # without a value beside any formula
    call = [soffice, f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*call, tmp_path / "out", tmp_path / "changed.xlsx"], check=True, capture_output=True, timeout=120)
    found = openpyxl.load_workbook(tmp_path / "out" / "changed.xlsx", data_only=True)
    price = {**shop.values(shop.LOAN_THAT_RUNS_DRY), "marketing.products.1.selling_price": "79.95"}
    expected = Workbook(write_workbook(price, shop.local()))
    formulas = list(expected.cells())
    differing = [
        (sheet, cell) for sheet, cell in formulas
        if _plain(found[sheet][cell].value) != _plain(expected.values[sheet][cell].value)
    ]  # fmt: skip
    assert len(formulas) > 1000 and differing == []


def _plain(value: object) -> object:
    return number(value) if isinstance(value, int | float) else str(value or "").strip()


def test_a_sheet_for_each_section():
    titles = list(Workbook(written("empty")).values)
    numbers = [int(title.split()[0]) for title in titles if title[0].isdigit()]
    assert numbers == list(range(1, 11)) and titles[0] == "Cover" and titles[-1] == "Checks"
    assert reading.workbook({}, shop.local()).cash.closing == (0,) * 12

"""Tables as people bring them."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from courses.people.rules import mod_11_2
from courses.rosters import rules
from courses.rosters.actions import read_upload

HEADINGS = ("姓名", "性别", "证件号码", "出生日期", "监区", "学号")


def identity(number: int, born: str = "19880411", region: str = "990101") -> str:
    """A number that belongs to nobody; odd ones are men's."""
    digits = f"{region}{born}{number:03d}"
    return digits + mod_11_2(digits)


def csv(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8") -> BytesIO:
    text = "\r\n".join(",".join(row) for row in (headings, *rows))
    file = BytesIO(text.encode(encoding))
    file.name = "roster.csv"
    return file


def roster(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> rules.Roster:
    return read_upload(csv(*rows, headings=headings))


def workbook(*rows: Sequence[str], merge: str = "", formulas: dict[str, str] | None = None) -> BytesIO:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    if merge:
        sheet.merge_range(merge, "合并")
    for cell, formula in (formulas or {}).items():
        sheet.write_formula(cell, formula, value="x")
    book.close()
    file.seek(0)
    file.name = "roster.xlsx"
    return file

"""A workbook of several sheets, whose maker writes its cells: the same safety as `write_xlsx`."""

from typing import IO

import xlsxwriter

from courses.sheets.writing import _sheet_name


def new_workbook(file: IO[bytes]) -> xlsxwriter.Workbook:
    """An empty workbook. A text is a text, whatever it begins with: only `write_formula` makes a formula."""
    return xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the characters that it must not have, 31 at most."""
    return _sheet_name(title)

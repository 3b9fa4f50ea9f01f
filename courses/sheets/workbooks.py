"""A workbook of several sheets, whose maker writes its cells: the same safety as `write_xlsx`."""

from typing import IO

import xlsxwriter


def new_workbook(file: IO[bytes]) -> xlsxwriter.Workbook:
    """An empty workbook. A text is a text, whatever it begins with: only `write_formula` makes a formula."""
    return xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})

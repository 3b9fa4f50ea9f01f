"""Reads and writes tables safely: CSV in any Chinese encoding, XLSX and XLS in; CSV and XLSX out.

What comes in is text. What goes out can never act as a formula on the reader's computer.
"""

from courses.sheets.reading import MAX_BYTES, MAX_ROWS, Sheet, read, read_sheet
from courses.sheets.writing import Kind, SheetColumn, Value, write_csv, write_form, write_xlsx

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Kind",
    "Sheet",
    "SheetColumn",
    "Value",
    "read",
    "read_sheet",
    "write_csv",
    "write_form",
    "write_xlsx",
]

"""Writing a table that somebody opens in Excel: Chinese is readable, days and numbers are such, and nothing is a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from courses.sheets.rules import LOSES_DIGITS, column_letters, harmless

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAX_TEXT = 32_767  # of one cell of an XLSX
WIDEST, NARROWEST = 48, 6

Value = str | int | Decimal | date | datetime | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True)
class SheetColumn:
    """One column. `width` in characters; by default as wide as its kind needs."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int | None = None


def write_csv(
    file: IO[bytes], columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]], *, preface: Iterable[str] = ()
) -> int:
    """Write a CSV: UTF-8 with the mark by which Excel knows it, rows as they come. Returns how many rows were written.

    `preface`: lines above the headings. A text that would act as a formula gets an apostrophe, which `read` takes off again.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    for line in preface:
        writer.writerow([harmless(line)])
    writer.writerow([harmless(column.heading) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
        count += 1
    text.detach()  # the file stays open: it is not ours
    return count


def csv_cell(value: Value) -> str:
    """A value in a CSV: days as ISO, moments to the minute in Shanghai, numbers plain, texts harmless."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return harmless(value)


def write_xlsx(
    file: IO[bytes], columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]], *, title: str = "",
    preface: Iterable[str] = (),
) -> int:  # fmt: skip
    """Write a workbook with one sheet, row by row: the memory it needs does not grow with the rows. Returns how many.

    `preface`: lines above the headings. `title` names the sheet and stands on each printed page. Texts are texts, whatever
    they begin with.
    """
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    )
    sheet = book.add_worksheet(sheet_name(title))
    formats = {
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
    }
    bold = book.add_format({"bold": True})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width or _width(column))
    line = 0
    for text in preface:
        sheet.write_string(line, 0, text[:MAX_TEXT], bold if line == 0 else None)
        line += 1
    head = line
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for index, column in enumerate(columns):
        sheet.write_string(head, index, column.heading, heading)
    for row in rows:
        line += 1
        for index, value in enumerate(row):
            _write_cell(sheet, line, index, value, formats)
    _page(sheet, head, line, len(columns), title)
    book.close()
    return line - head


def write_form(
    file: IO[bytes], headings: Sequence[str], *, title: str, choices: Mapping[str, Sequence[str]], notes: Sequence[str] = (),
    filled: Iterable[Sequence[str]] = (), rows: int = 1_000,
) -> None:  # fmt: skip
    """Write a table to fill in: headings, rows that are `filled` already, and on a second sheet what to know.

    Every cell is a text, so that an identity number keeps its 18 digits. `choices`: the words of a column, offered as a list.
    """
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "in_memory": True})
    sheet, told = book.add_worksheet(sheet_name(title)), book.add_worksheet("说明")
    text, wrapped = book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E6F0F0"})
    lists = book.add_worksheet("选项")
    lists.hide()
    for index, name in enumerate(headings):
        sheet.set_column(index, index, _width(SheetColumn(name)), text)
        sheet.write_string(0, index, name, heading)
        if words := choices.get(name):
            lists.write_column(0, index, words)
            letters = column_letters(index)
            source = f"=选项!${letters}$1:${letters}${len(words)}"
            sheet.data_validation(1, index, rows, index, {"validate": "list", "source": source, "show_error": False})
    for line, row in enumerate(filled, start=1):
        for index, value in enumerate(row):
            sheet.write_string(line, index, value[:MAX_TEXT], text)
    sheet.freeze_panes(1, 0)
    told.set_column(0, 0, 90, wrapped)
    told.write_column(0, 0, notes, wrapped)
    book.close()


def _write_cell(sheet: Worksheet, line: int, index: int, value: Value, formats: dict[Kind, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, index, _local(value), formats[Kind.MOMENT])
    elif isinstance(value, date):
        sheet.write_datetime(line, index, value, formats[Kind.DATE])
    elif isinstance(value, int | Decimal) and -LOSES_DIGITS < value < LOSES_DIGITS:
        sheet.write_number(line, index, value)
    else:
        sheet.write_string(line, index, str(value)[:MAX_TEXT])


def _page(sheet: Worksheet, head: int, last: int, width: int, title: str) -> None:
    sheet.freeze_panes(head + 1, 0)
    if width:
        sheet.autofilter(head, 0, max(head, last), width - 1)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    printed = title.replace("&", "&&")[:200]
    sheet.set_footer(f"&L{printed}&R&P / &N")


def _width(column: SheetColumn) -> int:
    # A Chinese character is as wide as two digits.
    wide = sum(2 if ord(character) > 0x2E7F else 1 for character in column.heading) + 3
    least = {Kind.DATE: 12, Kind.MOMENT: 17, Kind.NUMBER: 8}.get(column.kind, 16)
    return max(NARROWEST, min(WIDEST, max(wide, least)))


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the characters that it must not have, 31 at most."""
    name = "".join(" " if character in "[]:*?/\\" else character for character in title).strip(" '")
    return name[:31] or "Sheet1"


def _local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(tzinfo=None) if moment.tzinfo else moment

"""Cells in pure rules: what is a formula, what a number in a sheet means as text."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from numbers import Real

# Excel, LibreOffice and WPS take a cell that begins so for a formula; the full-width signs too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
LOSES_DIGITS = 10**15  # a sheet keeps 15 digits of a number: an identity number typed as one is gone


class LostDigits(ValueError):
    """A number too long for a sheet: its last digits are no longer those that were typed."""


def harmless(text: str) -> str:
    """A text as it is written into a CSV cell: one that would act as a formula gets an apostrophe, as a plain number does not."""
    acts = text.lstrip("'").startswith(FORMULA_SIGNS)
    return f"'{text}" if acts and not PLAIN_NUMBER.fullmatch(text) else text


def as_meant(text: str) -> str:
    """The opposite of `harmless`: without the apostrophe that only protects."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS) else text


def cell_text(value: object) -> str:
    """A cell as text: 85.0 is "85". Refuses (LostDigits) a number of more than 15 digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Real | Decimal):
        return _number_text(Decimal(str(value)))
    return str(value).strip()


def _number_text(number: Decimal) -> str:
    if not number.is_finite():
        return ""
    if abs(number) >= LOSES_DIGITS:
        raise LostDigits
    return f"{number.normalize():f}" if number else "0"


def decoded(content: bytes) -> str:
    """Bytes of a text file: by its mark, else strict UTF-8, else GB18030 (which holds GBK and GB2312).

    Refuses (UnicodeDecodeError) what is none of them.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def rows_of(text: str) -> Iterator[list[str]]:
    """The rows of a CSV text; the separator is the one that its first line uses most: comma, tab or semicolon."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max((",", "\t", ";"), key=first.count)
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
        yield [as_meant(cell.strip(" \u3000\xa0")) for cell in row]


def squared(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Rows of one width, without the empty ones at the end and the empty columns on the right."""
    filled = [max((index + 1 for index, cell in enumerate(row) if cell), default=0) for row in rows]
    width = max(filled, default=0)
    length = max((index + 1 for index, used in enumerate(filled) if used), default=0)
    return [(*row[:width], *([""] * (width - len(row)))) for row in rows[:length]]


def column_letters(index: int) -> str:
    """The name of a column, counted from 0: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The opposite of `column_letters`: AB is 27."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1

"""Reading a table that somebody uploads: every cell as text, or a sentence that says why not."""

import csv
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.sheets.rules import LostDigits, cell_text, column_index, column_letters, decoded, rows_of, squared

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_UNPACKED = 200 * 1024 * 1024  # of an XLSX, which is a zip file
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# The furthest cells of a sheet: one cell in the last corner would make the reader lay out 17 thousand million of them.
CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]{0,3})(\d{1,7})"')
FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
FIRST_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"')

Cell = tuple[int, int]  # row and column, both counted from 0


@dataclass(frozen=True)
class Sheet:
    """A table with what its texts do not show: which cells are merged (first and last cell of each block), and which hold a
    formula. Of a CSV neither; of an XLS the formulas are not known, only what they last came to."""

    rows: list[tuple[str, ...]]
    merged: tuple[tuple[Cell, Cell], ...] = ()
    formulas: frozenset[Cell] = frozenset()


def read(file: IO[bytes], *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> list[tuple[str, ...]]:
    """The rows of a CSV, XLSX or XLS file (of a workbook: its first sheet), all of one width, every cell as text.

    What the file is says its content, not its name. Refuses (ValidationError) with a sentence: too large, too many rows, no
    table, a workbook with a password, a number that has lost its last digits. An empty file has no rows.
    """
    return read_sheet(file, max_bytes=max_bytes, max_rows=max_rows).rows


def read_sheet(file: IO[bytes], *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Sheet:
    """The same table with its merged cells and formulas, for who must not take them for what was typed. Refuses as `read`."""
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Split it and bring in the parts one after the other.")
            % {"size": max_bytes // (1024 * 1024)}
        )
    if not content.strip():
        return Sheet([])
    if not content.startswith((ZIP, OLE)):
        return Sheet(squared(_text(content, max_rows)))
    rows, merged = _workbook(content, max_rows)
    formulas = frozenset(_formulas(content)) if content.startswith(ZIP) else frozenset()
    return Sheet(squared(rows), merged, formulas)


def _refuse_long(max_rows: int) -> None:
    raise ValidationError(_("The table has more than %(rows)s rows. Split it.") % {"rows": max_rows})


def _text(content: bytes, max_rows: int) -> list[list[str]]:
    try:
        text = decoded(content)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValidationError(_("This file is no table. Save it as XLSX or as CSV."))
    rows: list[list[str]] = []
    try:
        for row in rows_of(text):
            rows.append(row)
            if len(rows) > max_rows:
                _refuse_long(max_rows)
            _refuse_wide(len(row))
    except csv.Error:
        raise ValidationError(_("This file is no table. Save it as XLSX or as CSV.")) from None
    return rows


def _workbook(content: bytes, max_rows: int) -> tuple[list[list[str]], tuple[tuple[Cell, Cell], ...]]:
    if content.startswith(ZIP):
        _look_into(content, max_rows)
    with NamedTemporaryFile(suffix=".xlsx" if content.startswith(ZIP) else ".xls") as copy, TemporaryFile() as answer:
        copy.write(content)
        copy.flush()
        _in_a_process(copy.name, answer)
        answer.seek(0)
        rows = _answered(answer, max_rows)
        return rows, tuple((tuple(first), tuple(last)) for first, last in json.loads(answer.readline() or b"[]"))  # type: ignore[misc]


def _in_a_process(path: str, answer: IO[bytes]) -> None:
    script = str(Path(__file__).with_name("workbook_process.py"))
    try:
        subprocess.run([sys.executable, "-I", script, path], stdout=answer, stderr=subprocess.DEVNULL, check=True, timeout=60)  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise ValidationError(
            _("The workbook cannot be opened: it is damaged, or protected by a password. Save it again as XLSX.")
        ) from None


def _answered(answer: IO[bytes], max_rows: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in answer:
        if line == b"end\n":
            break
        if len(rows) >= max_rows:
            _refuse_long(max_rows)
        cells = json.loads(line, parse_float=Decimal)
        _refuse_wide(len(cells))
        rows.append([_cell(value, len(rows) + 1, index) for index, value in enumerate(cells)])
    return rows


def _cell(value: Any, row: int, index: int) -> str:
    try:
        return value[0] if isinstance(value, list) else cell_text(value)
    except LostDigits:
        raise ValidationError(
            _(
                "Cell %(cell)s: a number this long has lost its last digits. Format the column as text and type it again."
            )
            % {"cell": f"{column_letters(index)}{row}"}
        ) from None


def _look_into(content: bytes, max_rows: int) -> None:
    """Refuse, before anything is unpacked in one piece: what is no XLSX, a bomb, a sheet with far corners."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise ValidationError(_("This file is no table. Save it as XLSX or as CSV."))
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                _refuse_long(max_rows)
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with archive.open(part) as sheet:
                        _refuse_far_cells(sheet, max_rows)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        raise ValidationError(
            _("The workbook cannot be opened: it is damaged, or protected by a password. Save it again as XLSX.")
        ) from None


def _refuse_far_cells(sheet: IO[bytes], max_rows: int) -> None:
    rest, unpacked = b"", 0
    while piece := sheet.read(1024 * 1024):
        unpacked += len(piece)
        if unpacked > MAX_UNPACKED:
            _refuse_long(max_rows)
        text = rest + piece
        for letters, digits in CELL.findall(text):
            if int(digits) > max_rows:
                _refuse_long(max_rows)
            if len(letters) > 2:
                _refuse_wide(MAX_COLUMNS + 1)
        rest = text[-200:]


def _formulas(content: bytes) -> Iterator[Cell]:
    """The cells of the first sheet that hold a formula, each perhaps twice."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = FIRST_SHEET.search(archive.read("xl/workbook.xml"))
        relations = archive.read("xl/_rels/workbook.xml.rels") if found else b""
        target = next(
            (part for part in re.findall(rb"<[^>]+>", relations) if found and b'Id="%b"' % found[1] in part), b""
        )
        name = re.search(rb'Target="/?(?:xl/)?([^"]+)"', target)
        if not name or f"xl/{name[1].decode()}" not in archive.namelist():
            return
        rest = b""
        with archive.open(f"xl/{name[1].decode()}") as sheet:
            while piece := sheet.read(1024 * 1024):
                text = rest + piece
                yield from ((int(row) - 1, column_index(letters.decode())) for letters, row in FORMULA.findall(text))
                rest = text[-200:]


def _refuse_wide(width: int) -> None:
    if width > MAX_COLUMNS:
        raise ValidationError(_("The table has more than %(columns)s columns.") % {"columns": MAX_COLUMNS})

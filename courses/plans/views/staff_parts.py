"""A section of a plan as it stands on the form, for somebody who reads it and does not write."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from courses.plans.book import BookSection, Field, Table
from courses.plans.book.shape import NUMBERS, Words
from courses.plans.reading import Values, row_name, rows_of
from courses.plans.wording import text_of


@dataclass(frozen=True)
class Cell:
    """One field with what is written in it, in words. `comments` are those that are open."""

    path: str
    label: Words
    text: str
    number: bool = False
    comments: int = 0


@dataclass(frozen=True)
class FormRow:
    """One row of a table; `name` where the form prints it or where it goes on with the rows of another table."""

    cells: tuple[Cell, ...]
    name: str = ""
    code: str = ""


@dataclass(frozen=True)
class FormPart:
    """Single fields that stand together (`cells`), or a table (`columns` and `rows`)."""

    title: Words = ""
    cells: list[Cell] = field(default_factory=list)
    columns: tuple[tuple[Words, bool], ...] = ()  # with whether numbers stand below
    rows: tuple[FormRow, ...] = ()
    named: bool = False
    monthly: bool = False

    @property
    def is_table(self) -> bool:
        return bool(self.columns)


def parts_of(section: BookSection, values: Values, comments: Mapping[str, int]) -> list[FormPart]:
    """The parts of a section in the order of the form. Of numbered rows those in which anything stands."""
    found: list[FormPart] = []
    for part in section.parts:
        if isinstance(part, Table):
            found.append(_table(section, part, values, comments))
            continue
        if not found or found[-1].is_table:
            found.append(FormPart())
        found[-1].cells.append(_cell(f"{section.code}.{part.code}", part, values, comments))
    return found


def _cell(path: str, asked: Field, values: Values, comments: Mapping[str, int], *, unit: bool = True) -> Cell:
    text = text_of(asked, values.get(path, ""))
    if unit and text and asked.unit:
        text = f"{text} {asked.unit}"
    return Cell(path, asked.label, text, asked.kind in NUMBERS, comments.get(path, 0))


def _table(section: BookSection, table: Table, values: Values, comments: Mapping[str, int]) -> FormPart:
    path = f"{section.code}.{table.code}"
    named = bool(table.fixed or table.rows_of)
    columns = [(_heading(column, table.monthly), column.kind in NUMBERS) for column in table.columns]
    rows = tuple(
        FormRow(
            tuple(
                _cell(f"{path}.{code}.{column.code}", column, values, comments, unit=False) for column in table.columns
            ),
            row_name(path, table, code, values) if named else "",
            code,
        )
        for code in rows_of(path, table, values)
    )
    return FormPart(table.title, [], tuple(columns), rows, named, table.monthly)


def _heading(column: Field, monthly: bool) -> Words:
    if monthly:
        return column.code.removeprefix("m")
    return f"{column.label} ({column.unit})" if column.unit else column.label

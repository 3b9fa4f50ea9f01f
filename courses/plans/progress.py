"""How far a plan is: which sections are empty, begun or filled, and what is still missing before it can be handed in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from courses.plans import reading
from courses.plans.book import Book, BookSection, Field, Table
from courses.plans.book.shape import Words
from courses.plans.reading import Values, row_name
from courses.plans.reading.fields import written_rows
from courses.plans.reading.sheets import RATINGS


class Progress(StrEnum):
    """How far a section is."""

    EMPTY = "empty"
    BEGUN = "begun"
    FILLED = "filled"  # something stands there, and nothing that is asked is missing
    FOLLOWS = "follows"  # nothing stands there and nothing has to: it counts what stands in another section


# Sections that may stay empty because they go on with another one: the year's costs with those of a month.
GO_ON_WITH = {"profit": "capital"}


@dataclass(frozen=True)
class Missing:
    """Something that is asked and not there: where to write it (`path`), what it is called, and in which row by its own name."""

    path: str
    label: Words
    row: Words = ""


def missing_in(section: BookSection, values: Values) -> list[Missing]:
    """What a section still lacks, in reading order.

    Asked are: each field that is not optional; one row in each table that is not optional, and in each row that was begun
    every cell that is not optional. Of rows that the form prints, and of the months of a year, one is enough: an empty cell
    there means nothing (0), not forgotten.
    """
    found: list[Missing] = []
    for part in section.parts:
        if isinstance(part, Field):
            path = f"{section.code}.{part.code}"
            if not part.optional and not values.get(path):
                found.append(Missing(path, part.label))
        else:
            found += _missing_in_table(section, part, values)
    return found


def missing_of(book: Book, values: Values) -> dict[str, list[Missing]]:
    """What a plan still lacks, by section; only sections that lack something."""
    found = {section.code: missing_in(section, values) for section in book.sections}
    return {code: lacking for code, lacking in found.items() if lacking}


def progress_of(book: Book, values: Values) -> dict[str, Progress]:
    """How far each section is."""
    begun = {path.split(".", 1)[0] for path, text in values.items() if text}
    return {section.code: _progress(section, values, begun) for section in book.sections}


def rows_of(table_path: str, rows: int, values: Values) -> list[str]:
    """The numbered rows ("1", "2", …) of a table in which anything stands."""
    return written_rows(values, (table_path,), rows)


def _progress(section: BookSection, values: Values, begun: Collection[str]) -> Progress:
    if section.code not in begun:
        follows = GO_ON_WITH.get(section.code) in begun and not missing_in(section, values)
        return Progress.FOLLOWS if follows else Progress.EMPTY
    return Progress.BEGUN if missing_in(section, values) or unanswered(section, values) else Progress.FILLED


def unanswered(section: BookSection, values: Values) -> int:
    """How many of the eleven statements about oneself have no answer: the plan can be handed in, the section is not complete."""
    return len(reading.self_check(values).blank) if section.code == "self" else 0


def _missing_in_table(section: BookSection, table: Table, values: Values) -> Iterator[Missing]:
    path = f"{section.code}.{table.code}"
    asked = [column for column in table.columns if not column.optional]
    if table.fixed:
        cells = [f"{path}.{row}.{column.code}" for row in table.row_codes() for column in asked]
        if cells and not table.optional and not any(values.get(cell) for cell in cells):
            yield Missing(cells[0], table.title)
        return
    rows = reading.rows_of(path, table, values)
    # There is nothing to rate while no idea was kept: the questions before it say so.
    if not rows and not table.optional and path != RATINGS:
        yield Missing(f"{path}.1.{table.columns[0].code}", table.title)
    for row in rows:
        name = row_name(path, table, row, values)
        lacking = [column for column in asked if not values.get(f"{path}.{row}.{column.code}")]
        if table.monthly:
            if asked and len(lacking) == len(asked) and not table.optional:
                yield Missing(f"{path}.{row}.{asked[0].code}", table.title, name)
        else:
            yield from (Missing(f"{path}.{row}.{column.code}", column.label, name) for column in lacking)

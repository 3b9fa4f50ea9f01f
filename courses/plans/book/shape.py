"""What a workbook is made of: sections, single fields, tables; and how each place in it is called.

A *path* names one place: `market.trend` (a field), `assets.tools.3.unit_price` (a cell of a table with numbered rows),
`capital.running.rent.amount` (a cell of a table whose rows are printed on the form). Stored values hang on paths, so a path
never changes its meaning once a plan has been written with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise

from courses.catalogue.rules import PLAN_BOOK

Words = str | Promise


class Kind(StrEnum):
    """What may stand in a field, and what the page offers for it."""

    TEXT = "text"  # one line
    LONG = "long"  # a few sentences
    MONEY = "money"  # yuan, two decimals, half up; never below 0
    COUNT = "count"  # pieces, persons, portions: whole, never below 0
    NUMBER = "number"  # two decimals (an area in m²)
    PERCENT = "percent"  # 0 to 100, two decimals
    MONTH = "month"  # 1 to 12, the month of the plan
    CHOICE = "choice"  # one of `choices`
    MANY = "many"  # some of `choices`; stored as their codes with commas between them
    YES_NO = "yes_no"  # "yes", "no" or empty


NUMBERS = (Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.PERCENT, Kind.MONTH)
WORDS = (Kind.TEXT, Kind.LONG)


@dataclass(frozen=True)
class Field:
    """One thing that is asked. `label` stands on the form, `question` on the guided path, `why` says what it is good for.

    `hint` says how to write it. `optional` fields do not count as missing. `longest` is in characters. `limits` are the lowest and
    the highest number that a COUNT may be, where they are narrower than the kind's.
    `common` are the choices that the guided path offers first where there are more than five; the others come after them.
    `question` may hold `%(row)s`, the name that stands in the first column of the row, and `%(number)s`, the row's number.
    """

    code: str
    kind: Kind
    label: Words
    question: Words = ""
    first_question: Words = ""  # asked instead in the first row of a table
    why: Words = ""
    hint: Words = ""
    unit: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    common: tuple[str, ...] = ()
    optional: bool = False
    longest: int = 200
    limits: tuple[int, int] | None = None

    def steps(self) -> tuple[tuple[tuple[str, Words], ...], ...]:
        """The choices screen by screen, in the order of the form: all at once, or first the common ones, then the others."""
        if not self.common:
            return (self.choices,)
        first = tuple(one for one in self.choices if one[0] in self.common)
        return (first, tuple(one for one in self.choices if one not in first))

    def choice_label(self, code: str) -> Words:
        """The words of a choice; empty for a code that is not offered."""
        return dict(self.choices).get(code, "")


@dataclass(frozen=True)
class Ask:
    """What the guided path says at one place: the question, what it is good for, and how to answer it."""

    question: Words = ""
    why: Words = ""
    hint: Words = ""


@dataclass(frozen=True)
class Table:
    """Rows of the same columns. Either `rows` numbered ones ("1", "2", …), of which the empty ones do not count, or the rows
    that `fixed` names as (code, label).

    The first column of a numbered table names its row. `monthly` tables have twelve columns, m1 to m12, and are shown in two
    halves; `question` asks for one of their rows as a whole. `asks` are the words of single printed rows by their code, or of single cells
    of them ("commitment.second").
    """

    code: str
    title: Words
    columns: tuple[Field, ...]
    rows: int = 0
    fixed: tuple[tuple[str, Words], ...] = ()
    question: Words = ""
    why: Words = ""
    hint: Words = ""
    asks: tuple[tuple[str, Ask], ...] = ()
    optional: bool = False
    monthly: bool = False
    rows_of: str = ""  # path of the table whose rows these are, e.g. "marketing.products": nothing is added here

    def row_codes(self) -> tuple[str, ...]:
        return tuple(code for code, _label in self.fixed) or tuple(str(number + 1) for number in range(self.rows))

    def column(self, code: str) -> Field:
        """The column of that code; KeyError where there is none."""
        return {field.code: field for field in self.columns}[code]


@dataclass(frozen=True)
class BookSection:
    """One part of the workbook. `number` is the place on the official form (1 to 10); 0 for sheets beside it."""

    code: str
    number: int
    title: Words
    parts: tuple[Field | Table, ...]
    icon: str = "pen"


class Place(NamedTuple):
    """One field of the workbook with where it stands: `table` and `row` are None for a single field."""

    path: str
    section: BookSection
    table: Table | None
    row: str | None
    field: Field


@dataclass(frozen=True)
class Book:
    """A workbook of a course: `IDEA_BOOK` (from self-assessment to an idea) or `PLAN_BOOK` (to the business plan)."""

    code: str
    title: Words
    sections: tuple[BookSection, ...]

    @property
    def is_plan(self) -> bool:
        """Whether it is the one of the business plan, with its sums, its money and its marks."""
        return self.code == PLAN_BOOK

    def section(self, code: str) -> BookSection:
        """The section of that code; KeyError where there is none."""
        return {section.code: section for section in self.sections}[code]

    def places(self) -> Iterator[Place]:
        """Every place in reading order; a table row by row."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Field):
                    yield Place(f"{section.code}.{part.code}", section, None, None, part)
                    continue
                for row in part.row_codes():
                    for field in part.columns:
                        yield Place(f"{section.code}.{part.code}.{row}.{field.code}", section, part, row, field)

    def place(self, path: str) -> Place:
        """The place of that path; KeyError where the book has none."""
        names = path.split(".")
        section = self.section(names[0])
        parts = {part.code: part for part in section.parts}
        part = parts[names[1]]
        if isinstance(part, Field) and len(names) == 2:
            return Place(path, section, None, None, part)
        if isinstance(part, Table) and len(names) == 4 and names[2] in part.row_codes():
            return Place(path, section, part, names[2], part.column(names[3]))
        raise KeyError(path)

"""A roster (花名册) as people type it: which column is which, what each row says, what is wrong with it. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

NUMBER, NAME, GENDER, BORN, IDENTITY = "learner_no", "full_name", "gender", "birth_date", "id_number"
EVIDENCE, CATEGORY, UNIT, READING = "id_evidence", "category", "unit", "literacy"

# Each column: its heading in the template, and what else schools and prisons write over it.
HEADINGS = {
    NUMBER: ("学号", "学员号", "学员编号"),
    NAME: ("姓名", "学员姓名", "名字"),
    GENDER: ("性别",),
    BORN: ("出生日期", "出生年月日", "生日"),
    IDENTITY: ("证件号码", "证件号", "身份证号", "身份证号码", "身份证", "公民身份号码", "居民身份证号码"),
    EVIDENCE: ("证件来源", "核对证件", "身份核对"),
    CATEGORY: ("人员类别", "类别", "人员类型", "学员类别"),
    UNIT: ("监区", "所在监区", "大队", "中队", "分队", "班组", "小组", "监区/大队", "所在单位/监区", "所在监区/大队"),
    READING: ("阅读能力", "识字情况", "识字程度"),
}
TEMPLATE = tuple(words[0] for words in HEADINGS.values())
GENDERS = {"男": "male", "男性": "male", "male": "male", "女": "female", "女性": "female", "female": "female"}
HEADING_ROWS = 10  # a title and the like may stand above the headings
MOST_PEOPLE = 2_000

Cell = tuple[int, int]


class Unreadable(ValueError):
    """The table as a whole cannot be brought in: a code for the sentence (`empty`, `headings`, `twice`, `many`), and what was read."""

    def __init__(self, code: str, value: str = ""):
        super().__init__(code)
        self.code, self.value = code, value


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: the column (a key of HEADINGS), a code for the sentence, what was read or the row meant."""

    column: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One row as the sheet counts them (from 1): what it says by column, cleaned but not judged."""

    row: int
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()

    def cell(self, column: str) -> str:
        """What stands in a column; empty where the table has none."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Roster:
    """The rows of a table, its headings as they stand there, and the headings that are not read."""

    lines: tuple[Line, ...]
    headings: Mapping[str, str]
    unread: tuple[str, ...] = field(default=())


def read_roster(
    rows: Sequence[Sequence[str]], *, merged: Iterable[tuple[Cell, Cell]] = (), formulas: Collection[Cell] = ()
) -> Roster:
    """Find the headings and read the rows below them.

    Merged cells above the headings are a title; below them they leave holes, so every row they touch has a fault, as has a
    row with a formula in a column that is read. Refuses (Unreadable) a table without the heading 姓名, a heading that stands
    there twice, no rows, and more than `MOST_PEOPLE`.
    """
    head, places = _headings(rows)
    blocks = [(top, bottom, left, right) for (top, left), (bottom, right) in merged if bottom > head]
    lines = []
    for index, row in enumerate(rows[head + 1 :], start=head + 1):
        cells = {column: clean(row[place]) for column, place in places.items() if place < len(row)}
        faults = _hidden_faults(index, places, blocks, formulas, row)
        if any(cells.values()) or faults:
            lines.append(Line(index + 1, cells, tuple(faults)))
    if not lines:
        raise Unreadable("empty")
    if len(lines) > MOST_PEOPLE:
        raise Unreadable("many", str(len(lines)))
    found = {column: rows[head][place].strip() for column, place in places.items()}
    unread = [clean(cell) for place, cell in enumerate(rows[head]) if clean(cell) and place not in places.values()]
    return Roster(tuple(lines), found, tuple(unread))


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    words = {heading(word): column for column, found in HEADINGS.items() for word in found}
    for index, row in enumerate(rows[:HEADING_ROWS]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            column = words.get(heading(cell))
            if column in places:
                raise Unreadable("twice", cell.strip())
            if column:
                places[column] = place
        if NAME in places:
            return index, places
    raise Unreadable("headings" if any(any(row) for row in rows) else "empty")


def _hidden_faults(
    index: int, places: Mapping[str, int], blocks: Sequence[tuple[int, int, int, int]], formulas: Collection[Cell],
    row: Sequence[str],
) -> list[Fault]:  # fmt: skip
    faults = []
    for column, place in places.items():
        if any(top <= index <= bottom and left <= place <= right for top, bottom, left, right in blocks):
            faults.append(Fault(column, "merged"))
        elif (index, place) in formulas or (place < len(row) and row[place].lstrip().startswith(("=", "＝"))):
            faults.append(Fault(column, "formula"))
    return faults


def heading(cell: str) -> str:
    """A heading as it is compared: half-width, without blanks, stars, colons and what stands in brackets."""
    text = re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", cell))
    return re.sub(r"[\s*:]", "", text).lower()


def clean(cell: str) -> str:
    """A cell without blanks at the ends and without characters that nobody sees."""
    return re.sub(r"[​-‏﻿]", "", unicodedata.normalize("NFC", cell)).strip()


def word(cell: str) -> str:
    """A word of a list as it is compared: half-width, lower case, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).lower()


def digits(cell: str) -> str:
    """A learner number as it is compared: half-width, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell))


def day(cell: str) -> date:
    """A day however it is written: 1985-03-04, 1985/3/4, 1985.3.4, 1985年3月4日, 19850304. Refuses (ValueError) anything else."""
    text = word(cell)
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text) or re.fullmatch(
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:0:00|00:00(?::00)?)?", text
    )
    if found is None:
        raise ValueError(cell)
    return date(*(int(part) for part in found.groups()))


@dataclass(frozen=True)
class Mention:
    """What one row is known by (`known_by`), and by which of such keys of a row above it is about the same person (`same_as`)."""

    row: int
    known_by: frozenset[tuple[str, ...]]
    same_as: frozenset[tuple[str, ...]]


def mention(row: int, *, name: str, born: str, identity: str = "", number: str = "", file: str = "") -> Mention:
    """Who is meant. An identity number, a learner number or a file say it exactly; a name alone may be anybody's of the name."""
    exact: set[tuple[str, ...]] = {
        (kind, key) for kind, key in (("identity", identity), ("number", number), ("file", file)) if key
    }
    named: set[tuple[str, ...]] = (
        {("name", name, born), ("name", name, "any")} if born else {("name", name, "any"), ("name", name, "none")}
    )
    same = exact or {("name", name, born or "any"), ("name", name, "none")}
    return Mention(row, frozenset(exact | named), frozenset(same))


def second_mentions(mentions: Iterable[Mention]) -> dict[int, int]:
    """Rows about somebody whom a row above is about already: row → that row."""
    first: dict[tuple[str, ...], int] = {}
    second: dict[int, int] = {}
    for one in mentions:
        above = min((first[key] for key in one.same_as if key in first), default=None)
        if above is not None:
            second[one.row] = above
        for key in one.known_by:
            first.setdefault(key, one.row)
    return second

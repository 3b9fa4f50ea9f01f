"""One sheet of the workbook: cells that know where they stand, so that a formula can name them.

A typed text is written as a text and can never act as a formula; only `Formula` makes one. Each formula carries the value that
the rules have found, so a reader that does not calculate shows the same figures.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from courses.plans.rules.figures import MONTHS, Decimal
from courses.plans.rules.tables import Row
from courses.sheets.writing import sheet_name

MAX_TEXT = 32_767
LABEL, FIRST = 0, 1  # columns: what a row is called, and its first month
TOTAL = FIRST + MONTHS
MONEY = '#,##0.00;[Red]-#,##0.00;"–"'  # a nought is a dash, as on paper
CENTS = "#,##0.00;[Red]-#,##0.00;0.00"  # where it matters that there is a nought
RULE = {"bottom": 1, "bottom_color": "#d5dedb"}  # a pale line below each row: a printer draws no grid
HEAD: dict[str, Any] = {"bold": True, "bg_color": "#e4eeeb", "bottom": 1, "bottom_color": "#0b4e53"}
NARROW, LINE, HIGHEST = 8.43, 15.75, 409  # of a column that nobody has set, in digits; of a row, in points
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # inches: what a desk printer can do


@dataclass(frozen=True)
class Formula:
    """What a cell works out (without "="), and what comes of it."""

    text: str
    value: Decimal | int | str


Content = str | int | Decimal | Formula | None


@dataclass
class Styles:
    """The formats of the whole workbook, made once."""

    book: Book
    made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def __call__(self, **wishes: Any) -> Any:
        key = tuple(sorted(wishes.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": "宋体", "font_size": 11, "valign": "vcenter", **wishes})
        return self.made[key]


@dataclass
class Sheet:
    """A sheet that is written from top to bottom. `line` is the next free row, counted from 0."""

    page: Worksheet
    name: str
    style: Styles
    line: int = 0
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, int] = field(default_factory=dict)  # lines of text in the rows that have more than one

    @classmethod
    def begin(cls, book: Book, style: Styles, title: str, *, wide: bool = False) -> "Sheet":
        name = sheet_name(title)
        page = book.add_worksheet(name)
        page.set_paper(9)  # A4
        if wide:
            page.set_landscape()
        page.fit_to_pages(1, 1 if wide else 0)
        page.set_margins(**MARGINS)
        page.set_footer("&R&P / &N")
        sheet = cls(page, name, style)
        page.write_string(0, 0, title, style(bold=True, font_size=15, font_color="#0b4e53"))
        sheet.line = 2
        return sheet

    def columns(self, *widths: float) -> None:
        """How wide the columns are, in digits; a Chinese character takes two."""
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
            self.widths[column] = width

    def at(self, line: int, column: int) -> str:
        """The name of a cell as a formula on any sheet says it."""
        return f"{self._lead}{xl_rowcol_to_cell(line, column, True, True)}"

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """The name of a range."""
        return f"{self.at(*first)}:{xl_rowcol_to_cell(*last, True, True)}"

    @property
    def _lead(self) -> str:
        escaped = self.name.replace("'", "''")
        return f"'{escaped}'!"

    def put(self, line: int, column: int, content: Content, **wishes: Any) -> str:
        """Write a cell and return its name. A figure that is too wide for its column is set smaller: never "####"."""
        if isinstance(content, int | Decimal | Formula):
            wishes = {name: wish for name, wish in wishes.items() if name != "text_wrap"} | {"shrink": True}
        shown = self.style(**(RULE | wishes))
        if isinstance(content, Formula):
            self.page.write_formula(line, column, f"={content.text}", shown, content.value)
        elif content is None or content == "":
            self.page.write_blank(line, column, None, shown)
        elif isinstance(content, int | Decimal):
            self.page.write_number(line, column, content, shown)
        else:
            self.page.write_string(line, column, content[:MAX_TEXT], shown)
            if wishes.get("text_wrap"):
                self._make_room(line, lines_of(content, self.widths.get(column, NARROW)))
        return self.at(line, column)

    def _make_room(self, line: int, needed: int) -> None:
        """Make a row as high as its text: not every program does it by itself, and none where cells are merged."""
        if needed > self.heights.get(line, 1):
            self.heights[line] = needed
            self.page.set_row(line, min(needed * LINE, HIGHEST))

    def across(self, line: int, column: int, last: int, content: str, **wishes: Any) -> str:
        """A long text over several columns; returns the name of its cell."""
        self.page.merge_range(line, column, line, last, "", self.style(**(RULE | wishes)))
        self.page.write_string(line, column, content[:MAX_TEXT], self.style(**(RULE | wishes)))
        self._make_room(line, lines_of(content, sum(self.widths.get(one, NARROW) for one in range(column, last + 1))))
        return self.at(line, column)

    def heading(self, text: str) -> None:
        self.line += 1
        self.page.write_string(self.line, 0, text, self.style(bold=True, font_size=12))
        self.line += 1

    def heads(self, words: Sequence[str]) -> None:
        for column, word in enumerate(words):
            self.put(self.line, column, word, text_wrap=True, **HEAD)
        self.line += 1

    def entry(self, label: str, content: Content, **wishes: Any) -> str:
        """A label and what belongs to it, in one row; returns the name of the second cell."""
        self.put(self.line, 0, label, font_color="#3f4644")
        name = self.put(self.line, 1, content, **({"align": "left", "text_wrap": True} | wishes))
        self.line += 1
        return name

    def months(
        self,
        label: Content,
        cells: Sequence[Content],
        total: Content = None,
        *,
        number: str = MONEY,
        strong: bool = False,
    ) -> "Line":
        """A row of twelve months with its total at the end."""
        line = self.line
        look = {"bold": True, "bg_color": "#eef3f1"} if strong else {}
        self.put(line, LABEL, label, **look)
        for month, content in enumerate(cells):
            self.put(line, FIRST + month, content, num_format=number, **look)
        if total is not None:
            self.put(line, TOTAL, total, num_format=number, left=1, **look)
        self.line += 1
        return Line(self, line)

    def month_heads(self, first: str, last: str) -> "Line":
        """The head of a monthly table: the months as the numbers 1 to 12, which formulas can compare."""
        self.put(self.line, LABEL, first, **HEAD)
        for month in range(MONTHS):
            self.put(self.line, FIRST + month, month + 1, num_format='0"月"', align="right", **HEAD)
        self.put(self.line, TOTAL, last, align="right", **HEAD)
        self.line += 1
        self.page.freeze_panes(self.line, 1)
        self.page.repeat_rows(self.line - 1)
        return Line(self, self.line - 1)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many digits."""
    room = max(2, int(width) - 1)
    taken = (sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in part) for part in text.split("\n"))
    return sum(max(1, -(-length // room)) for length in taken)


@dataclass(frozen=True)
class Line:
    """A row of twelve months that stands on a sheet."""

    sheet: Sheet
    number: int

    def month(self, month: int) -> str:
        """The name of the cell of a month, 1 to 12."""
        return self.sheet.at(self.number, FIRST + month - 1)

    @property
    def total(self) -> str:
        return self.sheet.at(self.number, TOTAL)

    @property
    def year(self) -> str:
        """The name of the twelve cells."""
        return self.sheet.span((self.number, FIRST), (self.number, TOTAL - 1))


def reckoned(row: Row, formula: Any) -> list[Formula]:
    """A row of the rules as cells: `formula(month)` says how each is worked out."""
    return [Formula(formula(month), amount) for month, amount in enumerate(row.months, start=1)]

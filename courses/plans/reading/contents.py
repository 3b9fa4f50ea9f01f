"""The words and numbers of a workbook as the reviewer's note on similarity compares them (4.8)."""

from decimal import Decimal

from courses.plans.book.shape import NUMBERS, WORDS, Book, BookSection, Table
from courses.plans.reading.fields import Values
from courses.plans.rules.similarity import SectionContent


def contents_of(values: Values, book: Book) -> dict[str, SectionContent]:
    """The words and the numbers of each section, as `similarity` compares them."""
    return {section.code: _content(values, section) for section in book.sections}


def _content(values: Values, section: BookSection) -> SectionContent:
    words, tables = [], []
    for part in section.parts:
        if not isinstance(part, Table):
            if part.kind in WORDS:
                words.append(values.get(f"{section.code}.{part.code}", ""))
            continue
        cells = [
            (column.kind, values.get(f"{section.code}.{part.code}.{row}.{column.code}", ""))
            for row in part.row_codes()
            for column in part.columns
        ]
        words += [text for kind, text in cells if kind in WORDS]
        tables.append(tuple(Decimal(text) for kind, text in cells if kind in NUMBERS and text))
    return SectionContent("".join(words), tuple(table for table in tables if table))

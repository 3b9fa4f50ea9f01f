"""Puts the questions of the guided path beside the fields of the form."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from courses.plans.book.questions import ASKS
from courses.plans.book.shape import Ask, BookSection, Field, Kind, Table

HINTS = {
    Kind.TEXT: _("A few words are enough."),
    Kind.LONG: _("One or two sentences are enough."),
    Kind.MONEY: _("Write a number, for example 88 or 88.50."),
    Kind.COUNT: _("Write a whole number, for example 12."),
    Kind.NUMBER: _("Write a number, for example 20 or 20.5."),
    Kind.PERCENT: _("Write a number from 0 to 100. 10 means: 10 of each 100 yuan."),
    Kind.MONTH: _("Write a month from 1 to 12. 1 is the month in which you open."),
    Kind.CHOICE: _("Choose one."),
    Kind.MANY: _("Choose what fits. It may be more than one."),
    Kind.YES_NO: _("Choose one."),
}
LIKE = {f"assets.{table}": "assets.*" for table in ("tools", "vehicles", "furniture", "premises")}


def asked(section: BookSection) -> BookSection:
    """The section with the words of the guided path."""
    return replace(section, parts=tuple(_part(f"{section.code}.{part.code}", part) for part in section.parts))


def _part(path: str, part: Field | Table) -> Field | Table:
    if isinstance(part, Field):
        return _field(path, part)
    own = _words(path)
    cells = [row for code in part.row_codes() for row in (code, *(f"{code}.{one.code}" for one in part.columns))]
    asks = tuple((cell, ASKS[key]) for cell in cells if (key := _bracketed(path, cell)) in ASKS)
    columns = part.columns if part.monthly else tuple(_field(f"{path}.{one.code}", one) for one in part.columns)
    if part.monthly:
        own = replace(own, hint=own.hint or HINTS[part.columns[0].kind])
    return replace(part, question=own.question, why=own.why, hint=own.hint, asks=asks, columns=columns)


def _bracketed(path: str, cell: str) -> str:
    """How the words of a printed row ("[commitment]") or of one of its cells ("[commitment].second") are called."""
    row, dot, column = cell.partition(".")
    return f"{path}[{row}]{dot}{column}"


def _field(path: str, field: Field) -> Field:
    own = _words(path)
    first = ASKS.get(f"{path}[1]", Ask())
    hint = own.hint or field.hint or HINTS[field.kind]
    return replace(field, question=own.question, first_question=first.question, why=own.why, hint=hint)


def _words(path: str) -> Ask:
    names = path.split(".")
    alike = ".".join([LIKE.get(".".join(names[:2]), ".".join(names[:2])), *names[2:]])
    return ASKS.get(path) or ASKS.get(alike) or Ask()

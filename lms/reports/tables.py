"""What a report is: a definition, columns, and rows. One table serves screen, CSV, XLSX and print."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.db.models.sql.where import WhereNode
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode

from courses.people.models import User
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight

Text = str | Promise
Value = str | int | Decimal | date | datetime | None
Row = tuple[Value, ...]
NOTHING = "—"
# What rows say about their class. Prefetched, not joined: thousands of rows share a few classes and their stored rules.
CLASS_PARTS = ("training_class__edition", "training_class__host", "training_class__provider")
CHUNK = 500  # rows that are looked up together where all of them are read


class Kind(StrEnum):
    """How a column's values are meant; half-hours are handed over as class hours (Decimal)."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    HOURS = "hours"
    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True)
class Column:
    """One column. `sensitive`: an identity number, masked unless a second person has signed (PRV-2)."""

    code: str
    heading: Text
    kind: Kind = Kind.TEXT
    sensitive: bool = False


@dataclass(frozen=True)
class Count:
    """One figure above the table, with its unit (persons, person-times, documents) or, for a rate, both its counts."""

    code: str
    label: Text
    value: str
    unit: Text = ""
    note: str = ""


class Rows:
    """The rows of a report, looked up as they are read: `len`, a slice (a page) and iteration in chunks of `CHUNK`."""

    def __init__(self, objects: "QuerySet[Any] | Sequence[Any]", cells: Callable[[list[Any]], list[Row]]):
        self.objects: Any = objects
        self.cells = cells
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self.objects.count() if isinstance(self.objects, QuerySet) else len(self.objects)
        return self._length

    def __getitem__(self, part: slice) -> list[Row]:
        return self.cells(list(self.objects[part]))

    def __iter__(self) -> Iterator[Row]:
        # One list of keys, then each chunk by its keys: rows that are written meanwhile shift no page.
        if not isinstance(self.objects, QuerySet):
            for start in range(0, len(self.objects), CHUNK):
                yield from self.cells(list(self.objects[start : start + CHUNK]))
            return
        keys = list(self.objects.values_list("pk", flat=True))
        # The keys stand for every condition. Asked again with 500 keys, SQLite tried each of them on each row: 1.2 s a chunk.
        plain = self.objects.order_by()
        plain.query.where = WhereNode()
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            found = {one.pk: one for one in plain.filter(pk__in=part)}
            yield from self.cells([found[key] for key in part if key in found])


class Report:
    """A table of facts. A subclass gives the class attributes, `objects` and `cells`; see docs/contribute.md."""

    code: str
    title: Text
    description: Text  # the definition, as it is shown: what one row is, which day decides
    unit: Text  # what one row is
    columns: tuple[Column, ...]
    rights: tuple[str, ...] = ()  # any of them, at an organisation or a class, opens the report
    asks_category = False  # whether it can be narrowed to a category of people

    def usual_period(self, today: date) -> Period:
        """The period that is shown before anybody chooses one."""
        return Period.year_to_date(today)

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[Any] | Sequence[Any]":
        """One object for each row, in order: only what the user may see, in the scope and in the period."""
        raise NotImplementedError

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        """The values of some objects, one tuple each in the order of `columns`: always the same number of queries."""
        raise NotImplementedError

    def counts(self, rows: Rows) -> list[Count]:
        """The figures above the table, each with its unit."""
        return [Count("rows", self.title, str(len(rows)), self.unit)]

    def rows(self, user: User, scope: Scope, period: Period, sight: Sight | None = None) -> Rows:
        """The rows that a user may see. `sight` says which personal values are shown: the user's own by default, masked."""
        eyes = sight or Sight.of(user)
        return Rows(self.objects(user, scope, period), lambda objects: self.cells(objects, eyes))

    def count(self, user: User, scope: Scope, period: Period) -> int:
        """How many rows there are for this user."""
        return len(Rows(self.objects(user, scope, period), lambda _objects: []))

    def url(self, scope: Scope, period: Period) -> str:
        """The page with exactly these rows: for figures on a board (TGT-8)."""
        asked: dict[str, Any] = {"first": period.first.isoformat(), "last": period.last.isoformat()}
        for name in ("organisation", "region", "programme"):
            chosen = getattr(scope, name)
            if chosen is not None:
                asked[name] = chosen.pk
        if scope.training_class is not None:
            asked["class_no"] = scope.training_class.class_no
        if scope.category:
            asked["category"] = scope.category
        return f"{reverse('reports_report', args=[self.code])}?{urlencode(asked)}"


def hours(half_hours: int) -> Decimal:
    """Half-hours as class hours: 7 is 3.5."""
    return Decimal(half_hours) / 2


def text_of(value: Value) -> str:
    """A value as everybody reads it, on the screen, on paper and in a CSV file; nothing is "—"."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)

"""Queries that are asked with every click of a classroom: their SQL is made once per process, not once per question.

Making the SQL of one query costs Django about a millisecond, ten times what the database needs to answer it; an exam answer
asks four. What comes back are ordinary objects, with what `select_related` names::

    BY_TOKEN = Prepared(lambda token: Session.objects.live().select_related("learner").filter(token_hash=token), str)
    session = BY_TOKEN.one(digest)

Only for queries of one shape, with plain values, that a measurement names (`docs/performance.md`); everything else is a QuerySet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
# Stand where the values will be while the SQL is made; small enough for the smallest column, and in no query of ours.
PLACES: dict[type, tuple[Any, ...]] = {str: ("\x01first", "\x01second"), int: (31_741, 31_743, 31_747)}


@dataclass(frozen=True)
class Made:
    """The SQL of a query, and how its rows become objects."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # which parameter is which value
    model: type[Model]
    names: Sequence[str]
    columns: slice
    related: Sequence[Any]
    converters: Sequence[tuple[int, Any, Any]]
    locks: bool


class Prepared(Generic[M]):
    """A query with places for values: `build` gets one argument for each of `kinds` (at most two str and three int).

    `build` must filter by the values as they are: no `None`, no value that decides about the shape of the query.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type):
        self.build, self.kinds = build, kinds
        self._made: dict[str, Made] = {}  # by kind of database

    def __call__(self, *values: Any) -> list[M]:
        """The objects that match, in the order that `build` gives. Refuses (TransactionManagementError) a lock outside a
        transaction, as a QuerySet does."""
        if len(values) != len(self.kinds):
            raise ValueError(f"A prepared query of {len(self.kinds)} values was given {len(values)}.")
        made = self._made.get(connection.vendor) or self._make()
        if made.locks and not connection.in_atomic_block:
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        params = list(made.params)
        for place, value in made.places:
            params[place] = values[value]
        with _cursor() as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        return [_object(made, list(row)) for row in rows]

    def one(self, *values: Any) -> M:
        """The object that matches. Raises its `DoesNotExist` where there is none; more than one is a mistake of `build`."""
        found = self(*values)
        if not found:
            raise next(iter(self._made.values())).model.DoesNotExist  # type: ignore[attr-defined]
        (only,) = found
        return only

    def _make(self) -> Made:
        marks = [PLACES[kind][self.kinds[:place].count(kind)] for place, kind in enumerate(self.kinds)]
        queryset = self.build(*marks)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        info = compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1]
        made = self._made[connection.vendor] = Made(
            sql=sql, params=tuple(params), places=tuple(_places(params, marks)), model=queryset.model,
            names=[column[0].target.attname for column in compiler.select[first : last + 1]],
            columns=slice(first, last + 1), related=get_related_populators(info, compiler.select, connection.alias),  # type: ignore[call-arg]
            converters=_converters(compiler), locks=bool(queryset.query.select_for_update),
        )  # fmt: skip
        return made


def _cursor() -> Any:
    """On PostgreSQL one whose values go beside the statement: the server then plans it once for each connection."""
    cursor = connection.cursor()
    if connection.vendor == "postgresql":
        from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415  (psycopg is not everywhere)

        cursor.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return cursor


def _places(params: Iterable[Any], marks: Sequence[Any]) -> list[tuple[int, int]]:
    found = [(place, marks.index(param)) for place, param in enumerate(params) if param in marks]
    if {value for _place, value in found} != set(range(len(marks))):
        raise ValueError("A prepared query uses each of its values.")
    return found


def _converters(compiler: Any) -> list[tuple[int, Any, Any]]:
    """Column, functions and expression: what makes Python's values of those that the database gives (times on SQLite, JSON)."""
    found = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
    return [(place, functions, expression) for place, (functions, expression) in found.items()]


def _object(made: Made, row: list[Any]) -> Any:
    for place, functions, expression in made.converters:
        for convert in functions:
            row[place] = convert(row[place], expression, connection)
    found = made.model.from_db(connection.alias, made.names, row[made.columns])
    for populator in made.related:
        populator.populate(row, found)
    return found

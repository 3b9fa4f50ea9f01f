"""What can be counted for a target (TGT-2): each measure says its unit, what it means, and which list stands behind it.

A measure whose facts are not recorded yet (employment, hand-over, intentions, subsidies) is not offered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.reports.counted import (
    CertificatesAwarded,
    Certified,
    Completions,
    CountedList,
    Enrolled,
    EverSat,
    FinallyPassed,
    FirstPassed,
    FirstSat,
    Trained,
)
from lms.reports.rules import Period
from lms.reports.scope import Scope

Key = TypeVar("Key")
Asked = tuple["Measure", Scope, Period]
AT_ONCE = 200  # SQLite joins at most 500 selects into one question
PERSONS, PERSON_TIMES, DOCUMENTS, PERCENT = "persons", "person_times", "documents", "percent"
UNITS: dict[str, Any] = {
    PERSONS: pgettext_lazy("unit", "persons"),
    PERSON_TIMES: pgettext_lazy("unit", "person-times"),
    DOCUMENTS: pgettext_lazy("unit", "documents"),
    PERCENT: "%",
}


@dataclass(frozen=True)
class Figure:
    """What a measure counted. A rate has a denominator; 0 there means that nothing can be said ("—")."""

    numerator: int
    denominator: int | None = None


@dataclass(frozen=True)
class Measure:
    """One way of counting. `list` is the table with exactly `numerator` rows; of a rate, `whole` has `denominator` rows."""

    code: str
    title: str | Promise
    unit: str  # a key of UNITS
    definition: str | Promise  # one sentence, shown beside the number
    list: CountedList
    whole: CountedList | None = None

    @property
    def is_rate(self) -> bool:
        """Whether it is a share of something, and not a count that grows."""
        return self.whole is not None

    @property
    def unit_word(self) -> str:
        """The unit as it is written: persons, person-times, documents, %."""
        return str(UNITS[self.unit])

    def value(self, scope: Scope, period: Period) -> Figure:
        """What it counts in a scope and a period: one query."""
        return values({0: (self, scope, period)})[0]

    def counting(self, key: int, scope: Scope, period: Period) -> "QuerySet[Any, Any]":
        """One row: `key`, numerator and denominator (0 for a count)."""
        table = self.whole or self.list
        rows = table.selection(scope, period).order_by()
        part: Any
        whole: Any
        if self.is_rate:
            part, whole = Count("pk", filter=Q(good=True)), Count("pk")
        else:
            part = Count(table.person, distinct=True) if table.person else Count("pk")
            whole = Value(0, IntegerField())
        counted = rows.annotate(key=Cast(Value(key), IntegerField())).values("key")
        return counted.annotate(part=part, whole=whole).values_list("key", "part", "whole")


def values(asked: Mapping[Key, Asked]) -> dict[Key, Figure]:
    """Many figures in one question to the database, whatever they count (one for each 200)."""
    keys = list(asked)
    found = {key: Figure(0, 0 if asked[key][0].is_rate else None) for key in keys}
    for start in range(0, len(keys), AT_ONCE):
        queries = [
            asked[key][0].counting(number, *asked[key][1:])
            for number, key in enumerate(keys[start : start + AT_ONCE], start)
        ]
        rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
        for number, part, whole in rows:
            found[keys[number]] = Figure(part, whole if asked[keys[number]][0].is_rate else None)
    return found


MEASURES: tuple[Measure, ...] = (
    Measure(
        "trained", _("Persons trained"), PERSONS,
        _("Persons who completed a class (enough hours), each counted once; the day of completion decides."),
        Trained(),
    ),
    Measure(
        "trained_person_times", _("Completions"), PERSON_TIMES,
        _("Completions of a class; somebody who completed two counts twice. The day of completion decides."),
        Completions(),
    ),
    Measure(
        "certified", _("Persons certified"), PERSONS,
        _("Persons with a certificate that holds, each counted once; the date of award decides."),
        Certified(),
    ),
    Measure(
        "certificates", _("Certificates awarded"), DOCUMENTS,
        _("Certificates that hold; a replacement is not a second one. The date of award decides."),
        CertificatesAwarded(),
    ),
    Measure(
        "first_pass_rate", _("First pass rate"), PERCENT,
        _("Passed everything at the first sitting, of those who came to it; the day of the first sitting decides."),
        FirstPassed(), FirstSat(),
    ),
    Measure(
        "final_pass_rate", _("Final pass rate"), PERCENT,
        _("Passed everything in the end, of those who ever came to the exam; the day of the first time decides."),
        FinallyPassed(), EverSat(),
    ),
    Measure(
        "enrolments", _("Enrolments"), PERSON_TIMES,
        _("Taken into a class; somebody in two classes counts twice. The day of enrolment decides."),
        Enrolled(),
    ),
)  # fmt: skip


def measure(code: str) -> Measure | None:
    """The measure with a code, or None."""
    return next((one for one in MEASURES if one.code == code), None)

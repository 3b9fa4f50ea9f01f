"""The lists behind the measures: each has exactly as many rows as its number counts (TGT-8)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, F, Min, QuerySet
from django.db.models import Value as Constant
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.classes.models import Enrolment
from courses.people.models import User
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight
from lms.reports.tables import Column, Report, Row, Value

PERSON = (
    Column("learner_no", _("learner number")),
    Column("name", pgettext_lazy("of a person", "name")),
    Column("region", _("region")),
    Column("class_no", _("class")),
    Column("course", _("course")),
    Column("host", _("place")),
    Column("provider", _("school")),
)
CLASS = ("training_class__edition", "training_class__host__region", "training_class__provider")


class CountedList(Report):
    """A list that a number counts. `selection` is the one definition of what counts: the number and the rows both come from it."""

    asks_category = True
    in_menu = False  # reached from the number
    person = ""  # where the learner is, for lists with one row for each person
    learner = "learner"
    moment: str  # the event, a moment or a day
    good: str = ""  # of a whole with its part: what says that a row belongs to the part

    def everything(self) -> "QuerySet[Any]":
        """What is counted, before any choice."""
        raise NotImplementedError

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        """What counts in a scope and a period; `among` narrows it to what somebody may see. Without order."""
        raise NotImplementedError

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[Any] | Sequence[Any]":
        """The rows that a user may see: one for each person where persons are counted, else all."""
        found = self.selection(scope, period, self.everything().visible_to(user))  # type: ignore[attr-defined]
        if self.person:  # of several events of a person the one that was written down first
            first = found.order_by().values(self.person).annotate(first=Min("pk")).values("first")
            found = self.everything().filter(pk__in=first)
        return self.with_words(found)

    def facts(self, scope: Scope, period: Period) -> list[tuple[int, int, date, bool]]:
        """What is frozen of each row: its key, the learner, the day of the event, and whether it is counted.

        The key is the learner's where persons are counted, with the first day of the period; else the row's own.
        """
        rows = self.selection(scope, period).order_by(self.moment, "pk")
        good = F(self.good) if self.good else Constant(True, BooleanField())
        found: dict[int, tuple[int, int, date, bool]] = {}
        for pk, learner, moment, counted in rows.values_list("pk", self.learner, self.moment, good):
            day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
            found.setdefault(learner if self.person else pk, (learner if self.person else pk, learner, day, counted))
        return list(found.values())

    def with_words(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows with all that their cells name, in the order in which they are read."""
        raise NotImplementedError

    def enrolment_of(self, one: Any) -> Enrolment:
        """Whose row it is."""
        raise NotImplementedError

    def last_cells(self, one: Any) -> tuple[Value, ...]:
        """The values of the list's own columns."""
        raise NotImplementedError

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        """Who, where, in which class, and when."""
        found: list[Row] = []
        for one in objects:
            enrolment = self.enrolment_of(one)
            held = enrolment.training_class
            region = str(held.host.region) if held.host.region else ""
            found.append((
                enrolment.learner.learner_no, enrolment.learner.full_name, region, held.class_no, held.edition.title,
                held.host.name, held.provider.name, *self.last_cells(one),
            ))  # fmt: skip
        return found

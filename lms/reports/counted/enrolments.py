"""Lists of enrolments: who came into a class, who completed it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.classes.models import Enrolment
from courses.people.permissions import VIEW_CLASSES
from lms.reports.counted.base import CLASS, PERSON, CountedList
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import Column, Kind, Value


class _Enrolments(CountedList):
    rights = (VIEW_CLASSES,)
    moment = "ended_at"

    def everything(self) -> "QuerySet[Enrolment]":
        return Enrolment.objects.all()

    def with_words(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        words = rows.select_related("learner", *CLASS)
        return words.order_by(self.moment, "training_class__class_no", "roster_no", "pk")

    def enrolment_of(self, one: Any) -> Enrolment:
        return one

    def last_cells(self, one: Any) -> tuple[Value, ...]:
        return (timezone.localdate(getattr(one, self.moment)),)


class Completions(_Enrolments):
    """Completed enrolments: one row for each (TGT-2 `trained_person_times`)."""

    code = "completions"
    title = _("Completions")
    description = _("Every completion of a class in the period. Somebody who completed two classes has two rows.")
    event = _("day of completion")
    unit = pgettext_lazy("unit", "person-times")
    columns = (*PERSON, Column("completed_on", _("completed on"), Kind.DATE))

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        return scope.enrolments(among, event="ended_at").filter(
            state=Enrolment.State.COMPLETED, ended_at__gte=period.starts_at, ended_at__lt=period.ends_before
        )


class Trained(Completions):
    """The same, one row for each person (TGT-2 `trained`)."""

    code = "trained"
    title = _("Persons trained")
    description = _("Everybody who completed a class in the period, once: shown with the first of the completions.")
    unit = pgettext_lazy("unit", "persons")
    person = "learner"


class Enrolled(_Enrolments):
    """Who came into a class in the period."""

    code = "enrolled"
    title = _("Enrolments")
    description = _("Everybody who was taken into a class in the period; one row for each class.")
    event = _("day of enrolment")
    unit = pgettext_lazy("unit", "person-times")
    columns = (*PERSON, Column("enrolled_on", _("enrolled on"), Kind.DATE))
    moment = "enrolled_at"

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        return scope.enrolments(among, event="enrolled_at").filter(
            enrolled_at__gte=period.starts_at, enrolled_at__lt=period.ends_before
        )

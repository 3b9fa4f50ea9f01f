"""Lists of those who sat an exam and of those who passed it (EXM-8)."""

from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.classes.models import Enrolment
from courses.exams.models import Grade
from courses.people.permissions import VIEW_RESULTS
from courses.results.models import Outcome
from lms.reports.counted.base import CLASS, PERSON, CountedList
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import Column, Kind, Value


class _Sat(CountedList):
    """Confirmed results of those who came to the exam, by the day on which they first came (EXM-8).

    Results as they stood at the end of the period: a resit that was confirmed later does not change an earlier period.
    """

    rights = (VIEW_RESULTS,)
    learner, moment, good = "enrolment__learner", "sat_on", "good"
    event = _("day of the first sitting")
    unit = pgettext_lazy("unit", "person-times")
    columns = (*PERSON, Column("sat_on", _("first sat on"), Kind.DATE), Column("result", _("result")))
    first_sitting = False  # whether only the first sitting counts, or a resit as well

    def everything(self) -> "QuerySet[Outcome]":
        return Outcome.objects.all()

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        sat = _grades(period).filter(absent=False, **({"resit": False} if self.first_sitting else {}))
        missed = _grades(period).filter(Q(absent=True) | Q(score__lt=F("exam__pass_mark")), resit=False)
        good = Q(passed=True) & ~Q(Exists(missed)) if self.first_sitting else Q(passed=True)
        rows = self.everything() if among is None else among
        rows = rows.filter(_standing("confirmed_at", period)).annotate(
            sat_on=Subquery(sat.order_by("sat_on").values("sat_on")[:1]),
            good=Case(When(good, then=True), default=False, output_field=BooleanField()),
        )
        found = scope.narrow(
            rows, training_class="enrolment__training_class", learner="enrolment__learner", event="sat_on", by_day=True
        )
        return found.filter(sat_on__gte=period.first, sat_on__lte=period.last)

    def with_words(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        words = ("enrolment__learner", *(f"enrolment__{name}" for name in CLASS))
        return rows.select_related(*words).order_by(
            "sat_on", "enrolment__training_class__class_no", "enrolment__roster_no"
        )

    def enrolment_of(self, one: Any) -> Enrolment:
        return one.enrolment

    def last_cells(self, one: Any) -> tuple[Value, ...]:
        return one.sat_on, gettext("passed") if one.good else gettext("not passed")


class FirstSat(_Sat):
    """EXM-8, the whole of the first pass rate."""

    code = "first_sitting"
    title = _("First sittings")
    description = _("Everybody who came to the first sitting of an exam in the period and whose result is confirmed.")
    first_sitting = True


class FirstPassed(FirstSat):
    """EXM-8, those of them who passed everything at once."""

    code = "first_passed"
    title = _("Passed at the first sitting")
    description = _("Of those who came to the first sitting, those who passed every component at once.")

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        return super().selection(scope, period, among).filter(good=True)


class EverSat(_Sat):
    """EXM-8, the whole of the final pass rate."""

    code = "ever_sat"
    title = _("Came to an exam")
    description = _("Everybody who came to an exam, by the day of the first time, and whose result is confirmed.")


class FinallyPassed(EverSat):
    """EXM-8, those of them who passed everything, resits included."""

    code = "finally_passed"
    title = _("Passed in the end")
    description = _("Of those who ever came to the exam, those who passed every component, resits included.")

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        return super().selection(scope, period, among).filter(good=True)


def _standing(since: str, period: Period) -> Q:
    """What stood at the end of a period: written down by then, and not yet replaced."""
    replaced_later = Q(superseded_at__isnull=True) | Q(superseded_at__gte=period.ends_before)
    return replaced_later & Q(**{f"{since}__lt": period.ends_before})


def _grades(period: Period) -> "QuerySet[Grade]":
    """The marks of an outcome's enrolment, as they stood at the end of a period."""
    return Grade.objects.filter(_standing("graded_at", period), entry__enrolment=OuterRef("enrolment")).order_by()

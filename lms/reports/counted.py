"""The lists behind the measures: each has exactly as many rows as its number counts (TGT-8)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value as Constant, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.issuing.models import Certificate
from courses.classes.models import Enrolment
from courses.exams.models import Grade
from courses.people.models import User
from courses.people.permissions import VIEW_CLASSES, VIEW_RESULTS
from courses.results.models import Outcome
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight
from lms.reports.tables import Column, Kind, Report, Row, Value

PERSON = (
    Column("learner_no", _("learner number")),
    Column("name", _("name")),
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

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
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

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
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

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        return scope.enrolments(among, event="enrolled_at").filter(
            enrolled_at__gte=period.starts_at, enrolled_at__lt=period.ends_before
        )


class CertificatesAwarded(CountedList):
    """Certificates by their date of award, those that were in force at the end of the period (TGT-2 `certificates`).

    A replacement is not a second certificate: what counts is the first paper of a result, while any of its papers holds.
    """

    code = "certificates_awarded"
    title = _("Certificates awarded")
    description = _(
        "Certificates by their date of award. A replaced certificate counts once, on the day of the first; a revoked one no longer counts."
    )
    event = _("date of award")
    unit = pgettext_lazy("unit", "documents")
    rights = (VIEW_RESULTS,)
    moment = "award_date"
    columns = (
        *PERSON,
        Column("number", _("certificate number")),
        Column("register_number", _("register number")),
        Column("awarded_on", _("awarded on"), Kind.DATE),
    )

    def everything(self) -> "QuerySet[Certificate]":
        return Certificate.objects.all()

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        held = Q(state=Certificate.State.ISSUED) | Q(state_since__gte=period.ends_before)
        enrolment = OuterRef("outcome__enrolment")
        papers = Certificate.objects.filter(held, outcome__enrolment=enrolment, type_code=OuterRef("type_code"))
        return scope.certificates(among).filter(
            Exists(papers), supersedes__isnull=True, award_date__gte=period.first, award_date__lte=period.last
        )

    def with_words(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        words = ("outcome__enrolment__learner", *(f"outcome__enrolment__{name}" for name in CLASS))
        return rows.select_related(*words).order_by("award_date", "register_number")

    def enrolment_of(self, one: Any) -> Enrolment:
        return one.outcome.enrolment

    def last_cells(self, one: Any) -> tuple[Value, ...]:
        return one.number, one.register_number, one.award_date


class Certified(CertificatesAwarded):
    """The same, one row for each person (TGT-2 `certified`)."""

    code = "certified"
    title = _("Persons certified")
    description = _("Everybody with a certificate of the period that holds, once: shown with the first of them.")
    unit = pgettext_lazy("unit", "persons")
    person = "learner"


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

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
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
        return rows.select_related(*words).order_by("sat_on", "enrolment__training_class__class_no", "enrolment__roster_no")

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

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
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

    def selection(self, scope: Scope, period: Period, among: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        return super().selection(scope, period, among).filter(good=True)


COUNTED: tuple[CountedList, ...] = (
    Trained(), Completions(), Enrolled(), Certified(), CertificatesAwarded(), FirstSat(), FirstPassed(), EverSat(),
    FinallyPassed(),
)  # fmt: skip


def _standing(since: str, period: Period) -> Q:
    """What stood at the end of a period: written down by then, and not yet replaced."""
    replaced_later = Q(superseded_at__isnull=True) | Q(superseded_at__gte=period.ends_before)
    return replaced_later & Q(**{f"{since}__lt": period.ends_before})


def _grades(period: Period) -> "QuerySet[Grade]":
    """The marks of an outcome's enrolment, as they stood at the end of a period."""
    return Grade.objects.filter(_standing("graded_at", period), entry__enrolment=OuterRef("enrolment")).order_by()

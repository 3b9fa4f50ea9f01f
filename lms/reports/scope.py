"""What a figure is about: whose classes, in which region, under which programme, which people."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.issuing.models.certificates import Certificate, CertificateQuerySet
from courses.catalogue.models import Programme
from courses.classes.models import (
    ClassSession,
    ClassSessionQuerySet,
    Enrolment,
    EnrolmentQuerySet,
    TrainingClass,
    TrainingClassQuerySet,
)
from courses.exams.models.exams import ExamEntry, ExamEntryQuerySet
from courses.people.models import CategoryPeriod, Organisation, Region
from courses.results.models import Outcome, OutcomeQuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


@dataclass(frozen=True)
class Scope:
    """A selection of classes and people; an empty one selects everything.

    `organisation`: it and everything below it, as place or as school of the class. `region`: where the class is held, that
    region and every region below it. `programme`: under which the class runs. `category`: of the person on the day of the
    event (TGT-6), a value of `CategoryPeriod.Category`. `training_class`: one class alone. Nothing here asks about rights: the tables do.
    """

    organisation: Organisation | None = None
    region: Region | None = None
    programme: Programme | None = None
    category: str = ""
    training_class: TrainingClass | None = None

    def at(self, organisation: Organisation) -> "Scope":
        """The same at another organisation."""
        return replace(self, organisation=organisation)

    def narrow(
        self, rows: Rows, *, training_class: str, learner: str = "", event: str = "", by_day: bool = False
    ) -> Rows:
        """Filter any queryset: the paths lead to its class, its learner and the moment of its event. No query of its own.

        `training_class` "" is a queryset of classes itself. `by_day`: the event is a day, not a moment; the category is then
        the one at the end of that day. A category without `learner` and `event` is refused (ValueError): it would be ignored.
        """
        rows = rows.filter(self._classes(f"{training_class}__" if training_class else ""))
        if not self.category:
            return rows
        if not (learner and event):
            raise ValueError("A category needs a person and the day of an event.")
        return rows.filter(Exists(self._category_on(learner, event, by_day)))

    def classes(self, rows: TrainingClassQuerySet | None = None) -> TrainingClassQuerySet:
        """Classes; the category, a fact about people, does not narrow them."""
        found = TrainingClass.objects.all() if rows is None else rows
        return found.filter(self._classes(""))

    def sessions(self, rows: ClassSessionQuerySet | None = None) -> ClassSessionQuerySet:
        """Sessions of these classes; the category does not narrow them."""
        found = ClassSession.objects.all() if rows is None else rows
        return found.filter(self._classes("training_class__"))

    def enrolments(self, rows: EnrolmentQuerySet | None = None, *, event: str = "ended_at") -> EnrolmentQuerySet:
        """Enrolments; the category is that of the day of `event`: `ended_at` (completion) or `enrolled_at`."""
        found = Enrolment.objects.all() if rows is None else rows
        return self.narrow(found, training_class="training_class", learner="learner", event=event)

    def outcomes(self, rows: OutcomeQuerySet | None = None, *, event: str = "confirmed_at") -> OutcomeQuerySet:
        """Results of enrolments; the category is that of the day of confirmation by default."""
        found = Outcome.objects.all() if rows is None else rows
        return self.narrow(found, training_class="enrolment__training_class", learner="enrolment__learner", event=event)

    def exam_entries(
        self, rows: ExamEntryQuerySet | None = None, *, event: str = "computed_at", by_day: bool = False
    ) -> ExamEntryQuerySet:
        """Rights to sit; the category is that of the day of the exam list by default."""
        found = ExamEntry.objects.all() if rows is None else rows
        return self.narrow(
            found, training_class="enrolment__training_class", learner="enrolment__learner", event=event, by_day=by_day
        )

    def certificates(self, rows: CertificateQuerySet | None = None) -> CertificateQuerySet:
        """Certificates; the category is that of the date of award."""
        found = Certificate.objects.all() if rows is None else rows
        return self.narrow(
            found, training_class="outcome__enrolment__training_class", learner="learner", event="award_date",
            by_day=True,
        )  # fmt: skip

    def _classes(self, prefix: str) -> Q:
        wanted = Q()
        if self.organisation is not None:
            path = self.organisation.path
            wanted &= Q(**{f"{prefix}host__path__startswith": path}) | Q(
                **{f"{prefix}provider__path__startswith": path}
            )
        if self.region is not None:
            wanted &= Q(**{f"{prefix}host__region__in": within(self.region).values("pk")})
        if self.programme is not None:
            wanted &= Q(**{f"{prefix}programme": self.programme})
        if self.training_class is not None:
            wanted &= Q(**{f"{prefix}pk" if prefix else "pk": self.training_class.pk})
        return wanted

    def _category_on(self, learner: str, event: str, by_day: bool) -> "QuerySet[CategoryPeriod, Any]":
        periods = CategoryPeriod.objects.filter(learner=OuterRef(learner), category=self.category)
        if by_day:
            over = Q(until__isnull=True) | Q(until__date__gt=OuterRef(event))
            return periods.filter(over, since__date__lte=OuterRef(event))
        return periods.filter(Q(until__isnull=True) | Q(until__gt=OuterRef(event)), since__lte=OuterRef(event))


def within(region: Region) -> "QuerySet[Region]":
    """A region and every region below it: the tree has four levels, from province to street."""
    return Region.objects.filter(
        Q(pk=region.pk) | Q(parent=region.pk) | Q(parent__parent=region.pk) | Q(parent__parent__parent=region.pk)
    )

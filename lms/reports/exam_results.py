"""成绩册: theory, practice and plan, first sitting and resit, and both pass rates (EXM-8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.catalogue.rules import PassRule, RunRules
from courses.classes.models import TrainingClass
from courses.exams.models import Exam, ExamEntry, Grade
from courses.exams.rules.marks import ComponentMarks, Sat
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS
from courses.results.rules import Evidence, PassRates, Rate, Reason, decide, judged, pass_rates
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight
from lms.reports.tables import CLASS_PARTS, Column, Count, Kind, Report, Row, Rows, Value

COMPONENTS = tuple(Exam.Component)
WORDS = {
    Reason.PASSED: _("passed"),
    Reason.RESIT: _("may resit"),
    Reason.MARKS_MISSING: _("scores missing"),
    Reason.HOURS_SHORT: _("hours short"),
}


class ExamResults(Report):
    """One row for each learner on an exam list whose first mark lies in the period."""

    code = "exams"
    title = _("Exam results")
    description = _(
        "Everybody whose first exam score lies in the period, with first sitting and resit. The day of the first sitting "
        "decides. First pass rate: passed everything at the first sitting, of those who came to it. Final pass rate: passed "
        "everything, resit included, of those who ever came."
    )
    unit = _("persons")
    columns = (
        Column("class_no", _("class")),
        Column("learner_no", _("learner number")),
        Column("name", pgettext_lazy("of a person", "name")),
        Column("first_sat", _("first sitting"), Kind.DATE),
        Column("theory", _("theory"), Kind.NUMBER),
        Column("theory_resit", _("theory, resit"), Kind.NUMBER),
        Column("practice", _("practice"), Kind.NUMBER),
        Column("practice_resit", _("practice, resit"), Kind.NUMBER),
        Column("plan", _("business plan"), Kind.NUMBER),
        Column("plan_resit", _("business plan, resit"), Kind.NUMBER),
        Column("first_time", _("passed at the first sitting")),
        Column("result", _("result")),
        Column("course", _("course")),
        Column("host", _("place")),
        Column("provider", _("school")),
    )
    rights = (VIEW_RESULTS,)
    asks_category = True

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[ExamEntry]":
        first = Grade.objects.live().filter(entry=OuterRef("pk"), resit=False).order_by("sat_on")
        seen: Any = ExamEntry.objects.filter(
            enrolment__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS)
        ).annotate(first_sat=Subquery(first.values("sat_on")[:1]))
        found: Any = scope.exam_entries(seen, event="first_sat", by_day=True)
        return found.filter(first_sat__gte=period.first, first_sat__lte=period.last).select_related("enrolment__learner").prefetch_related(
            *(f"enrolment__{part}" for part in CLASS_PARTS)
        ).order_by("first_sat", "enrolment__training_class__class_no", "enrolment__roster_no", "pk")  # fmt: skip

    def counts(self, rows: Rows) -> list[Count]:
        rates = rates_of(rows.objects)
        return [
            Count("persons", _("took exams"), str(len(rows)), _("persons")),
            _rate("first", _("first pass rate"), rates.first),
            _rate("final", _("final pass rate"), rates.final),
        ]

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        classes = {one.enrolment.training_class_id: one.enrolment.training_class for one in objects}
        rules = {pk: (one.edition.pass_rule, one.run_rules) for pk, one in classes.items()}
        evidence = evidence_of(
            Entry(one.pk, one.enrolment.training_class_id, one.earned_half_hours, one.required_half_hours)
            for one in objects
        )
        return [_row(one, evidence[one.pk], *rules[one.enrolment.training_class_id]) for one in objects]


@dataclass(frozen=True)
class Entry:
    """What a decision needs of an exam entry: the hours are those frozen in it (EXM-2)."""

    pk: int
    training_class_id: int
    earned_half_hours: int
    required_half_hours: int


def evidence_of(entries: Iterable[Entry]) -> dict[int, Evidence]:
    """Marks and hours of entries of any classes, by entry: one query."""
    listed = list(entries)
    sat: dict[int, dict[str, dict[bool, Sat]]] = {one.pk: {} for one in listed}
    marks = Grade.objects.live().filter(entry__in=list(sat)).order_by()
    for entry, component, resit, score, on in marks.values_list("entry", "exam__component", "resit", "score", "sat_on"):
        sat[entry].setdefault(component, {})[resit] = Sat(score, on)
    today = timezone.localdate()
    return {
        one.pk: Evidence(
            earned_half_hours=one.earned_half_hours,
            required_half_hours=one.required_half_hours,
            on=today,
            marks=tuple(
                ComponentMarks(name, 0, found.get(False), found.get(True))
                for name, found in sorted(sat[one.pk].items())
            ),
        )
        for one in listed
    }


def rates_of(entries: "QuerySet[ExamEntry]") -> PassRates:
    """Both pass rates over the entries of any classes (EXM-8): each class by its own pass rule. Three queries."""
    plain = entries.order_by().values_list(
        "pk", "enrolment__training_class", "earned_half_hours", "required_half_hours"
    )
    evidence: dict[int, list[Evidence]] = {}
    listed = [Entry(*values) for values in plain]
    found = evidence_of(listed)
    for one in listed:
        evidence.setdefault(one.training_class_id, []).append(found[one.pk])
    classes = TrainingClass.objects.filter(pk__in=list(evidence)).select_related("edition")
    rates = [pass_rates(evidence[one.pk], one.edition.pass_rule, one.run_rules) for one in classes]
    return PassRates(_sum(one.first for one in rates), _sum(one.final for one in rates))


def _sum(rates: Iterable[Rate]) -> Rate:
    listed = list(rates)
    return Rate(sum(rate.part for rate in listed), sum(rate.whole for rate in listed))


def _rate(code: str, label: Any, rate: Rate) -> Count:
    return Count(code, label, rate.text, "", f"{rate.part} / {rate.whole}")


def _row(entry: Any, evidence: Evidence, rule: PassRule, run: RunRules) -> Row:
    training_class, learner = entry.enrolment.training_class, entry.enrolment.learner
    components = {marks.component: marks for marks in judged(evidence, rule)}
    decision = decide(evidence, rule, run)
    marks = [_mark(components.get(name), resit) for name in COMPONENTS for resit in (False, True)]
    at_once = decision.passed and all(one.reached_in(one.first) for one in components.values())
    return (
        training_class.class_no,
        learner.learner_no,
        learner.full_name,
        entry.first_sat,
        *marks,
        _t("yes") if at_once else _t("no"),
        str(WORDS.get(decision.reason, _("repeats the course"))),
        training_class.edition.title,
        training_class.host.name,
        training_class.provider.name,
    )


def _mark(marks: ComponentMarks | None, resit: bool) -> Value:
    sat = None if marks is None else (marks.resit if resit else marks.first)
    if sat is None:
        return None
    return _t("did not come") if sat.score is None else sat.score

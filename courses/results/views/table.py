"""The results of a class as a table: hours, marks, what follows from them, and how far it is confirmed."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attendance.rules import percent_text
from courses.classes.models import Enrolment, TrainingClass
from courses.exams.models import Exam, ExamEntry
from courses.exams.rules.marks import ComponentMarks, Sat
from courses.results.actions.proposing import is_the_same
from courses.results.models import Outcome
from courses.results.rules import Decision, Evidence, PassRates, Reason, decide, judged, pass_rates
from courses.words import listed

REASONS = {
    Reason.PASSED: (gettext_lazy("passed"), "good"),
    Reason.RESIT: (gettext_lazy("may resit"), "look"),
    Reason.HOURS_SHORT: (gettext_lazy("hours short"), "look"),
    Reason.MARKS_MISSING: (gettext_lazy("scores missing"), ""),
    Reason.FAILED_TWICE: (gettext_lazy("repeats the course"), "look"),
    Reason.RESIT_TOO_LATE: (gettext_lazy("repeats the course: no resit in time"), "look"),
    Reason.NO_RESIT: (gettext_lazy("repeats the course"), "look"),
    Reason.ABSENT: (gettext_lazy("repeats the course: did not come"), "look"),
}


@dataclass
class Line:
    """One learner of the class."""

    enrolment: Enrolment
    evidence: Evidence
    decision: Decision
    entry: ExamEntry | None = None
    outcome: Outcome | None = None
    marks: list[ComponentMarks] = field(default_factory=list)
    sees_marks: bool = False

    @property
    def left(self) -> bool:
        """Whether the learner went before the end: shown, but without a result."""
        return (
            self.enrolment.state == Enrolment.State.INCOMPLETE
            and self.enrolment.end_reason != Enrolment.EndReason.HOURS_SHORT
        )

    @property
    def stale(self) -> bool:
        """Whether hours or marks have changed since the result was written down (EXM-7)."""
        return self.outcome is not None and not is_the_same(self.outcome, self.evidence, self.decision)

    @property
    def percent(self) -> str:
        return percent_text(self.evidence.earned_half_hours, self.evidence.required_half_hours)

    @property
    def words(self) -> str:
        """What follows, in words: the stored result where there is one, else what would follow today."""
        reason = Reason(self.outcome.reason) if self.outcome else self.decision.reason
        resit = self.outcome.resit_of if self.outcome else self.decision.resit
        if reason == Reason.RESIT:
            return _("resit: %(components)s") % {"components": listed(component_name(name) for name in resit)}
        if reason == Reason.HOURS_SHORT and self.entry and not self.entry.eligible:
            return self.entry.reason_text
        return str(REASONS[reason][0])

    @property
    def kind(self) -> str:
        """How the words are shown: `kind` of components/chip.html."""
        return REASONS[Reason(self.outcome.reason) if self.outcome else self.decision.reason][1]

    @property
    def cells(self) -> list[str]:
        """A cell for each component: "59 → 75" for those who see marks, else passed and not passed (PRV-3b)."""
        return [self._cell(marks) for marks in self.marks]

    def _cell(self, marks: ComponentMarks) -> str:
        if marks.first is None:
            return "—"
        if not self.sees_marks:
            reached = marks.reached_in(marks.first) or marks.reached_in(marks.resit)
            return _("passed") if reached else _("not passed")
        return " → ".join(mark_text(sat) for sat in (marks.first, marks.resit) if sat)


def mark_text(sat: Sat) -> str:
    """A mark without empty decimals; or that the learner did not come."""
    return _("did not come") if sat.score is None else f"{sat.score.normalize():f}"


def component_name(component: str) -> str:
    return str(Exam.Component(component).label)


@dataclass
class Table:
    """All lines of a class, and both pass rates (EXM-8)."""

    components: list[str]
    lines: list[Line]
    rates: PassRates


def table_of(training_class: TrainingClass, *, sees_marks: bool) -> Table:
    """The table of a class: a constant number of queries."""
    rule, run = training_class.edition.pass_rule, training_class.run_rules
    evidence = Outcome.objects.evidence_of(training_class)
    outcomes = {outcome.enrolment_id: outcome for outcome in Outcome.objects.of(training_class)}
    entries = {entry.enrolment_id: entry for entry in ExamEntry.objects.of(training_class)}
    lines = [
        Line(
            enrolment=enrolment,
            evidence=evidence[enrolment.pk],
            decision=decide(evidence[enrolment.pk], rule, run),
            entry=entries.get(enrolment.pk),
            outcome=outcomes.get(enrolment.pk),
            marks=list(judged(evidence[enrolment.pk], rule)),
            sees_marks=sees_marks,
        )
        for enrolment in training_class.enrolments.select_related("learner").order_by("roster_no")
    ]
    rates = pass_rates([line.evidence for line in lines], rule, run)
    return Table([component_name(name) for name in rule.components()], lines, rates)

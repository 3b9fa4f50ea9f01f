"""Marks: typed from paper, counted from an attempt, released to the learners."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.models import Enrolment, TrainingClass
from courses.classes.permissions import may_in_class
from courses.exams.models import Answer, Attempt, Exam, ExamEntry, Grade, PaperItem
from courses.exams.permissions import refuse_unless_examiner
from courses.exams.rules.marks import InvalidMark, mark_of_points, read_mark
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import CONFIRM_RESULTS, EXAMINE, RUN_EXAMS
from courses.prepared import Prepared
from courses.questions import types

Typed = str | int | Decimal | None  # None: did not come

CLOSED = Prepared(
    lambda pk: (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("sitting__exam__training_class", "entry")
        .filter(pk=pk)
        .order_by()
    ),
    str,
)
STANDING = Prepared(lambda exam, entry: Grade.objects.live().filter(exam=exam, entry=entry).order_by("pk"), int, int)
KEYS = Prepared(lambda paper: PaperItem.objects.filter(paper=paper).order_by("position"), int)
ANSWERS = Prepared(lambda attempt: Answer.objects.filter(attempt=attempt).order_by(), str)
MARK_SENTENCES = {
    "not_a_number": gettext_lazy("Type the score as a number from 0 to 100."),
    "range": gettext_lazy("A score lies between 0 and 100."),
    "decimals": gettext_lazy("At most two digits after the point."),
}


def enter_mark(
    *,
    exam: Exam,
    entry: ExamEntry,
    sat_on: date,
    by: User | None,
    score: Typed = None,
    absent: bool = False,
    resit: bool = False,
    at: datetime | None = None,
) -> Grade:
    """Type one learner's mark of a paper exam: a score, or `absent`. See `enter_marks` for what is refused."""
    if absent == (score is not None):
        raise ValidationError({"score": _("Type a score, or tick that the learner did not come.")})
    try:
        grades = enter_marks(exam=exam, marks={entry.pk: score}, sat_on=sat_on, by=by, resit=resit, at=at)
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict") and str(entry.pk) in refusal.error_dict:
            raise ValidationError({"score": refusal.error_dict[str(entry.pk)]}) from None
        raise
    return grades[entry.pk]


def enter_marks(
    *, exam: Exam, marks: Mapping[int, Typed], sat_on: date, by: User | None, resit: bool = False,
    at: datetime | None = None,
) -> dict[int, Grade]:  # fmt: skip
    """Type the scores of a score sheet: exam entry → mark, None for who did not come. All of it is stored, or nothing.

    Also takes the paper marks of an exam on the terminal, for those who did not sit there. The same mark again changes nothing.
    Needs `EXAMINE`; the only trainer of a class does not examine it (EXM-4).

    Refuses (ValidationError, by entry number) what is no mark from 0 to 100 with at most two decimals, somebody who is not on
    this exam's list, may not sit or has left; an attempt on the terminal; a different mark that stands already
    (`correct_grade`); a resit of somebody who may not resit on that day (EXM-3). And a day that has not come, or lies before
    the class.
    """
    refuse_unless_examiner(by, exam.training_class)
    if exam.mode == Exam.Mode.WORKSHOP:
        raise ValidationError(_("Two examiners score the practice. Use their sheet."))
    with transaction.atomic():
        exam = lock_exam(exam)
        refuse_day(exam.training_class, sat_on, at)
        values = _read(marks)
        entries = refuse_strangers(exam, marks, sat_on)
        _refuse_on_terminal(exam, entries, resit)
        standing = standing_grades(exam, entries, resit)
        _refuse_second(standing, values)
        new = {pk: score for pk, score in values.items() if pk not in standing}
        if resit:
            refuse_no_resit(exam, {pk: entries[pk] for pk in new}, sat_on)
        grades = write_grades(
            exam=exam, entries=entries, scores=new, source=Grade.Source.PAPER, sat_on=sat_on, by=by, resit=resit, at=at
        )
        if grades:
            record(
                verb="exams.enter_marks", about=exam, by=by, organisation=exam.training_class.host_id, at=at,
                fields=[f"grade {grade.pk}" for grade in grades.values()],
            )  # fmt: skip
    return standing | grades


def write_grades(
    *, exam: Exam, entries: Mapping[int, ExamEntry], scores: Mapping[int, Decimal | None], source: str, sat_on: date,
    by: User | None, resit: bool = False, attempt: Attempt | None = None, at: datetime | None = None,
) -> dict[int, Grade]:  # fmt: skip
    """Write marks by entry, None for who did not come. For the verbs that have refused and locked already; they also journal."""
    written = Grade.objects.bulk_create(
        Grade(
            exam=exam, entry=entries[pk], resit=resit, absent=score is None, score=score, source=source,
            attempt=attempt, sat_on=sat_on, graded_at=at or timezone.now(), graded_by=by,
        )
        for pk, score in scores.items()
    )  # fmt: skip
    return {grade.entry_id: grade for grade in written}


def grade_attempt(*, attempt: Attempt, by: User | None = None, at: datetime | None = None) -> Grade:
    """Mark a finished attempt by the frozen keys of its paper (EXM-6). Marking it again returns the mark.

    Refuses (ValidationError) an attempt that is open or void, and a learner whose mark was typed from paper.
    """
    if by is not None and not any(
        may_in_class(by, right, attempt.sitting.exam.training_class) for right in (EXAMINE, RUN_EXAMS)
    ):
        raise PermissionDenied
    with transaction.atomic():
        attempt = CLOSED.one(attempt.pk)
        exam, resit = attempt.sitting.exam, attempt.sitting.resit
        if attempt.state not in (Attempt.State.SUBMITTED, Attempt.State.EXPIRED):
            raise ValidationError(_("Only a paper that was handed in can be scored."))
        standing = next((one for one in STANDING(exam.pk, attempt.entry_id) if one.resit == resit), None)
        if standing and standing.attempt_id not in (None, attempt.pk):
            # Already graded from another sitting's attempt of the same kind: never a second mark.
            raise ValidationError(_("This learner has a score for this exam already."))
        if standing and standing.attempt_id is None:
            raise ValidationError(_("A score from paper stands already. Ask for a correction if it is not right."))
        if standing:
            return standing
        pk = attempt.entry_id
        grade = write_grades(
            exam=exam, entries={pk: attempt.entry}, scores={pk: _count(attempt)}, source=Grade.Source.SCREEN,
            resit=resit, sat_on=timezone.localdate(attempt.started_at), by=by, attempt=attempt, at=at,
        )[pk]  # fmt: skip
        record(
            verb="exams.grade_attempt", about=grade, by=by, organisation=exam.training_class.host_id, at=at,
            fields=["score"],
        )  # fmt: skip
    return grade


def release_grades(*, exam: Exam, by: User | None, at: datetime | None = None) -> int:
    """Show the marks of an exam to its learners; returns how many were not shown before. Needs `EXAMINE` or `CONFIRM_RESULTS`."""
    if by is not None and not any(may_in_class(by, right, exam.training_class) for right in (EXAMINE, CONFIRM_RESULTS)):
        raise PermissionDenied
    with transaction.atomic():
        released = exam.grades.live().filter(released_at__isnull=True).update(released_at=at or timezone.now())
        if released:
            record(
                verb="exams.release_grades", about=exam, by=by, organisation=exam.training_class.host_id, at=at,
                fields=["released_at"],
            )  # fmt: skip
    return released


def lock_exam(exam: Exam) -> Exam:
    """The exam with its class and edition, for the verb that is about to write marks of it; others wait until it has."""
    return Exam.objects.select_for_update(of=("self",)).select_related("training_class__edition").get(pk=exam.pk)


def standing_grades(exam: Exam, entries: Iterable[int], resit: bool) -> dict[int, Grade]:
    """The marks of an exam, or of its resit, that stand for these entries; by entry."""
    return {grade.entry_id: grade for grade in exam.grades.live().filter(resit=resit, entry__in=entries)}


def refuse_day(training_class: TrainingClass, sat_on: date, at: datetime | None = None) -> None:
    """Refuse (ValidationError) a day of the exam that has not come, or lies before the class."""
    if sat_on > timezone.localdate(at):
        raise ValidationError({"sat_on": _("This day has not come yet.")})
    if sat_on < training_class.starts_on:
        raise ValidationError({"sat_on": _("This day lies before the class began.")})


def refuse_strangers(exam: Exam, wanted: Iterable[int], sat_on: date) -> dict[int, ExamEntry]:
    """The entries with these numbers. Refuses (ValidationError) who is not on the list, may not sit, or had left by that day."""
    numbers = set(wanted)
    entries = {entry.pk: entry for entry in ExamEntry.objects.of(exam.training_class).filter(pk__in=numbers)}
    problems = {}
    for pk in sorted(numbers):
        entry = entries.get(pk)
        if entry is None:
            problems[str(pk)] = _("This learner is not on the list of this exam.")
        elif not entry.eligible:
            problems[str(pk)] = _("May not sit the exam: %(reason)s.") % {"reason": entry.reason_text}
        elif (
            entry.enrolment.ended_at
            and timezone.localdate(entry.enrolment.ended_at) < sat_on
            and entry.enrolment.state != Enrolment.State.COMPLETED
        ):
            problems[str(pk)] = _("This learner had left the class by that day.")
    if problems:
        raise ValidationError(problems)
    return entries


def refuse_no_resit(exam: Exam, entries: Mapping[int, ExamEntry], sat_on: date) -> None:
    """Refuse (ValidationError) a resit of somebody who may not sit this component again on that day (EXM-3)."""
    allowed = set(Grade.objects.resit_candidates(exam, sat_on).values_list("pk", flat=True))
    firsts = dict(exam.grades.live().filter(resit=False, entry__in=entries).values_list("entry", "sat_on"))
    problems = {}
    for pk in entries:
        if pk not in allowed:
            problems[str(pk)] = _("No resit here: only a failed component may be sat again, once and in time.")
        elif sat_on < firsts[pk]:
            problems[str(pk)] = _("The resit cannot be before the first exam.")
    if problems:
        raise ValidationError(problems)


def _read(marks: Mapping[int, Typed]) -> dict[int, Decimal | None]:
    values: dict[int, Decimal | None] = {}
    problems = {}
    for pk, typed in marks.items():
        try:
            values[pk] = None if typed is None else read_mark(typed)
        except InvalidMark as problem:
            problems[str(pk)] = str(MARK_SENTENCES[problem.code])
    if problems:
        raise ValidationError(problems)
    return values


def _refuse_on_terminal(exam: Exam, entries: Mapping[int, ExamEntry], resit: bool) -> None:
    attempts = Attempt.objects.filter(sitting__exam=exam, sitting__resit=resit, entry__in=entries)
    sat = set(attempts.exclude(state=Attempt.State.VOID).values_list("entry", flat=True))
    if sat:
        raise ValidationError({str(pk): _("Sat on the terminal: the computer scores it.") for pk in sorted(sat)})


def _refuse_second(standing: Mapping[int, Grade], values: Mapping[int, Decimal | None]) -> None:
    problems = {
        str(pk): _("A score stands already: %(score)s. Ask for a correction if it is not right.")
        % {"score": _("did not come") if grade.score is None else f"{grade.score.normalize():f}"}
        for pk, grade in standing.items()
        if grade.score != values[pk]
    }
    if problems:
        raise ValidationError(problems)


def _count(attempt: Attempt) -> Decimal:
    items = KEYS(attempt.sitting.paper_id)
    values = {answer.position: answer.value for answer in ANSWERS(attempt.pk)}
    earned = [
        types.by_code(item.type).mark(values.get(item.position), item.body, item.key) * Fraction(item.points)
        for item in items
    ]
    return mark_of_points(earned, [item.points for item in items])

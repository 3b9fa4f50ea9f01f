"""Two examiners mark what a learner shows; where they agree, the exam has its mark (EXM-4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.permissions import may_in_class
from courses.exams.actions.grading import (
    MARK_SENTENCES,
    Typed,
    refuse_day,
    refuse_no_resit,
    refuse_strangers,
    write_grades,
)
from courses.exams.models import Exam, ExamEntry, Grade
from courses.exams.permissions import is_only_trainer, refuse_unless_examiner
from courses.exams.rules.marks import InvalidMark, read_mark
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import EXAMINE
from courses.practicals.models import Assessment
from courses.practicals.rules import EXAMINERS_NEEDED, agreed_score, needs_third

Cell = tuple[int, int]  # exam entry, examiner


@dataclass(frozen=True)
class Assessed:
    """What came of a sheet: the mark of each learner that now stands, and who waits for a third examiner (by exam entry)."""

    grades: dict[int, Grade] = field(default_factory=dict)
    need_third: list[int] = field(default_factory=list)


def assess(
    *,
    exam: Exam,
    entry: ExamEntry,
    examiner: User,
    score: Typed,
    by: User | None,
    resit: bool = False,
    sat_on: date | None = None,
    at: datetime | None = None,
) -> Assessment:
    """One examiner's mark for one learner; `sat_on` is today by default. See `assess_sheet` for what is refused."""
    cell = (entry.pk, examiner.pk)
    try:
        assess_sheet(exam=exam, scores={cell: score}, by=by, sat_on=sat_on, resit=resit, at=at)
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict") and set(refusal.error_dict) <= {cell_name(cell), str(entry.pk)}:
            raise ValidationError({"score": [e for found in refusal.error_dict.values() for e in found]}) from None
        raise
    return exam.assessments.live().get(entry=entry, examiner=examiner, resit=resit)


def assess_sheet(
    *,
    exam: Exam,
    scores: Mapping[Cell, Typed],
    by: User | None,
    sat_on: date | None = None,
    absent: Collection[int] = (),
    resit: bool = False,
    at: datetime | None = None,
) -> Assessed:
    """Type a sheet of examiners' marks, and who did not come (exam entries). All of it is stored, or nothing.

    When two examiners stand no further apart than the programme allows, or a third has marked, the learner has a mark
    (`exams.Grade`). An examiner may change a mark while it is the only one. The same mark again changes nothing.
    Needs `EXAMINE`; each examiner types his or her own marks, so that two examiners are two people who signed in.

    Refuses (ValidationError, by "entry-examiner" or by entry) whatever `exams.enter_marks` refuses, an examiner without the
    right or who is the class's only trainer, a mark in another examiner's column, a third mark where two agree, a change
    after a second examiner has marked.
    """
    refuse_unless_examiner(by, exam.training_class)
    day = sat_on or timezone.localdate(at)
    if exam.mode != Exam.Mode.WORKSHOP:
        raise ValidationError(_("This exam is not scored by two examiners."))
    with transaction.atomic():
        exam = Exam.objects.select_for_update(of=("self",)).select_related("training_class__edition").get(pk=exam.pk)
        refuse_day(exam.training_class, day, at)
        values = _read(scores)
        _refuse_examiners(exam, {examiner for _entry, examiner in values})
        entries = refuse_strangers(exam, {entry for entry, _examiner in values} | set(absent), day)
        live = {(a.entry_id, a.examiner_id): a for a in exam.assessments.live().filter(resit=resit, entry__in=entries)}
        grades = {g.entry_id: g for g in exam.grades.live().filter(resit=resit, entry__in=entries)}
        new = {cell: score for cell, score in values.items() if cell not in live or live[cell].score != score}
        missed = [pk for pk in absent if pk not in grades or not grades[pk].absent]
        _refuse_others(new, by)
        _refuse_late(exam, new, live, grades)
        _refuse_absent(missed, values, live, grades)
        if resit:
            refuse_no_resit(exam, {pk: entries[pk] for pk in {entry for entry, _x in new} | set(missed)}, day)
        return _store(exam, entries, new, live, missed, by=by, resit=resit, day=day, at=at)


def cell_name(cell: Cell) -> str:
    """How a cell is called in refusals and on the page: "entry-examiner"."""
    return f"{cell[0]}-{cell[1]}"


def _store(
    exam: Exam, entries: Mapping[int, ExamEntry], new: Mapping[Cell, Decimal], live: dict[Cell, Assessment],
    missed: Collection[int], *, by: User | None, resit: bool, day: date, at: datetime | None,
) -> Assessed:  # fmt: skip
    moment = at or timezone.now()
    replaced = [live[cell].pk for cell in new if cell in live]
    Assessment.objects.filter(pk__in=replaced).update(superseded_at=moment)
    written = Assessment.objects.bulk_create(
        Assessment(
            exam=exam, entry=entries[pk], examiner_id=examiner, score=score, resit=resit, assessed_at=moment,
            typed_by=by,
        )
        for (pk, examiner), score in new.items()
    )  # fmt: skip
    live.update(zip(new, written, strict=True))
    result = Assessed()
    limit = exam.training_class.run_rules.examiner_difference
    agreed: dict[int, Decimal | None] = dict.fromkeys(missed)
    for pk in dict.fromkeys(entry for entry, _examiner in new):
        marks = [assessment.score for (entry, _examiner), assessment in live.items() if entry == pk]
        mean = agreed_score(marks, limit)
        if mean is not None:
            agreed[pk] = mean
        elif needs_third(marks, limit):
            result.need_third.append(pk)
    result.grades.update(write_grades(
        exam=exam, entries=entries, scores=agreed, source=Grade.Source.PRACTICAL, sat_on=day, by=by, resit=resit, at=at
    ))  # fmt: skip
    if new or missed:
        names = [f"assessment {live[cell].pk}" for cell in new] + [f"grade {g.pk}" for g in result.grades.values()]
        record(
            verb="practicals.assess", about=exam, by=by, organisation=exam.training_class.host_id, fields=names, at=at
        )
    return result


def _read(scores: Mapping[Cell, Typed]) -> dict[Cell, Decimal]:
    values, problems = {}, {}
    for cell, typed in scores.items():
        try:
            values[cell] = read_mark("" if typed is None else typed)
        except InvalidMark as problem:
            problems[cell_name(cell)] = str(MARK_SENTENCES[problem.code])
    if problems:
        raise ValidationError(problems)
    return values


def _refuse_examiners(exam: Exam, numbers: Collection[int]) -> None:
    for examiner in User.objects.filter(pk__in=numbers):
        if not may_in_class(examiner, EXAMINE, exam.training_class) or is_only_trainer(examiner, exam.training_class):
            raise ValidationError(_("%(name)s is not an examiner of this class.") % {"name": examiner.get_full_name()})


def _refuse_others(cells: Collection[Cell], by: User | None) -> None:
    """Nobody types for another examiner, however many papers both have signed (EXM-4)."""
    foreign = {examiner for _entry, examiner in cells if by is not None and examiner != by.pk}
    names = {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=foreign)} if foreign else {}
    problems = {
        cell_name(cell): _("%(name)s types these scores, signed in with an own account.") % {"name": names[cell[1]]}
        for cell in cells
        if cell[1] in names
    }
    if problems:
        raise ValidationError(problems)


def _refuse_late(
    exam: Exam, new: Mapping[Cell, Decimal], live: Mapping[Cell, Assessment], grades: Mapping[int, Grade]
) -> None:
    limit = exam.training_class.run_rules.examiner_difference
    problems: dict[str, str] = {}
    for pk in {entry for entry, _examiner in new}:
        standing = {examiner: a.score for (entry, examiner), a in live.items() if entry == pk}
        typed = {examiner: score for (entry, examiner), score in new.items() if entry == pk}
        sentence = _late(standing, typed, limit, graded=pk in grades)
        if sentence:
            problems |= {cell_name((pk, examiner)): sentence for examiner in typed}
    if problems:
        raise ValidationError(problems)


def _late(standing: Mapping[int, Decimal], typed: Mapping[int, Decimal], limit: int, *, graded: bool) -> str:
    """Why marks cannot be added to those that stand; empty where they can."""
    if graded:
        return _("The score stands already. Ask for a correction if it is not right.")
    if len(standing) >= EXAMINERS_NEEDED and set(standing) & set(typed):
        return _("Two examiners have scored. A third one decides; their scores stay.")
    together = list({**standing, **typed}.values())
    if len(together) > EXAMINERS_NEEDED + 1:
        return _("Three examiners are enough.")
    if len(together) == EXAMINERS_NEEDED + 1 and (
        len(standing) < EXAMINERS_NEEDED or not needs_third(list(standing.values()), limit)
    ):
        return _("A third examiner scores only after two whose scores lie far apart.")
    return ""


def _refuse_absent(
    missed: Collection[int],
    values: Mapping[Cell, Decimal],
    live: Mapping[Cell, Assessment],
    grades: Mapping[int, Grade],
) -> None:
    marked = {entry for entry, _examiner in [*values, *live]} | set(grades)
    problems = {
        str(pk): _("This learner has scores. Either a score, or did not come.") for pk in missed if pk in marked
    }
    if problems:
        raise ValidationError(problems)

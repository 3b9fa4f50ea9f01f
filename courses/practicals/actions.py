"""Two examiners mark what a learner shows; where they agree, the exam has its mark (EXM-4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.permissions import may_in_class
from courses.exams.actions.grading import (
    MARK_SENTENCES,
    Typed,
    lock_exam,
    refuse_day,
    refuse_no_resit,
    refuse_strangers,
    standing_grades,
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

    grades: dict[int, Grade]
    need_third: list[int]


def assess(
    *, exam: Exam, entry: ExamEntry, examiner: User, score: Typed, by: User | None, resit: bool = False,
    sat_on: date | None = None, at: datetime | None = None,
) -> Assessment:  # fmt: skip
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
    *, exam: Exam, scores: Mapping[Cell, Typed], by: User | None, sat_on: date | None = None,
    absent: Collection[int] = (), resit: bool = False, at: datetime | None = None,
) -> Assessed:  # fmt: skip
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
        exam = lock_exam(exam)
        refuse_day(exam.training_class, day, at)
        values = _read(scores)
        _refuse_examiners(exam, {examiner for _entry, examiner in values})
        entries = refuse_strangers(exam, {entry for entry, _examiner in values} | set(absent), day)
        sheet = _beside_what_stands(exam, entries, values, absent, resit)
        _refuse_others(sheet.new, by)
        _refuse_late(sheet)
        _refuse_absent(sheet)
        if resit:
            refuse_no_resit(exam, {pk: entries[pk] for pk in {*sheet.scored, *sheet.missed}}, day)
        return _store(sheet, by=by, day=day, at=at)


def cell_name(cell: Cell) -> str:
    """How a cell is called in refusals and on the page: "entry-examiner"."""
    return f"{cell[0]}-{cell[1]}"


@dataclass(frozen=True)
class Sheet:
    """What was typed, beside what stands of the same learners: the examiners' marks (`live`) and the marks of the exam."""

    exam: Exam
    resit: bool
    entries: Mapping[int, ExamEntry]
    values: Mapping[Cell, Decimal]
    absent: Collection[int]
    live: Mapping[Cell, Assessment]
    grades: Mapping[int, Grade]

    @cached_property
    def new(self) -> dict[Cell, Decimal]:
        """What was typed and does not stand yet."""
        return {c: score for c, score in self.values.items() if c not in self.live or self.live[c].score != score}

    @cached_property
    def scored(self) -> list[int]:
        """The learners with a new score, in the order of the sheet."""
        return list(dict.fromkeys(entry for entry, _examiner in self.new))

    @cached_property
    def missed(self) -> list[int]:
        """Who did not come, where that does not stand yet."""
        return [pk for pk in self.absent if pk not in self.grades or not self.grades[pk].absent]


def _beside_what_stands(
    exam: Exam, entries: Mapping[int, ExamEntry], values: Mapping[Cell, Decimal], absent: Collection[int], resit: bool
) -> Sheet:
    live = exam.assessments.live().filter(resit=resit, entry__in=entries)
    return Sheet(
        exam, resit, entries, values, absent, {(one.entry_id, one.examiner_id): one for one in live},
        standing_grades(exam, entries, resit),
    )  # fmt: skip


def _store(sheet: Sheet, *, by: User | None, day: date, at: datetime | None) -> Assessed:
    written = _supersede(sheet, by, at or timezone.now())
    agreed, need_third = _agreed({**sheet.live, **written}, sheet)
    grades = write_grades(
        exam=sheet.exam, entries=sheet.entries, scores=agreed, source=Grade.Source.PRACTICAL, sat_on=day, by=by,
        resit=sheet.resit, at=at,
    )  # fmt: skip
    if sheet.new or sheet.missed:
        names = [f"assessment {one.pk}" for one in written.values()] + [f"grade {one.pk}" for one in grades.values()]
        record(
            verb="practicals.assess", about=sheet.exam, by=by, organisation=sheet.exam.training_class.host_id,
            fields=names, at=at,
        )  # fmt: skip
    return Assessed(grades, need_third)


def _supersede(sheet: Sheet, by: User | None, moment: datetime) -> dict[Cell, Assessment]:
    """Write the new marks of the examiners in the place of those that stand."""
    replaced = [sheet.live[cell].pk for cell in sheet.new if cell in sheet.live]
    Assessment.objects.filter(pk__in=replaced).update(superseded_at=moment)
    written = Assessment.objects.bulk_create(
        Assessment(
            exam=sheet.exam, entry=sheet.entries[pk], examiner_id=examiner, score=score, resit=sheet.resit,
            assessed_at=moment, typed_by=by,
        )
        for (pk, examiner), score in sheet.new.items()
    )  # fmt: skip
    return dict(zip(sheet.new, written, strict=True))


def _agreed(live: Mapping[Cell, Assessment], sheet: Sheet) -> tuple[dict[int, Decimal | None], list[int]]:
    """The marks of the exam that follow, None for who did not come; and who waits for a third examiner."""
    limit = sheet.exam.training_class.run_rules.examiner_difference
    agreed: dict[int, Decimal | None] = dict.fromkeys(sheet.missed)
    need_third = []
    for pk in sheet.scored:
        marks = [assessment.score for (entry, _examiner), assessment in live.items() if entry == pk]
        mean = agreed_score(marks, limit)
        if mean is not None:
            agreed[pk] = mean
        elif needs_third(marks, limit):
            need_third.append(pk)
    return agreed, need_third


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


def _refuse_late(sheet: Sheet) -> None:
    limit = sheet.exam.training_class.run_rules.examiner_difference
    problems: dict[str, str] = {}
    for pk in sheet.scored:
        standing = {examiner: a.score for (entry, examiner), a in sheet.live.items() if entry == pk}
        typed = {examiner: score for (entry, examiner), score in sheet.new.items() if entry == pk}
        sentence = _late(standing, typed, limit, graded=pk in sheet.grades)
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


def _refuse_absent(sheet: Sheet) -> None:
    marked = {entry for entry, _examiner in [*sheet.values, *sheet.live]} | set(sheet.grades)
    problems = {
        str(pk): _("This learner has scores. Either a score, or did not come.") for pk in sheet.missed if pk in marked
    }
    if problems:
        raise ValidationError(problems)

"""A learner opens, turns, answers and finishes. The rows are the record: none of it is in the journal, none of it is a mark."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.blocks.lessons import Step, lesson_steps
from cms.learning.models import LessonVisit, QuizAnswer
from cms.learning.permissions import may_read
from courses.catalogue.models import CourseUnit, LessonText
from courses.people.models import Learner


def open_lesson(*, learner: Learner, unit: CourseUnit, at: datetime | None = None) -> LessonVisit:
    """Open a lesson, or open it again at its bookmark. Refuses (PermissionDenied) a lesson of a class that is not the learner's."""
    _refuse_foreign(learner, unit)
    at = at or timezone.now()
    visit, created = LessonVisit.objects.get_or_create(
        learner=learner, unit=unit, defaults={"opened_at": at, "turned_at": at}
    )
    if not created:
        LessonVisit.objects.filter(pk=visit.pk).update(turned_at=at)
    return visit


def turn_to(*, learner: Learner, unit: CourseUnit, screen: int, at: datetime | None = None) -> LessonVisit:
    """Put the bookmark at a screen; beyond the last one it stays at the last. Refuses what `open_lesson` refuses."""
    at = at or timezone.now()
    visit = open_lesson(learner=learner, unit=unit, at=at)
    screen = min(max(1, screen), max(1, len(screens_of(unit))))
    if visit.screen != screen:
        visit.screen = screen
        LessonVisit.objects.filter(pk=visit.pk).update(screen=screen)
    return visit


def finish_lesson(*, learner: Learner, unit: CourseUnit, at: datetime | None = None) -> LessonVisit:
    """学完了: the lesson is finished; it can be read again. Finishing twice keeps the first moment.

    Refuses what `open_lesson` refuses. It earns no hours: only the register does (ATT-2).
    """
    at = at or timezone.now()
    visit = open_lesson(learner=learner, unit=unit, at=at)
    if visit.finished_at is None:
        LessonVisit.objects.filter(pk=visit.pk, finished_at=None).update(finished_at=at)
        visit.refresh_from_db()
    return visit


def answer_question(
    *, learner: Learner, unit: CourseUnit, question: str, keys: Collection[str], at: datetime | None = None
) -> QuizAnswer:
    """Answer a check-yourself question. The same answer twice in a row is one row.

    Refuses (ValidationError) no answer, and a question that the lesson does not have (any more); and what `open_lesson` refuses.
    """
    at = at or timezone.now()
    step = _question_step(unit, question)
    assert step.question is not None  # noqa: S101  (for the type checker; `_question_step` looked)
    chosen = sorted(step.question.known(keys))
    if not chosen:
        raise ValidationError(_("Choose an answer first."))
    with transaction.atomic():
        open_lesson(learner=learner, unit=unit, at=at)
        visit = LessonVisit.objects.select_for_update().get(learner=learner, unit=unit)
        last = QuizAnswer.objects.filter(learner=learner, unit=unit, question=question).order_by("pk").last()
        if last is not None and last.chosen == chosen and last.text_id == unit.text_id:
            return last
        return QuizAnswer.objects.create(
            learner=visit.learner,
            unit=unit,
            text=words_of(unit),
            question=question,
            chosen=chosen,
            is_right=step.question.is_right(chosen),
            answered_at=at,
        )


def screens_of(unit: CourseUnit) -> tuple[Step, ...]:
    """The screens of a lesson, from its frozen words; from the cache after the first reader."""
    return lesson_steps(words_of(unit))


def words_of(unit: CourseUnit) -> LessonText:
    """The words to which a lesson is pinned now. A lesson always has some (`catalogue_lesson_has_text`)."""
    return cast(LessonText, unit.text)


def _question_step(unit: CourseUnit, question: str) -> Step:
    for step in screens_of(unit):
        if step.question is not None and step.id == question:
            return step
    raise ValidationError(_("This question has been changed. Open the lesson again."))


def _refuse_foreign(learner: Learner, unit: CourseUnit) -> None:
    if not may_read(learner, unit.edition_id):
        raise PermissionDenied

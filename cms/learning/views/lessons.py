"""The lesson player: one screen at a time, from the frozen words."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.blocks.lessons import Step
from cms.learning import actions
from cms.learning.actions import screens_of
from cms.learning.models import LessonVisit, QuizAnswer
from cms.learning.permissions import readable_lessons
from cms.learning.rules import last_words_before, neighbours, screen_to_open
from courses.catalogue.models import CourseUnit
from courses.people.models import Learner
from courses.prepared import Prepared
from courses.terminals.permissions import LearnerRequest, learner_required

# The words are read once per process and kept as screens (`lesson_steps`): not with every page that is turned.
UNIT = Prepared(
    lambda learner, edition, code: (
        readable_lessons(learner)
        .select_related("text", "edition", "module")
        .defer("text__content")
        .filter(edition=edition, code=code)
    ),
    int,
    int,
    str,
)


@require_http_methods(["GET", "POST"])
@learner_required
def lesson(request: LearnerRequest, edition: int, code: str) -> HttpResponse:
    """Open a lesson at its bookmark: by POST from the desk; a link (GET) only looks and writes nothing."""
    unit = _unit(request, edition, code)
    learner = request.learner
    visit: LessonVisit | None
    if request.method == "POST":
        visit = actions.open_lesson(learner=learner, unit=unit)
    else:
        visit = LessonVisit.objects.of(learner).filter(unit=unit).first()
    return _to(unit, screen_to_open(visit.screen if visit else 1, len(screens_of(unit))))


@require_GET
@learner_required
def screen(request: LearnerRequest, edition: int, code: str, screen: int) -> HttpResponse:
    """One screen: words and pictures, or a question; after answering, the right way first."""
    unit = _unit(request, edition, code)
    return _show(request, unit, screen, again="again" in request.GET)


@require_POST
@learner_required
def answer(request: LearnerRequest, edition: int, code: str, screen: int) -> HttpResponse:
    """Answer the question of a screen; the screen then shows what is right."""
    unit = _unit(request, edition, code)
    step = _step(screens_of(unit), screen)
    learner = request.learner
    try:
        actions.answer_question(learner=learner, unit=unit, question=step.id, keys=request.POST.getlist("answer"))
    except ValidationError as refusal:
        return _show(request, unit, screen, again=True, sentence=refusal.messages[0])
    actions.turn_to(learner=learner, unit=unit, screen=screen)
    return _to(unit, screen)


@require_POST
@learner_required
def turn(request: LearnerRequest, edition: int, code: str, screen: int) -> HttpResponse:
    """下一步; on the last screen 学完了, and home to see what comes next."""
    unit = _unit(request, edition, code)
    learner = request.learner
    if screen < len(screens_of(unit)):
        actions.turn_to(learner=learner, unit=unit, screen=screen + 1)
        return _to(unit, screen + 1)
    actions.finish_lesson(learner=learner, unit=unit)
    response = _see("learning:desk")
    response["Location"] += f"?finished={unit.code}"
    return response


def _show(
    request: LearnerRequest, unit: CourseUnit, number: int, *, again: bool = False, sentence: str = ""
) -> HttpResponse:
    learner = request.learner
    steps = screens_of(unit)
    step = _step(steps, number)
    before, after = neighbours(_codes(unit), unit.code)
    context: dict[str, Any] = {
        "unit": unit,
        "step": step,
        "screen": number,
        "total": len(steps),
        "is_last": number == len(steps),
        "previous_lesson": before,
        "next_lesson": after,
        "where": f"{unit.edition.title}·{unit.module.title}" if unit.module else unit.edition.title,
        "sentence": sentence,
    }
    if step.question is not None:
        context |= _question_context(unit, learner, steps, number, again)
    return render(request, "learning/question.html" if step.question else "learning/screen.html", context)


def _question_context(
    unit: CourseUnit, learner: Learner, steps: Sequence[Step], number: int, again: bool
) -> dict[str, Any]:
    step = steps[number - 1]
    assert step.question is not None  # noqa: S101  (for the type checker; the caller looked)
    given = QuizAnswer.objects.of(learner).filter(unit=unit, question=step.id).order_by("pk").last()
    # An answer to other words is no answer to these: a mended question is asked anew.
    answered = given if given is not None and given.text_id == unit.text_id and not again else None
    chosen = answered.chosen if answered else None
    questions = [one for one in steps if one.question is not None]
    return {
        "shown": step.question.shown(chosen),
        "chosen": chosen,
        "answered": answered,
        "read_again": last_words_before([one.question is not None for one in steps], number),
        "question_number": questions.index(step) + 1,
        "questions": len(questions),
    }


def _unit(request: LearnerRequest, edition: int, code: str) -> CourseUnit:
    """One of the learner's own lessons; any other is not there."""
    unit = next(iter(UNIT(request.learner.pk, edition, code)), None)
    if unit is None:
        raise Http404
    return unit


def _codes(unit: CourseUnit) -> list[str]:
    lessons = CourseUnit.objects.filter(edition=unit.edition_id, kind=CourseUnit.Kind.LESSON)
    return list(lessons.order_by("position").values_list("code", flat=True))


def _step(steps: Sequence[Step], number: int) -> Step:
    if not 1 <= number <= len(steps):
        raise Http404
    return steps[number - 1]


def _to(unit: CourseUnit, screen: int) -> HttpResponse:
    return _see("learning:screen", edition=unit.edition_id, code=unit.code, screen=screen)


def _see(name: str, **kwargs: Any) -> HttpResponse:
    response = redirect(name, **kwargs)
    response.status_code = 303
    return response

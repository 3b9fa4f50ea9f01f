"""The learner's own page: one thing to do next, the way, the hours, the certificates."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from certificates.issuing.models import Certificate
from cms.learning.actions import screens_of
from cms.learning.permissions import READABLE, enrolments_of
from cms.learning.rules import legs, lesson_to_go_on_with, screen_to_open
from cms.learning.views.reading import lessons_of
from courses.attendance.models import AttendanceRecord
from courses.catalogue.models import CourseUnit, Edition
from courses.catalogue.rules import PLAN_BOOK
from courses.classes.models import ClassSession, Enrolment, TrainingClass
from courses.exams.models import Attempt, Exam, Grade, Sitting, entry_due
from courses.people.models import Learner
from courses.people.rules import part_of_day
from courses.plans.models import Plan
from courses.prepared import Prepared
from courses.terminals.permissions import LearnerRequest, learner_required

EXAMS = "/exam/"
HANDED_IN = {Attempt.State.SUBMITTED, Attempt.State.EXPIRED}
# What everybody asks when a lesson begins, all at the same minute.
PLACES = Prepared(lambda learner: enrolments_of(learner).select_related("training_class__edition__course"), int)
CERTIFICATES = Prepared(lambda learner: Certificate.objects.of(learner).live()[:3], int)
GRADES = Prepared(
    lambda enrolment: (
        Grade.objects.live()
        .filter(entry__enrolment=enrolment, released_at__isnull=False)
        .select_related("exam")
        .order_by("exam__component", "resit")
    ),
    int,
)
PAPERS = Prepared(lambda enrolment: Attempt.objects.filter(entry__enrolment=enrolment).order_by(), int)
WAITING = Prepared(
    lambda training_class: (
        Sitting.objects.open()
        .filter(exam__training_class=training_class, exam__mode=Exam.Mode.SCREEN)
        .select_related("exam__training_class")
        .order_by("opened_at")
    ),
    int,
)
HERE = Prepared(
    lambda edition, code: (
        CourseUnit.objects.select_related("text").defer("text__content").filter(edition=edition, code=code)
    ),
    int,
    str,
)


@require_GET
@learner_required
def desk(request: LearnerRequest) -> HttpResponse:
    """What to do now. A learner in two classes sees the running one, and a way to the other."""
    learner = request.learner
    places = PLACES(learner.pk)
    context: dict[str, Any] = {
        "greeting": part_of_day(timezone.localtime().hour),
        "certificates": CERTIFICATES(learner.pk),
        "enrolment": places[0] if places else None,
        "others": places[1:],
    }
    if places:
        context |= _class_context(places[0], learner)
        finished = request.GET.get("finished", "")
        context["just_finished"] = next(
            (one for one in context.get("lessons", ()) if one.code == finished and one.finished), None
        )
    return render(request, "learning/desk.html", context)


@require_GET
@learner_required
def course(request: LearnerRequest, edition: int) -> HttpResponse:
    """All lessons of a course with their state: to read ahead, or again."""
    learner = request.learner
    place = (
        enrolments_of(learner)
        .filter(training_class__edition=edition, training_class__state__in=READABLE)
        .select_related("training_class__edition")
        .first()
    )
    if place is None:
        raise Http404
    shown = place.training_class.edition
    lessons = lessons_of(shown, learner)
    context = {
        "edition": shown,
        "lessons": lessons,
        "here": lesson_to_go_on_with(lessons),
        "where": shown.title,
        "done": sum(one.finished for one in lessons),
    }
    return render(request, "learning/course.html", context)


def _class_context(enrolment: Enrolment, learner: Learner) -> dict[str, Any]:
    training_class = enrolment.training_class
    edition = training_class.edition
    context: dict[str, Any] = {"training_class": training_class, "edition": edition, "where": edition.title}
    if training_class.state == TrainingClass.State.APPROVED:
        return context | {"not_yet": True}
    lessons = lessons_of(edition, learner)
    here = lesson_to_go_on_with(lessons)
    hours = AttendanceRecord.objects.hours_for([enrolment])[enrolment.pk]
    papers = PAPERS(enrolment.pk)
    screens = _screens(edition, here.code) if here else 0
    running = training_class.state == TrainingClass.State.RUNNING
    return context | {
        "lessons": lessons,
        "legs": legs(lessons),
        "here": here,
        "here_screens": screens,
        "here_screen": screen_to_open(here.screen, screens) if here else 0,
        "hours": hours,
        "sitting": _open_sitting(enrolment, {one.sitting_id for one in papers if one.state != Attempt.State.OPEN}),
        "exam_url": EXAMS,
        "next_session": _next_session(training_class) if running else None,
        "handed_in": any(one.state in HANDED_IN for one in papers),  # marks are shown once they are released
        "grades": [_judged(grade, edition) for grade in GRADES(enrolment.pk)],
        "wants_exam": bool(edition.pass_rule.components()),
        "workbook": edition.workbook,
        "is_plan": edition.workbook == PLAN_BOOK,
        "plan": Plan.objects.filter(enrolment=enrolment).with_comments().first() if edition.workbook else None,
        "may_write": running,
    }


def _screens(edition: Edition, code: str) -> int:
    return len(screens_of(HERE.one(edition.pk, code)))


def _open_sitting(enrolment: Enrolment, done: Collection[int]) -> Sitting | None:
    """The sitting that waits for this learner: open, on the terminal, of this class, and not among those that are done."""
    waiting = (one for one in WAITING(enrolment.training_class_id) if one.pk not in done)
    return next((one for one in waiting if entry_due(one, enrolment.learner_id) is not None), None)


def _next_session(training_class: TrainingClass) -> ClassSession | None:
    coming = training_class.sessions.exclude(state=ClassSession.State.CANCELLED)
    return coming.filter(starts_at__gte=timezone.now()).select_related("room").order_by("starts_at").first()


def _judged(grade: Grade, edition: Edition) -> dict[str, Any]:
    """A released mark beside the mark that passes (EXM-1), for somebody who cannot know what 59 means."""
    needed = edition.pass_rule.components().get(grade.exam.component)
    passed = needed is None or (grade.score is not None and grade.score >= needed)
    return {"grade": grade, "needed": needed, "passed": passed}

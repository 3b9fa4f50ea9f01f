"""The class that runs today: four lessons held, today's register open, and an exam that can be sat now."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from courses.classes.actions import plan_sessions
from courses.classes.models import TrainingClass
from courses.classes.rules import PlannedSession
from courses.exams.actions import create_exam, make_entries, open_sitting, plan_sitting
from courses.exams.models import Exam, Sitting
from courses.people.models import Learner, Room
from courses.questions.models import Bank
from lms.demo.classes import TOPICS, World, hold_session, moment, open_class

BLUEPRINT = {"count": 20, "points": 5}


def build_running_class(world: World, learners: Sequence[Learner], bank: Bank, *, now: datetime) -> TrainingClass:
    """Four sessions on the four days before today, the fifth today; the theory exam is open."""
    today = timezone.localdate(now)
    starts = [moment(today - timedelta(days=back), time(9)) for back in (4, 3, 2, 1)] + [_already_begun(now)]
    training_class = open_class(world, class_no=f"{today.year}-WELD-02", learners=learners, starts=starts)
    sessions = list(training_class.sessions.order_by("starts_at"))
    for session in sessions[:4]:
        hold_session(world, session)
    prison = world.staff["admin_prison"]
    theory = create_exam(
        training_class=training_class, component=Exam.Component.THEORY, mode=Exam.Mode.SCREEN, by=prison, minutes=90,
        bank=bank, blueprint=BLUEPRINT,
    )  # fmt: skip
    create_exam(
        training_class=training_class, component=Exam.Component.PRACTICE, mode=Exam.Mode.WORKSHOP, by=prison, minutes=90
    )
    make_entries(training_class=training_class, by=prison, at=sessions[3].ends_at + timedelta(hours=2))
    _open_todays_sitting(world, theory, now=now)
    return training_class


def bring_up_to_date(world: World, training_class: TrainingClass, *, now: datetime) -> bool:
    """On another day: a lesson of today with an open register, and an open sitting. Returns whether anything was added."""
    today = timezone.localdate(now)
    added = False
    if not training_class.sessions.on(today).exists():
        TrainingClass.objects.filter(pk=training_class.pk).update(ends_on=today)
        training_class.refresh_from_db()
        session = PlannedSession(
            starts_at=_already_begun(now), kind="practice", planned_half_hours=8, topic=f"{TOPICS[-1]}（复习）"
        )
        plan_sessions(
            training_class=training_class, sessions=[session], by=world.staff["admin_prison"], reason="演示：今天的一课",
            at=now,
        )  # fmt: skip
        added = True
    theory = training_class.exams.get(component=Exam.Component.THEORY)
    if not theory.sittings.open().filter(opened_at__date=today).exists():
        _open_todays_sitting(world, theory, now=now)
        added = True
    return added


def _already_begun(now: datetime) -> datetime:
    """An hour ago, but today: a register can only be marked once its lesson has begun."""
    start_of_day = timezone.localtime(now).replace(hour=0, minute=5, second=0, microsecond=0)
    an_hour_ago = timezone.localtime(now - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return max(start_of_day, an_hour_ago)


def _open_todays_sitting(world: World, theory: Exam, *, now: datetime) -> Sitting:
    invigilator = world.staff["invigilator_1"]
    room = Room.objects.get(organisation=world.places.prison, name="电教室")
    sitting = plan_sitting(exam=theory, planned_for=now, by=invigilator, room=room)
    return open_sitting(sitting=sitting, by=invigilator, at=now)

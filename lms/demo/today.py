"""What is dated by today: a class whose exam can be sat now, a class with today's register open, a class applied for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from courses.attendance.rules import Mark
from courses.classes.actions import change_class, plan_sessions, wait
from courses.classes.models import TrainingClass
from courses.classes.rules import PlannedSession
from courses.exams.actions import create_exam, make_entries, open_sitting, plan_sitting
from courses.exams.models import Exam, Sitting
from courses.people.models import Learner, Room
from courses.questions.models import Bank
from lms.demo.classes import (
    ABSENT,
    TOPICS,
    WELDING_CREW,
    Papers,
    Plan,
    World,
    hold_session,
    moment,
    open_class,
    prepare_class,
    timetable,
    welding_sessions,
)
from lms.demo.history import LONG_PAPERS

LAST_LESSON = time(20)  # of three hours
BLUEPRINT = {"count": 20, "points": 5}
EXAM_CLASS, SEWING_CLASS, APPLIED_CLASS = "-WELD-03", "-SEW-01", "-WELD-02"
SEWING_PAPERS = Papers(
    "三十次课，每次四课时，每天上午；理论和实操交替：平缝机、裁片、针织套衫。",
    "《服装缝制》讲义每人一册；平缝机三十台；布料、线、剪刀按课次领用。",
    "理论二十题，每题五分；实操做一件针织套衫，两名考评员评分取平均；各六十分合格。",
)


def build_running_class(world: World, learners: Sequence[Learner], bank: Bank, *, now: datetime) -> TrainingClass:
    """Four sessions on the four days before today, the fifth today; the theory exam is open."""
    today = timezone.localdate(now)
    starts = [moment(today - timedelta(days=back), time(9)) for back in (4, 3, 2, 1)] + [already_begun(now)]
    plan = Plan(
        f"{today.year}{EXAM_CLASS}", world.places.prison, "admin_prison", "trainer_wang", welding_sessions(starts),
        capacity=24, crew=WELDING_CREW,
    )  # fmt: skip
    training_class = open_class(world, plan, learners)
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


def build_sewing_class(world: World, learners: Sequence[Learner], *, now: datetime) -> TrainingClass:
    """Thirty mornings, the eighteenth of them today, with its register open; two learners have missed too much."""
    today = timezone.localdate(now)
    before, after = weekdays(today, -1, 17), weekdays(today, 1, 12)
    starts = [moment(day, time(8, 30)) for day in reversed(before)] + [just_over(now)]
    starts += [moment(day, time(8, 30)) for day in after]
    room = Room.objects.get(organisation=world.places.prison, name="缝纫车间")
    plan = Plan(
        f"{today.year}{SEWING_CLASS}", world.places.prison, "admin_prison", "trainer_liu",
        timetable(world.edition, starts, room=room), papers=SEWING_PAPERS,
    )  # fmt: skip
    training_class = open_class(world, plan, learners)
    for session in training_class.sessions.filter(starts_at__lt=moment(today, time(0))).order_by("starts_at"):
        exceptions: dict[int, Mark] = {}
        if session.number in {4, 5, 9, 12, 16}:
            exceptions[learners[7].pk] = ABSENT
        if session.number in {13, 14, 15, 17}:
            exceptions[learners[19].pk] = ABSENT
        hold_session(world, session, exceptions, trainer="trainer_liu")
    return training_class


def build_application(world: World, learners: Sequence[Learner], *, now: datetime) -> TrainingClass:
    """A class that is being applied for: thirty on its roster and three waiting; of five things the last is missing."""
    days = weekdays(timezone.localdate(now) + timedelta(days=20), 1, 27)
    starts = [moment(day, time(8, 30)) for day in days] + [moment(day, time(14)) for day in days[:18]]
    plan = Plan(
        f"{days[0].year}{APPLIED_CLASS}", world.places.prison, "admin_prison", "trainer_wang",
        timetable(world.edition, sorted(starts)), crew=WELDING_CREW, applied_on=now - timedelta(days=1),
        papers=Papers(LONG_PAPERS.teaching_plan, LONG_PAPERS.resources, ""),
    )  # fmt: skip
    training_class = prepare_class(world, plan, learners[:30])
    for learner in learners[30:]:
        wait(training_class=training_class, learner=learner, by=world.staff["admin_prison"], at=now)
    return training_class


def bring_up_to_date(world: World, *, now: datetime) -> bool:
    """On another day: in each class that runs a lesson of today with an open register, and an open sitting. Returns whether
    anything was added."""
    added = False
    for training_class in TrainingClass.objects.filter(state=TrainingClass.State.RUNNING).order_by("pk"):
        added |= _add_todays_lesson(world, training_class, now)
    theory = Exam.objects.get(
        training_class__class_no__endswith=EXAM_CLASS, component=Exam.Component.THEORY,
        training_class__state=TrainingClass.State.RUNNING,
    )  # fmt: skip
    if not theory.sittings.open().filter(opened_at__date=timezone.localdate(now)).exists():
        _open_todays_sitting(world, theory, now=now)
        added = True
    return added


def _add_todays_lesson(world: World, training_class: TrainingClass, now: datetime) -> bool:
    today = timezone.localdate(now)
    if training_class.sessions.on(today).exists():
        return False
    planners = {world.places.prison.pk: "admin_prison", world.places.rehab.pk: "admin_rehab"}
    by, reason = world.staff[planners[training_class.host_id]], "演示：今天的一课"
    if training_class.ends_on < today:
        training_class = change_class(training_class=training_class, by=by, reason=reason, ends_on=today)
    session = PlannedSession(
        starts_at=already_begun(now), kind="practice", planned_half_hours=8, topic=f"{TOPICS[-1]}（复习）"
    )
    plan_sessions(training_class=training_class, sessions=[session], by=by, reason=reason, at=now)
    return True


def weekdays(day: date, step: int, count: int) -> list[date]:
    """So many weekdays before (-1) or after (1) a day, the nearest first."""
    found: list[date] = []
    while len(found) < count:
        day += timedelta(days=step)
        if day.weekday() < 5:
            found.append(day)
    return found


def already_begun(now: datetime) -> datetime:
    """An hour ago, but today, and over by midnight: a register can only be marked once its lesson has begun, and no trainer
    may still be at yesterday's lesson when the demo is started again after midnight."""
    today = timezone.localdate(now)
    an_hour_ago = timezone.localtime(now - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return min(max(an_hour_ago, moment(today, time(0))), moment(today, LAST_LESSON))


def just_over(now: datetime) -> datetime:
    """Begun three to four hours ago, but today: the lesson of four class hours is over, so that its register can be finished."""
    began = timezone.localtime(now - timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
    return max(began, moment(timezone.localdate(now), time(0)))


def _open_todays_sitting(world: World, theory: Exam, *, now: datetime) -> Sitting:
    invigilator = world.staff["invigilator_1"]
    room = Room.objects.get(organisation=world.places.prison, name="电教室")
    sitting = plan_sitting(exam=theory, planned_for=now, by=invigilator, room=room)
    return open_sitting(sitting=sitting, by=invigilator, at=now)

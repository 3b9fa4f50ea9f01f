"""Classes of the demo world, run through the real verbs at the times at which things would have happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from courses.attendance.actions import close_register, mark_register
from courses.attendance.rules import Mark, Status
from courses.catalogue.models import Edition
from courses.classes.actions import (
    approve,
    assign,
    complete_application,
    draft_class,
    enrol,
    plan_sessions,
    start,
    submit_application,
)
from courses.classes.models import ClassSession, Enrolment, TrainerAssignment, TrainingClass
from courses.classes.rules import PlannedSession
from courses.people.models import Learner, User
from lms.demo.places import Places

Kind = ClassSession.Kind
# Twenty class hours: five sessions of four, two of theory and three of practice.
TWENTY_HOURS = (Kind.THEORY, Kind.THEORY, Kind.PRACTICE, Kind.PRACTICE, Kind.PRACTICE)
TOPICS = ("防护与安全", "焊条电弧焊基础", "引弧与运条", "平焊练习", "缺陷检查与综合练习")
PRESENT = Mark(Status.PRESENT)


@dataclass(frozen=True)
class World:
    """What the builders need: the places, the staff by account, the course."""

    places: Places
    staff: Mapping[str, User]
    edition: Edition


def moment(day: date, clock: time) -> datetime:
    """A time of day in the site's own time zone."""
    return timezone.make_aware(datetime.combine(day, clock))


def working_days(first: date, count: int) -> list[date]:
    """So many days from the first on, weekends left out."""
    days: list[date] = []
    while len(days) < count:
        if first.weekday() < 5:
            days.append(first)
        first += timedelta(days=1)
    return days


def welding_sessions(starts: Sequence[datetime]) -> list[PlannedSession]:
    """The timetable of the twenty-hour course at these times."""
    return [
        PlannedSession(starts_at=at, kind=kind, planned_half_hours=8, topic=topic)
        for at, kind, topic in zip(starts, TWENTY_HOURS, TOPICS, strict=True)
    ]


def open_class(
    world: World,
    *,
    class_no: str,
    learners: Sequence[Learner],
    starts: Sequence[datetime],
    capacity: int = 24,
    applied_on: datetime | None = None,
) -> TrainingClass:
    """A class drafted and applied for by the prison, approved by the city, and begun: with its roster, staff and timetable."""
    staff, places = world.staff, world.places
    prison, city = staff["admin_prison"], staff["admin_city"]
    at = applied_on or starts[0] - timedelta(days=14)
    training_class = draft_class(
        class_no=class_no, edition=world.edition, provider=places.school, host=places.prison, capacity=capacity,
        starts_on=timezone.localdate(starts[0]), ends_on=timezone.localdate(starts[-1]), by=prison, at=at,
    )  # fmt: skip
    roles = TrainerAssignment.Role
    people = (
        ("trainer_wang", roles.TRAINER), ("examiner_1", roles.EXAMINER), ("examiner_2", roles.EXAMINER),
        ("invigilator_1", roles.INVIGILATOR),
    )  # fmt: skip
    for account, role in people:
        if account in staff:
            assign(training_class=training_class, user=staff[account], role=role, by=prison, at=at)
    plan_sessions(training_class=training_class, sessions=welding_sessions(starts), by=prison, at=at)
    for learner in learners:
        enrol(training_class=training_class, learner=learner, by=prison, at=at)
    complete_application(
        training_class=training_class, by=prison,
        teaching_plan="五次课，每次四课时：前两次理论，后三次实操。先防护，再引弧、运条、平焊，最后查缺陷。",
        resources="《焊工入门》讲义每人一册；面罩、手套、护目镜每人一套；焊条、试件按课次领用。",
        assessment_plan="理论二十题，每题五分；实操平焊试件，两名考评员评分取平均；各六十分合格。",
    )  # fmt: skip
    submit_application(training_class=training_class, by=prison, at=at + timedelta(hours=2))
    training_class = approve(training_class=training_class, by=city, comment="同意开班", at=at + timedelta(days=1))
    return start(training_class=training_class, by=prison, at=starts[0] - timedelta(hours=1))


def hold_session(
    world: World, session: ClassSession, exceptions: Mapping[int, Mark] | None = None, *, close: bool = True
) -> None:
    """All present, then the exceptions (by learner), marked by the trainer as the lesson ends."""
    at = session.ends_at + timedelta(minutes=2)
    due = Enrolment.objects.due_at(session)
    marks = {one.pk: (exceptions or {}).get(one.learner_id, PRESENT) for one in due}
    mark_register(session=session, marks=marks, by=world.staff["trainer_wang"], at=at)
    if close:
        close_register(session=session, by=world.staff["trainer_wang"], at=at)

"""Classes of the demo world, run through the real verbs at the times at which things would have happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from courses.attendance.actions import close_register, mark_register
from courses.attendance.rules import Mark, Status
from courses.catalogue.models import Edition, Programme
from courses.classes.actions import (
    approve,
    assign,
    complete_application,
    draft_class,
    enrol_all,
    plan_sessions,
    start,
    submit_application,
)
from courses.classes.models import ClassSession, Enrolment, TrainerAssignment, TrainingClass
from courses.classes.rules import PlannedSession
from courses.people.models import Learner, Organisation, Room, User
from lms.demo.places import Places

Kind, Role = ClassSession.Kind, TrainerAssignment.Role
# Twenty class hours: five sessions of four, two of theory and three of practice.
TWENTY_HOURS = (Kind.THEORY, Kind.THEORY, Kind.PRACTICE, Kind.PRACTICE, Kind.PRACTICE)
TOPICS = ("防护与安全", "焊条电弧焊基础", "引弧与运条", "平焊练习", "缺陷检查与综合练习")
PRESENT, ABSENT, LEAVE = Mark(Status.PRESENT), Mark(Status.ABSENT), Mark(Status.LEAVE)
HOLIDAYS_2025 = frozenset(
    {date(2025, 4, 4), date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5), date(2025, 6, 2)}
    | {date(2025, 10, day) for day in range(1, 9)}
)


@dataclass(frozen=True)
class World:
    """What the builders need: the places, the staff by account, the course; in a large world all courses by their code."""

    places: Places
    staff: Mapping[str, User]
    edition: Edition
    editions: Mapping[str, Edition] = field(default_factory=dict)

    def of(self, code: str) -> "World":
        """The same world, about another course."""
        return replace(self, edition=self.editions[code])


@dataclass(frozen=True)
class Papers:
    """The three texts of an application."""

    teaching_plan: str
    resources: str
    assessment_plan: str


WELDING_PAPERS = Papers(
    "五次课，每次四课时：前两次理论，后三次实操。先防护，再引弧、运条、平焊，最后查缺陷。",
    "《焊工入门》讲义每人一册；面罩、手套、护目镜每人一套；焊条、试件按课次领用。",
    "理论二十题，每题五分；实操平焊试件，两名考评员评分取平均；各六十分合格。",
)


@dataclass(frozen=True)
class Plan:
    """A class as it is applied for. `planner` and `trainer` are accounts; `crew` are examiners and invigilators."""

    class_no: str
    host: Organisation
    planner: str
    trainer: str
    sessions: Sequence[PlannedSession]
    capacity: int = 30
    programme: Programme | None = None
    papers: Papers = WELDING_PAPERS
    crew: Sequence[tuple[str, str]] = ()
    applied_on: datetime | None = None


WELDING_CREW = (
    ("examiner_1", Role.EXAMINER), ("examiner_2", Role.EXAMINER), ("invigilator_1", Role.INVIGILATOR),
)  # fmt: skip


def moment(day: date, clock: time) -> datetime:
    """A time of day in the site's own time zone."""
    return timezone.make_aware(datetime.combine(day, clock))


def working_days(first: date, count: int) -> list[date]:
    """So many days from the first on, weekends and holidays left out."""
    days: list[date] = []
    while len(days) < count:
        if first.weekday() < 5 and first not in HOLIDAYS_2025:
            days.append(first)
        first += timedelta(days=1)
    return days


def welding_sessions(starts: Sequence[datetime]) -> list[PlannedSession]:
    """The timetable of the twenty-hour course at these times."""
    return [
        PlannedSession(starts_at=at, kind=kind, planned_half_hours=8, topic=topic)
        for at, kind, topic in zip(starts, TWENTY_HOURS, TOPICS, strict=True)
    ]


def timetable(
    edition: Edition, starts: Iterable[datetime], *, half_hours: int = 8, room: Room | None = None
) -> list[PlannedSession]:
    """The hours of a course in sessions of the same length, the theory spread evenly over them, lesson after lesson."""
    total = edition.required_half_hours // half_hours
    theory = edition.theory_half_hours // half_hours
    titles = list(edition.units.filter(kind="lesson").order_by("position").values_list("title", flat=True))
    return [
        PlannedSession(
            starts_at=at, planned_half_hours=half_hours, topic=titles[number * len(titles) // total],
            kind=Kind.THEORY if (number + 1) * theory // total > number * theory // total else Kind.PRACTICE,
            room_id=room.pk if room else None,
        )
        for number, at in zip(range(total), starts, strict=True)
    ]  # fmt: skip


def prepare_class(world: World, plan: Plan, learners: Sequence[Learner]) -> TrainingClass:
    """A class drafted by its planner: with its roster, staff, timetable and application, not handed in yet."""
    planner, at = world.staff[plan.planner], applied_on(plan)
    training_class = draft_class(
        class_no=plan.class_no, edition=world.edition, provider=world.places.school, host=plan.host,
        capacity=plan.capacity, starts_on=timezone.localdate(plan.sessions[0].starts_at), by=planner, at=at,
        ends_on=timezone.localdate(plan.sessions[-1].starts_at), programme=plan.programme,
    )  # fmt: skip
    for account, role in ((plan.trainer, Role.TRAINER), *plan.crew):
        if account in world.staff:
            assign(training_class=training_class, user=world.staff[account], role=role, by=planner, at=at)
    plan_sessions(training_class=training_class, sessions=plan.sessions, by=planner, at=at)
    enrol_all(training_class=training_class, learners=learners, by=planner, at=at)
    papers = plan.papers
    complete_application(
        training_class=training_class, by=planner, teaching_plan=papers.teaching_plan, resources=papers.resources,
        assessment_plan=papers.assessment_plan,
    )  # fmt: skip
    return training_class


def open_class(world: World, plan: Plan, learners: Sequence[Learner]) -> TrainingClass:
    """A class applied for by its planner, approved by the city, and begun on its first day."""
    planner, at = world.staff[plan.planner], applied_on(plan)
    training_class = prepare_class(world, plan, learners)
    submit_application(training_class=training_class, by=planner, at=at + timedelta(hours=2))
    training_class = approve(
        training_class=training_class, by=world.staff["admin_city"], comment="同意开班", at=at + timedelta(days=1)
    )
    return start(training_class=training_class, by=planner, at=plan.sessions[0].starts_at - timedelta(hours=1))


def applied_on(plan: Plan) -> datetime:
    return plan.applied_on or plan.sessions[0].starts_at - timedelta(days=14)


def hold_session(
    world: World, session: ClassSession, exceptions: Mapping[int, Mark] | None = None, *, close: bool = True,
    trainer: str = "trainer_wang", later: timedelta = timedelta(minutes=2),
) -> None:  # fmt: skip
    """All present, then the exceptions (by learner), marked by the trainer as the lesson ends, or so much `later`."""
    at, by = session.ends_at + later, world.staff[trainer]
    due = Enrolment.objects.due_at(session)
    marks = {one.pk: (exceptions or {}).get(one.learner_id, PRESENT) for one in due}
    mark_register(session=session, marks=marks, by=by, at=at)
    if close:
        close_register(session=session, by=by, at=at)

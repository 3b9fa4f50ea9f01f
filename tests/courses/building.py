"""A small true place to test in: a prison, a school, a city above both, their staff and a short course. Verbs only."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from courses.catalogue import actions as catalogue
from courses.catalogue.models import Edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.classes import actions as classes
from courses.classes.models import ClassSession, Enrolment, TrainerAssignment, TrainingClass
from courses.classes.rules import PlannedSession
from courses.people import actions as people
from courses.people.models import Learner, Organisation, Room, User
from courses.people.permissions import Role

FIRST_DAY = date(2025, 9, 1)
FACTS = EditionFacts(
    title="焊工入门(验收)", level="", summary="", theory_half_hours=16, practice_half_hours=24,
    can_do=("能安全地起弧和收弧",), pass_rule=PassRule(), certificate_type="skills",
)  # fmt: skip
UNITS = [
    UnitFacts(kind="module", code="m1", title="防护", module_code=None, content=None, page_id=None, revision_id=None),
    UnitFacts(
        kind="lesson",
        code="l1",
        title="手套和面罩",
        module_code="m1",
        content={"body": []},
        page_id=None,
        revision_id=None,
    ),
]


def at(day: int, hour: int = 9, minute: int = 0, month: int = 9) -> datetime:
    """A moment in September 2025, local time."""
    return timezone.make_aware(datetime(2025, month, day, hour, minute))


@dataclass
class World:
    city: Organisation
    prison: Organisation
    school: Organisation
    room: Room
    edition: Edition
    staff: dict[str, User] = field(default_factory=dict)
    taught_class: TrainingClass | None = None  # where the module's scene has one already: what `taught` gives
    exam_room: Any = None  # the same for `exam_room`

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["staff"][name]
        except KeyError:
            raise AttributeError(name) from None


def staff(username: str, role: str, organisation: Organisation, surname: str = "") -> User:
    user = User.objects.create_user(username, last_name=surname)
    people.appoint(user=user, role=role, organisation=organisation, by=None, since=date(2025, 1, 1))
    return user


def make_world() -> World:
    city = people.add_organisation(name="江州市人社局(演示)", kind=Organisation.Kind.HR_BUREAU, by=None)
    prison = people.add_organisation(name="江州监狱(演示)", kind=Organisation.Kind.PRISON, parent=city, by=None)
    school = people.add_organisation(
        name="丽禾职业培训学校(演示)", kind=Organisation.Kind.TRAINING_PROVIDER, parent=city, code="990103", by=None
    )
    edition = catalogue.publish_edition(
        course=catalogue.add_course(provider=school, code="WELD-T", by=None), facts=FACTS, units=UNITS, by=None
    )
    room = Room.objects.create(organisation=prison, name="焊接实训室")
    world = World(city=city, prison=prison, school=school, room=room, edition=edition)
    world.staff = {
        "admin_city": staff("admin_city", Role.ADMIN, city),
        "admin_prison": staff("admin_prison", Role.SITE_ADMIN, prison),
        "admin_provider": staff("admin_provider", Role.PROVIDER_ADMIN, school),
        "officer": staff("officer_a", Role.OFFICER, prison),
        "trainer": staff("trainer_wang", Role.TRAINER, school, "王老师"),
        "other_trainer": staff("trainer_lin", Role.TRAINER, school, "林老师"),
    }
    return world


def learner(name: str, world: World, number: str = "", since: datetime | None = None) -> Learner:
    return people.register_learner(
        full_name=name, by=None, organisation=world.prison, learner_no=number, gender=Learner.Gender.MALE,
        birth_date=date(1990, 1, 1), at=since or at(1, month=1),
    )  # fmt: skip


def draft(world: World, class_no: str = "2025-WELD-T", capacity: int = 24, **changes: object) -> TrainingClass:
    facts: dict[str, object] = {
        "edition": world.edition, "provider": world.school, "host": world.prison, "starts_on": FIRST_DAY,
        "ends_on": FIRST_DAY + timedelta(days=13), "by": world.admin_prison, **changes,
    }  # fmt: skip
    return classes.draft_class(class_no=class_no, capacity=capacity, **facts)


def sessions_of_four_hours(world: World, count: int = 5, theory: int = 2) -> list[PlannedSession]:
    return [
        PlannedSession(at(1 + day), "theory" if day < theory else "practice", 8, f"第{day + 1}课", world.room.pk)
        for day in range(count)
    ]


def running(world: World, names: list[str], class_no: str = "2025-WELD-T", **changes: object) -> TrainingClass:
    """A class that runs, with these learners, five sessions of four hours and one trainer."""
    training_class = draft(world, class_no, **changes)
    people_there = [learner(name, world) for name in names]
    for one in people_there:
        classes.enrol(training_class=training_class, learner=one, by=world.admin_prison, at=at(25, month=8))
    classes.assign(
        training_class=training_class, user=world.trainer, role=TrainerAssignment.Role.TRAINER, by=world.admin_prison
    )
    classes.plan_sessions(training_class=training_class, sessions=sessions_of_four_hours(world), by=world.admin_prison)
    return approved(world, training_class, start=True)


def running_now(
    world: World, names: list[str], class_no: str = "2025-NOW", *, hours_ago: int = 1, **changes: object
) -> TrainingClass:
    """A class that runs today: three sessions of four class hours (3 hours), the first of which began an hour ago, the next
    a day later. `hours_ago=4`: the first is over, and its register can be finished."""
    now = timezone.now().replace(microsecond=0)
    days = {"starts_on": timezone.localdate() - timedelta(days=5), "ends_on": timezone.localdate() + timedelta(days=20)}
    training_class = draft(world, class_no, **{**days, **changes})
    for name in names:
        classes.enrol(
            training_class=training_class, learner=learner(name, world), by=world.admin_prison,
            at=now - timedelta(days=30),
        )  # fmt: skip
    trainer = (
        world.trainer
        if not world.trainer.assignments.exists()
        else staff(f"trainer_{class_no}", "trainer", world.school)
    )
    for user in {trainer, world.trainer}:
        classes.assign(training_class=training_class, user=user, role="trainer", by=world.admin_prison)
    plan = [
        PlannedSession(now - timedelta(hours=hours_ago) + timedelta(days=day), "theory", 8, trainer_id=trainer.pk)
        for day in range(3)
    ]
    classes.plan_sessions(training_class=training_class, sessions=plan, by=world.admin_prison)
    return approved(world, training_class, start=True)


def crowd(count: int) -> list[str]:
    """So many names."""
    return [f"{family}{given}" for family in "王李陈张赵周吴郑孙钱" for given in ("国强", "德顺", "小龙", "志远")][
        :count
    ]


def approved(world: World, training_class: TrainingClass, *, start: bool = False) -> TrainingClass:
    classes.complete_application(
        training_class=training_class, by=world.admin_prison, teaching_plan="20 学时,先理论后实操",
        resources="教材 24 本, 焊机 6 台", assessment_plan="理论 100 分, 实操 100 分",
    )  # fmt: skip
    classes.submit_application(training_class=training_class, by=world.admin_prison)
    training_class = classes.approve(training_class=training_class, by=world.admin_city)
    return classes.start(training_class=training_class, by=world.admin_city) if start else training_class


def session(training_class: TrainingClass, number: int) -> ClassSession:
    return training_class.sessions.get(number=number)


def enrolments(training_class: TrainingClass) -> dict[str, Enrolment]:
    """By the learner's name."""
    return {one.learner.full_name: one for one in training_class.enrolments.select_related("learner")}

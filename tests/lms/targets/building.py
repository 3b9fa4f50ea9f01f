"""A city and its two counterpart regions, with classes that end on the day one names. Real verbs only."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from courses.attendance import actions as attendance
from courses.attendance.rules import Mark, Status
from courses.catalogue import actions as catalogue
from courses.catalogue.models import Edition
from courses.catalogue.rules import EditionFacts, PassRule
from courses.classes import actions as classes
from courses.classes.models import TrainerAssignment, TrainingClass
from courses.classes.rules import PlannedSession
from courses.people import actions as people
from courses.people.models import CategoryPeriod, Learner, Organisation, Region, User
from courses.people.permissions import Role
from courses.results import actions as results
from lms.reports.rules import Period
from lms.targets import actions as targets
from lms.targets.models import Target
from tests.courses.building import UNITS, staff

YEAR = Period.year(2025)
LIFTED = CategoryPeriod.Category.LIFTED_HOUSEHOLD
PRESENT = Mark(Status.PRESENT)
FACTS = EditionFacts("柑橘栽培管理", "", "", 4, 4, ("能修剪柑橘",), PassRule(), "skills")


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


@dataclass
class World:
    city: Organisation
    school: Organisation
    qianling: Organisation  # 三禾县培训中心
    enjiang: Organisation  # 恩江市培训中心
    regions: dict[str, Region]
    edition: Edition
    staff: dict[str, User] = field(default_factory=dict)
    made: int = 0  # learners and classes so far: their numbers
    classes_made: int = 0

    def next_number(self) -> str:
        self.made += 1
        return str(200000 + self.made)


def make_world() -> World:
    """The city's tree: a school, and a training centre in each of two counterpart regions."""
    level = Region.Level
    province = Region.objects.create(code="990000", name="演示省", level=level.PROVINCE)
    rows = (("990100", "江州市", level.CITY), ("992600", "黔岭州", level.CITY), ("992800", "恩江州", level.CITY))
    regions = {
        name: Region.objects.create(code=code, name=name, level=kind, parent=province) for code, name, kind in rows
    }
    for code, name, above in (("992624", "三禾县", "黔岭州"), ("992801", "恩江市", "恩江州")):
        regions[name] = Region.objects.create(code=code, name=name, level=level.DISTRICT, parent=regions[above])
    kind = Organisation.Kind
    city = people.add_organisation(name="江州市人社局(演示)", kind=kind.HR_BUREAU, by=None, region=regions["江州市"])

    def below(name: str, region: str, code: str = "") -> Organisation:
        return people.add_organisation(
            name=name, kind=kind.TRAINING_PROVIDER, parent=city, by=None, region=regions[region], code=code
        )

    school = below("丽禾职业培训学校(演示)", "江州市", "990103")
    edition = catalogue.publish_edition(
        course=catalogue.add_course(provider=school, code="CITRUS-S", by=None), facts=FACTS, units=UNITS, by=None
    )
    world = World(
        city, school, below("三禾县培训中心(演示)", "三禾县"), below("恩江市培训中心(演示)", "恩江市"), regions, edition
    )
    world.staff = {
        "admin_city": staff("admin_city", Role.ADMIN, city, "江敏"),
        "admin_school": staff("admin_provider", Role.PROVIDER_ADMIN, school, "丽禾"),
        "examiner": staff("examiner_1", Role.EXAMINER, school, "钱考评员"),
        "trainer": staff("trainer_he", Role.TRAINER, school, "何老师"),
    }
    return world


def persons(world: World, host: Organisation, count: int, category: str = LIFTED) -> list[Learner]:
    """So many people who stay at a place, under names that are their numbers in characters."""
    numbers = [world.next_number() for _index in range(count)]
    listed = [
        people.Person(
            full_name="龙" + "".join("林春夏秋冬梅兰竹菊松"[int(digit)] for digit in number[-3:]), learner_no=number,
            gender=Learner.Gender.MALE, birth_date=date(1990, 1, 1), category=category,
        )
        for number in numbers
    ]  # fmt: skip
    return people.register_learners(people=listed, by=None, organisation=host, at=at(date(2024, 12, 1)))


def person(world: World, host: Organisation, category: str = LIFTED) -> Learner:
    (found,) = persons(world, host, 1, category)
    return found


def open_class(world: World, host: Organisation, learners: list[Learner], ends: date) -> TrainingClass:
    """A class of four hours in one morning, taught; it waits to be closed."""
    world.classes_made += 1
    training_class = classes.draft_class(
        class_no=f"2025-CITRUS-{world.classes_made:02}", edition=world.edition, provider=world.school, host=host,
        capacity=50, starts_on=ends, ends_on=ends, by=None, at=at(ends, 1),
    )  # fmt: skip
    classes.assign(
        training_class=training_class, user=world.staff["trainer"], role=TrainerAssignment.Role.TRAINER, by=None
    )
    classes.plan_sessions(
        training_class=training_class, sessions=[PlannedSession(at(ends), "theory", 8, "修剪")], by=None, at=at(ends, 1)
    )
    classes.enrol_all(training_class=training_class, learners=learners, by=None, at=at(ends, 2), override_reason="验收")
    classes.complete_application(
        training_class=training_class, by=None, teaching_plan="一次课", resources="剪刀", assessment_plan="现场"
    )
    classes.submit_application(training_class=training_class, by=world.staff["admin_school"], at=at(ends, 3))
    classes.approve(training_class=training_class, by=world.staff["admin_city"], at=at(ends, 4))
    training_class = classes.start(training_class=training_class, by=None, at=at(ends, 5))
    session = training_class.sessions.get()
    marks = dict.fromkeys(training_class.enrolments.values_list("pk", flat=True), PRESENT)
    attendance.mark_register(session=session, marks=marks, by=None, at=session.ends_at + timedelta(minutes=1))
    return training_class


def complete(
    world: World, host: Organisation, learners: list[Learner], ends: date, closed_at: datetime | None = None
) -> TrainingClass:
    """The same, closed: everybody in it has completed, at `closed_at`, or at six in the evening."""
    training_class = open_class(world, host, learners, ends)
    return results.close_class(training_class=training_class, by=None, at=closed_at or at(ends, 18))


def trained_target(world: World, title: str = "对口培训人数", value: int = 450, **facts: object) -> Target:
    """So many persons of lifted households trained in 2025 by the city's whole tree."""
    given: dict[str, object] = {
        "organisation": world.city, "measure": "trained", "unit": "persons", "period": YEAR, "category": LIFTED,
        "by": world.staff["admin_city"], **facts,
    }  # fmt: skip
    return targets.set_target(title=title, value=value, **given)


def tree(world: World) -> tuple[Target, Target, Target]:
    """P4's target of 450 with its two parts."""
    whole = trained_target(world)
    qianling = trained_target(world, "黔岭州", 250, region=world.regions["黔岭州"], parent=whole)
    enjiang = trained_target(world, "恩江州", 200, region=world.regions["恩江州"], parent=whole)
    return whole, qianling, enjiang


def crowd(
    world: World, *, qianling: int = 412, enjiang: int = 289, ends: date = date(2025, 6, 20)
) -> list[TrainingClass]:
    """So many people who completed a class, in classes of at most fifty, a week apart."""
    made = []
    for host, count in ((world.qianling, qianling), (world.enjiang, enjiang)):
        learners = persons(world, host, count)
        for start in range(0, count, 50):
            made.append(complete(world, host, learners[start : start + 50], ends))
            ends += timedelta(days=5)
    return made

"""People leaving poverty, trained in the paired regions: closed classes with true registers, marks and results, by the dozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from django.utils import timezone

from courses.attendance.rules import Mark, Status
from courses.catalogue.models import Programme, RuleSet
from courses.catalogue.rules import RunRules
from courses.classes.models import TrainingClass
from courses.people.models import CategoryPeriod, Learner
from lms.demo.certificates import certify_class
from lms.demo.classes import (
    ABSENT,
    LEAVE,
    Papers,
    Plan,
    World,
    hold_session,
    moment,
    open_class,
    timetable,
    working_days,
)
from lms.demo.examinations import examine
from lms.demo.learners import generated_people, register
from lms.demo.staff import build_trainers

PROGRAMME = "东西部协作 对口培训"
REGISTERED = datetime(2024, 12, 9, 9, 0, tzinfo=timezone.get_default_timezone())
FIRST_MONDAY = date(2025, 2, 10)
COURSES = ("CITRUS-S", "ECOM-W")
CERTIFIED = (
    2  # classes of each region; the others wait at the school: every paper that is drawn costs a tenth of a second
)
PAPERS = Papers(
    "上午或下午上课，理论先讲，随后到果园或机房动手；每次课点名。",
    "讲义每人一册；工具、耗材按课次领用。",
    "理论二十题，每题五分；实操一项，两名考评员评分取平均；各六十分合格。",
)


@dataclass(frozen=True)
class Region:
    """One paired region: how many people in how many classes, under which numbers, and in which year's plan."""

    place: str
    planner: str
    prefix: str  # of the class numbers
    people: int
    classes: int
    first_no: int
    named: str  # the learner of the stories


@dataclass(frozen=True)
class Scale:
    """How many, and how their days are cut: so many clock times a day, sessions of so many half class hours, rounds of classes."""

    regions: tuple[Region, Region]
    clock: tuple[time, ...]
    half_hours: int
    stride: int  # working days from the beginning of one round to that of the next
    rounds: int
    factor: int = 1  # of the targets


SMALL = Scale(
    (
        Region("sanhe", "admin_sanhe", "2025-QL", 412, 14, 110001, "100009"),
        Region("enjiang", "admin_enjiang", "2025-EJ", 289, 10, 120001, "100010"),
    ),
    (time(8, 30), time(14)), 8, 21, 7,
)  # fmt: skip
FULL = Scale(
    (
        Region("sanhe", "admin_sanhe", "2025-QL", 4121, 142, 110001, "100009"),
        Region("enjiang", "admin_enjiang", "2025-EJ", 2891, 100, 120001, "100010"),
    ),
    (time(8), time(9, 45), time(14), time(15, 45)), 4, 31, 5, 10,
)  # fmt: skip


def build_programme() -> Programme:
    """The programme of the paired regions, with rules of its own."""
    rules = RuleSet.objects.create(name="对口培训规则", numbers=RunRules(max_learners=50, max_hours_a_day=8).to_json())
    return Programme.objects.create(name=PROGRAMME, kind=Programme.Kind.SKILLS, rule_set=rules)


def relief_classes(scale: Scale) -> int:
    """How many classes a scale has: for the progress bar."""
    return sum(region.classes for region in scale.regions)


def build_relief(world: World, programme: Programme, scale: Scale = SMALL) -> Iterator[TrainingClass]:
    """Register the people of both regions and run their classes one by one; yields each as it is closed."""
    for region in scale.regions:
        learners = register_people(world, region)
        at_once = len(scale.clock) * scale.rounds  # classes that one trainer holds in the year
        trainers = build_trainers(world.places, f"trainer_{region.place}_", -(-region.classes // at_once))
        inside = World(world.places, {**world.staff, **trainers}, world.edition, world.editions)
        for index, members in enumerate(_shares(learners, region.classes)):
            yield _run(inside, programme, scale, region, index, members)


def register_people(world: World, region: Region) -> list[Learner]:
    """The people of one region, with the learner whom the stories name among them; one in eight is of a monitored household."""
    named = Learner.objects.get(learner_no=region.named)
    people = generated_people(world.places, region.place, first=region.first_no, count=region.people - 1)
    monitored = CategoryPeriod.Category.MONITORED_HOUSEHOLD
    mixed = [replace(one, category=monitored) if index % 8 == 3 else one for index, one in enumerate(people)]
    return [named, *register(world.places, world.staff, region.place, mixed, REGISTERED)]


def _shares(learners: Sequence[Learner], classes: int) -> list[list[Learner]]:
    """As even as can be: 412 in 14 classes are 29 or 30 each."""
    edges = [len(learners) * number // classes for number in range(classes + 1)]
    return [list(learners[first:last]) for first, last in pairwise(edges)]


def _run(
    world: World, programme: Programme, scale: Scale, region: Region, index: int, members: list[Learner]
) -> TrainingClass:
    world = world.of(COURSES[index % len(COURSES)])
    slots = len(scale.clock)
    trainer = f"trainer_{region.place}_{index // (slots * scale.rounds) + 1}"
    round_no, slot = index // slots % scale.rounds, index % slots
    count = world.edition.required_half_hours // scale.half_hours
    first = scale.stride * round_no
    days = working_days(FIRST_MONDAY, first + count)[first:]
    plan = Plan(
        f"{region.prefix}-{index + 1:02d}", getattr(world.places, region.place), region.planner, trainer,
        timetable(world.edition, [moment(day, scale.clock[slot]) for day in days], half_hours=scale.half_hours),
        capacity=max(30, len(members)), programme=programme, papers=PAPERS,
    )  # fmt: skip
    training_class = open_class(world, plan, members)
    chance = Random(plan.class_no)
    missing = _absences(members, count, scale.half_hours, world.edition.required_half_hours, chance)
    for session in training_class.sessions.order_by("starts_at"):
        hold_session(world, session, missing.get(session.number), trainer=trainer)
    theory, practice = ({one.pk: chance.randint(62, 96) for one in members} for _component in range(2))
    if index % 3 == 0:
        theory[members[-1].pk] = 54  # may sit it again
    examine(
        world, training_class, theory, practice, planner=region.planner,
        at=moment(days[-1] + timedelta(days=1), time(16, 30)),
    )  # fmt: skip
    training_class.refresh_from_db()
    if index < CERTIFIED:
        certify_class(world, training_class)
    return training_class


def _absences(
    members: Sequence[Learner], count: int, half_hours: int, required: int, chance: Random
) -> Mapping[int, dict[int, Mark]]:
    """Who missed which session (by number, then learner): at most a fifth of the hours less one session, so all complete."""
    most = required // 5 // half_hours - 1
    found: dict[int, dict[int, Mark]] = {}
    for learner in members:
        for number in chance.sample(range(1, count + 1), chance.choice((0, 0, 0, 1, 1, most))):
            mark = chance.choice((ABSENT, LEAVE, LEAVE, Mark(Status.LATE, 20)))
            found.setdefault(number, {})[learner.pk] = mark
    return found

"""A class that writes business plans: three learners, their trainer, an outside expert, a terminal. Real verbs only."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from courses.attendance import actions as attendance
from courses.attendance.rules import Mark, Status
from courses.catalogue import actions as catalogue
from courses.catalogue.rules import PassRule
from courses.classes import actions as classes
from courses.classes.models import TrainingClass
from courses.exams import actions as exams
from courses.people.models import Learner, Region, User
from courses.people.permissions import Role
from courses.plans import actions as plans
from courses.plans.book import BOOKS, Kind
from courses.plans.models import HandIn, Plan, values_of
from courses.plans.progress import missing_of
from courses.plans.rules.points import ITEMS
from courses.terminals import actions as terminals
from courses.terminals.models import Terminal
from tests.courses.building import FACTS, UNITS, World, at, enrolments, make_world, running, staff

NAMES = ("孙丽娟", "李德顺", "陈小龙")
BEGUN = at(3)
SYB = replace(
    FACTS, title="创业培训(验收)", workbook="syb", certificate_type="syb",
    pass_rule=PassRule(theory_pass=None, practice_pass=None, plan_pass=60),
)  # fmt: skip
SCORES = dict(zip((item.code for item in ITEMS), (2, 5, 5, 11, 8, 4, 9, 8, 7, 12, 11), strict=True))  # 82
PASSABLE = {
    Kind.TEXT: "一段文字", Kind.LONG: "一段较长的文字", Kind.MONEY: "100.00", Kind.COUNT: "3", Kind.NUMBER: "20.00",
    Kind.PERCENT: "10.00", Kind.MONTH: "1", Kind.YES_NO: "yes",
}  # fmt: skip


@dataclass
class Room:
    """One class at its plans."""

    world: World
    training_class: TrainingClass
    expert: User
    terminal: Terminal
    learners: dict[str, Learner] = field(default_factory=dict)

    @property
    def trainer(self) -> User:
        return self.world.trainer

    def plan(self, name: str = "孙丽娟", when: datetime = BEGUN) -> Plan:
        return plans.start_plan(
            enrolment=enrolments(self.training_class)[name], by=self.learners[name], at=when
        )  # fmt: skip

    def save(self, plan: Plan, path: str, value: str, base: int | None = None, when: datetime = BEGUN) -> plans.Saved:
        return plans.save_field(
            plan=plan, path=path, value=value, base_version=base, by=plan.enrolment.learner, terminal=self.terminal, at=when
        )  # fmt: skip

    def written(self, name: str = "孙丽娟", without: Iterable[str] = (), **changed: str) -> Plan:
        """A plan in which nothing is missing; `without` sections that stay empty."""
        plan = self.plan(name)
        for section in BOOKS[plan.book].sections:
            if section.code not in without:
                values = {path: text for path, text in whole(plan.book).items() if path.startswith(f"{section.code}.")}
                plans.save_section(
                    plan=plan, section=section.code, values=values, shown={}, by=self.learners[name], at=BEGUN
                )  # fmt: skip
        for path, text in changed.items():
            self.save(plan, path, text)
        return fresh(plan)

    def handed_in(self, name: str = "孙丽娟", when: datetime | None = None) -> HandIn:
        return plans.hand_in(plan=self.written(name), by=self.learners[name], at=when or at(8))

    def review(self, hand_in: HandIn, total: str | None = None, when: datetime | None = None, **scores: object):
        """82 points, or those that make a total."""
        return plans.review(
            hand_in=hand_in, scores={**(scores_for(total) if total else SCORES), **scores},
            comment="思路清楚,现金流要再想。", by=self.expert, at=when or at(9),
        )  # fmt: skip


def fresh(plan: Plan) -> Plan:
    return Plan.objects.select_related("enrolment__training_class__edition", "enrolment__learner").get(pk=plan.pk)


def whole(book: str, begun: dict[str, str] | None = None) -> dict[str, str]:
    """The texts of a workbook in which everything that is asked is answered, and nothing else; `begun` stays as it is."""
    values = dict(begun or {})
    while lacking := missing_of(BOOKS[book], values):
        for found in [one for several in lacking.values() for one in several]:
            place = BOOKS[book].place(found.path).field
            values[found.path] = PASSABLE[place.kind] if place.kind in PASSABLE else place.choices[0][0]
    return values


def scores_for(total: str) -> dict[str, Decimal]:
    """Points item by item that make this total."""
    left, scores = Decimal(total), {}
    for item in ITEMS:
        scores[item.code] = min(Decimal(item.most), left)
        left -= scores[item.code]
    return scores


def plan_scene() -> World:
    """A class that has been taught, with its exam list and the plan exam; nobody has begun a plan."""
    world = make_world()
    edition = catalogue.publish_edition(
        course=catalogue.add_course(provider=world.school, code="SYB-T", by=None), facts=SYB, units=UNITS, by=None
    )
    world.staff["expert"] = staff("expert_1", Role.EXPERT, world.city, "许专家")
    training_class = running(world, list(NAMES), "2025-SYB-T", edition=edition)
    for session in training_class.sessions.all():
        marks = {one.pk: Mark(Status.PRESENT) for one in training_class.enrolments.all()}
        attendance.mark_register(session=session, marks=marks, by=world.trainer, at=session.ends_at)
    exams.create_exam(training_class=training_class, component="plan", mode="paper", by=world.admin_provider)
    exams.make_entries(training_class=training_class, by=world.admin_provider, at=at(8))
    world.taught_class = training_class
    return world


def plan_room(world: World) -> Room:
    training_class = TrainingClass.objects.get(pk=world.taught_class.pk)
    terminal = Terminal.objects.filter(organisation=world.prison).first()
    if terminal is None:
        terminal, _token = terminals.enrol_terminal(organisation=world.prison, name="T-01", room=world.room, by=None)
    learners = {name: enrolment.learner for name, enrolment in enrolments(training_class).items()}
    return Room(world, training_class, world.expert, terminal, learners)


def in_region(world: World, place: str = "district") -> dict[str, Region]:
    """A province, a city in it and a district in that; the prison stands in the district, the bureau in the city."""
    province = Region.objects.create(code="990000", name="北山省", level=Region.Level.PROVINCE)
    city = Region.objects.create(code="990100", name="江州市", level=Region.Level.CITY, parent=province)
    district = Region.objects.create(code="990101", name="江北区", level=Region.Level.DISTRICT, parent=city)
    world.city.region, world.prison.region = city, district
    world.city.save()
    world.prison.save()
    return {"province": province, "city": city, "district": district}


def set_value(region: Region | None, value: str, since: date, code: str = "minimum_wage", by: User | None = None):
    return plans.set_local_value(
        code=code, region=region, value=value, valid_from=since, source=f"人社发〔{since.year}〕1 号", by=by
    )


__all__ = [
    "NAMES",
    "Room",
    "classes",
    "fresh",
    "in_region",
    "plan_room",
    "plan_scene",
    "set_value",
    "values_of",
    "whole",
]

"""Rooms full of learners who may sit an exam now, made with the real verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from cms.blocks.lessons import lesson_steps
from courses.catalogue.actions import add_course, publish_edition
from courses.catalogue.models import CourseUnit, Edition
from courses.catalogue.rules import UnitFacts
from courses.classes import actions as classes
from courses.exams import actions as exams
from courses.people.models import Learner, Room
from courses.people.permissions import Role
from courses.terminals import actions as terminals
from tests.cms.learning.building import lesson_body
from tests.courses.building import FACTS, World, make_world, staff
from tests.courses.exams.building import fill_bank
from tests.courses.results.building import taught

ROOM = 40  # learners in one class and at one sitting
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "国建志海永小文大春立家德东明晓宏卫利庆平"
WORDS = "焊条与工件接触的一瞬间起弧，手要稳，角度要对，速度要匀。先把面罩落下，再碰一下，抬起两到四毫米。" * 6


@dataclass(frozen=True)
class Desk:
    """One learner with a terminal: what a browser needs to sign in, read and sit the exam."""

    learner: Learner
    pin: str
    terminal_token: str
    edition: int
    lesson: str
    sitting: int


def fill(world: World, learners: int, questions: int = 20) -> list[Desk]:
    """Classes of up to forty in their last week, taught and with an open sitting each; a card and a terminal for everybody."""
    world.edition = _edition(world)
    bank = fill_bank(world, questions)
    desks: list[Desk] = []
    for number in range(-(-learners // ROOM)):
        names = [person(place) for place in range(number * ROOM, min(learners, (number + 1) * ROOM))]
        world = _own_staff(world, number)  # the examiners of the first class examine the next ones too
        desks += _room(world, f"2025-BENCH-{number}", names, bank, questions)
    return desks


def bare_world() -> World:
    return make_world()


def person(number: int) -> str:
    """An invented name; the first eight thousand are all different."""
    return FAMILY[number // 400 % 20] + GIVEN[number // 20 % 20] + GIVEN[number % 20]


def _own_staff(world: World, number: int) -> World:
    """The same world with a trainer and a room for one class alone: nobody teaches twice at the same hour."""
    trainer = staff(f"bench_trainer_{number}", Role.TRAINER, world.school, "王老师")
    room = Room.objects.create(organisation=world.prison, name=f"第{number + 1}教室")
    return replace(world, room=room, staff=world.staff | {"trainer": trainer})


def _room(world: World, class_no: str, names: Sequence[str], bank: Any, questions: int) -> list[Desk]:
    training_class = taught(world, tuple(names), class_no=class_no)
    exam = exams.create_exam(
        training_class=training_class, component="theory", mode="screen", by=world.admin_provider, bank=bank,
        blueprint={"count": questions, "points": 100 // questions}, minutes=90,
    )  # fmt: skip
    exams.make_entries(training_class=training_class, by=world.admin_provider)
    invigilator = staff(f"invigilator_{class_no}", Role.TRAINER, world.school, "孙监考员")
    classes.assign(training_class=training_class, user=invigilator, role="invigilator", by=world.admin_prison)
    now = timezone.now()
    sitting = exams.plan_sitting(exam=exam, planned_for=now, room=world.room, by=invigilator)
    sitting = exams.open_sitting(sitting=sitting, by=invigilator, at=now)
    desks = []
    for enrolment in training_class.enrolments.select_related("learner").order_by("roster_no"):
        learner = enrolment.learner
        _card, pin, _code = terminals.issue_card(learner=learner, organisation=world.prison, by=None)
        _terminal, token = terminals.enrol_terminal(
            organisation=world.prison, name=f"T-{learner.learner_no}", room=world.room, by=None
        )
        desks.append(Desk(learner, pin, token, world.edition.pk, "m1-l1", sitting.pk))
    return desks


def _edition(world: World) -> Edition:
    """A course of three modules of three lessons, each of six screens of words and two questions."""
    units = []
    for module in range(1, 4):
        units.append(UnitFacts("module", f"m{module}", f"第{module}单元"))
        for number in range(1, 4):
            content = lesson_body(f"第{number}课", questions=2)
            content["body"] += [
                block
                for place in range(3, 7)
                for block in (
                    {"type": "heading", "value": f"第{place}步", "id": f"s{place}"},
                    {"type": "text", "value": f"<p>{WORDS}</p>", "id": f"t{place}"},
                )
            ]
            code = f"m{module}-l{number}"
            units.append(UnitFacts("lesson", code, f"第{number}课", module_code=f"m{module}", content=content))
    course = add_course(provider=world.school, code="BENCH-20", by=None)
    edition = publish_edition(course=course, facts=FACTS, units=units, by=None)
    for unit in CourseUnit.objects.filter(edition=edition, kind=CourseUnit.Kind.LESSON).select_related("text"):
        lesson_steps(unit.text)
    return edition

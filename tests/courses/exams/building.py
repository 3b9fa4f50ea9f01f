"""An exam on the terminals: a taught class, a bank of twenty questions, a room of terminals. Real verbs only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.test import Client

from courses.classes import actions as classes
from courses.classes.models import TrainerAssignment
from courses.exams import actions as exams
from courses.exams.models import Answer, Attempt, Exam, PaperItem, Sitting
from courses.people.models import Learner, User
from courses.people.permissions import Role
from courses.questions import actions as questions
from courses.questions.models import Bank
from courses.terminals import actions as terminals
from courses.terminals import middleware
from courses.terminals.models import Terminal
from tests.courses.building import World, at, enrolments, make_world, staff
from tests.courses.results.building import NAMES, taught

OPENED = at(10, 9)


@dataclass
class ExamRoom:
    """One sitting and everybody in it."""

    world: World
    exam: Exam
    sitting: Sitting
    learners: dict[str, Learner]
    invigilator: User
    terminals: list[Terminal] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def start(self, name: str = "王国强", terminal: int = 0, when: datetime | None = OPENED) -> "Seat":
        attempt, token = exams.start(
            sitting=self.sitting, learner=self.learners[name], terminal=self.terminals[terminal], at=when
        )
        return Seat(attempt, self.terminals[terminal], token)


@dataclass
class Seat:
    """An attempt as its terminal holds it."""

    attempt: Attempt
    terminal: Terminal
    token: str

    def save(self, position: int, seq: int, value: object, when: datetime | None = OPENED) -> exams.Answered:
        return exams.save_answer(
            attempt=self.attempt, position=position, seq=seq, value=value, terminal=self.terminal, token=self.token,
            at=when,
        )  # fmt: skip

    def submit(self, believed: int | None = None, when: datetime | None = OPENED) -> exams.HandedIn:
        return exams.submit(
            attempt=self.attempt, terminal=self.terminal, token=self.token, believed=believed, at=when
        )  # fmt: skip

    def beat(self, when: datetime = OPENED, number: int | None = None) -> exams.Answered:
        fresh = Attempt.objects.select_related("sitting__exam__training_class", "sitting__paper").get(
            pk=self.attempt.pk
        )
        return exams.beat(attempt=fresh, terminal=self.terminal, token=self.token, number=number, at=when)

    def answers(self) -> dict[int, object]:
        return dict(Answer.objects.filter(attempt=self.attempt).values_list("position", "value"))

    def fresh(self) -> Attempt:
        return Attempt.objects.get(pk=self.attempt.pk)


def fill_bank(world: World, count: int = 20, title: str = "焊工理论题库") -> Bank:
    """Numbered questions of the four types; in those with choices the right one is never the first."""
    bank = questions.add_bank(organisation=world.school, title=title, by=world.admin_provider)
    for number in range(1, count + 1):
        kind = ("single", "single", "multiple", "true_false", "numeric")[number % 5]
        body, key = {
            "single": ({"choices": [f"第{number}题的{word}" for word in "甲乙丙丁"]}, {"right": 2}),
            "multiple": ({"choices": [f"第{number}题的{word}" for word in "甲乙丙"]}, {"right": [1, 2]}),
            "true_false": ({}, {"right": True}),
            "numeric": ({"unit": "mm"}, {"value": "3.2", "tolerance": "0.1"}),
        }[kind]
        questions.add(
            bank=bank, type=kind, text=f"第{number}题:动手焊接之前先做什么?", body=body, key=key, by=world.admin_provider,
            topic="安全" if number <= count // 2 else "工艺",
        )  # fmt: skip
    return bank


def right(item: PaperItem) -> object:
    """The right answer to a question of a paper, as it is stored."""
    return {"numeric": item.key.get("value")}.get(item.type, item.key.get("right"))


def exam_room(
    world: World, names: tuple[str, ...] = NAMES, *, count: int = 20, minutes: int = 90, terminals_there: int = 3,
    opened: bool = True, when: datetime = OPENED,
) -> ExamRoom:  # fmt: skip
    """王国强, 李德顺, 陈小龙 and 张志远 may sit; 赵铁柱 has too few hours (P1 step 4)."""
    if world.exam_room:
        room = world.exam_room
        if opened:
            room.sitting = exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=when)
        return room
    training_class = taught(world, names)
    bank = fill_bank(world, count)
    exam = exams.create_exam(
        training_class=training_class, component="theory", mode="screen", by=world.admin_provider, bank=bank,
        blueprint={"count": count, "points": 5}, minutes=minutes, title="焊工(五级)理论考试",
    )  # fmt: skip
    exams.make_entries(training_class=training_class, by=world.admin_provider, at=at(9))
    invigilator = staff("invigilator_1", Role.TRAINER, world.school, "孙监考员")
    classes.assign(
        training_class=training_class, user=invigilator, role=TrainerAssignment.Role.INVIGILATOR,
        by=world.admin_prison,
    )  # fmt: skip
    sitting = exams.plan_sitting(exam=exam, planned_for=when, room=world.room, by=invigilator)
    if opened:
        sitting = exams.open_sitting(sitting=sitting, by=invigilator, at=when)
    learners = {name: enrolment.learner for name, enrolment in enrolments(training_class).items()}
    room = ExamRoom(world, exam, sitting, learners, invigilator)
    for number in range(1, terminals_there + 1):
        terminal, token = terminals.enrol_terminal(
            organisation=world.prison, name=f"T-{number:02d}", room=world.room, by=None
        )  # fmt: skip
        room.terminals.append(terminal)
        room.tokens.append(token)
    return room


def exam_scene(when: datetime = OPENED) -> World:
    """A scene for modules that begin in the exam room: everything is planned, nothing is open."""
    world = make_world()
    world.exam_room = exam_room(world, when=when, opened=False)
    return world


def later(seconds: float, when: datetime = OPENED) -> datetime:
    return when + timedelta(seconds=seconds)


def sit_down(client: Client, room: ExamRoom, name: str = "王国强", terminal: int = 0) -> Client:
    """Sign a learner in at a terminal of the room, as the browser would: two cookies."""
    learner = room.learners[name]
    _card, pin, _code = terminals.issue_card(learner=learner, organisation=room.world.prison, by=None)
    _session, token = terminals.sign_in(terminal=room.terminals[terminal], learner_no=learner.learner_no, pin=pin)
    client.cookies[middleware.TERMINAL_COOKIE] = room.tokens[terminal]
    client.cookies[middleware.SEAT_COOKIE] = token
    return client

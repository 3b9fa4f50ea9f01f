"""A published course whose lessons have screens and questions, and a class that runs it. Verbs only."""

from cms.blocks.lessons import lesson_steps
from courses.catalogue.actions import add_course, publish_edition
from courses.catalogue.models import CourseUnit, Edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.classes.models import TrainingClass
from courses.people.models import Learner
from courses.terminals import actions as terminals
from tests.courses.building import World, running

QUESTIONS = 10


def question(number: int) -> dict:
    choices = [("面罩落下", True), ("看一眼焊缝", False), ("电流调大", False)]
    value = {
        "question": f"第 {number} 题：先做哪一件？",
        "choices": [
            {"type": "item", "value": {"text": text, "is_right": right}, "id": f"c{number}{place}"}
            for place, (text, right) in enumerate(choices)
        ],
        "explanation": f"第 {number} 题的道理：弧光一闪就伤眼睛。",
    }
    return {"type": "question", "value": value, "id": f"q{number}"}


def words(title: str, number: int) -> dict:
    return {"type": "text", "value": f"<p>{title}的第 {number} 段。</p>", "id": f"w{number}"}


def heading(title: str, number: int) -> dict:
    return {"type": "heading", "value": title, "id": f"h{number}"}


def lesson_body(title: str, questions: int = 0) -> dict:
    body = [heading(title, 1), words(title, 1), heading("再看一步", 2), words(title, 2)]
    body += [question(number) for number in range(1, questions + 1)]
    return {"format": 1, "body": body}


def units(questions: int = QUESTIONS) -> list[UnitFacts]:
    found = []
    for module, title, lessons in (("m1", "防护", ("戴好面罩", "认焊钳")), ("m2", "平焊", ("引弧", "运条"))):
        found.append(UnitFacts("module", module, title))
        for number, name in enumerate(lessons, start=1):
            content = lesson_body(name, questions if (module, number) == ("m1", 1) else 0)
            found.append(UnitFacts("lesson", f"{module}-l{number}", name, module_code=module, content=content))
    return found


def publish(
    world: World, code: str = "WELD-20", title: str = "焊工入门（验收）", questions: int = QUESTIONS
) -> Edition:
    course = add_course(provider=world.school, code=code, by=None)
    facts = EditionFacts(
        title=title, level="", summary="20 学时", theory_half_hours=16, practice_half_hours=24,
        can_do=("能独立完成平焊",), pass_rule=PassRule(), certificate_type="training",
    )  # fmt: skip
    return publish_edition(course=course, facts=facts, units=units(questions), by=None)


def class_of(world: World, names: list[str], **changes: object) -> TrainingClass:
    """A class that runs with these learners, each with a card whose PIN is the learner's number."""
    edition = changes.pop("edition", None) or publish(world)
    training_class = running(world, names, edition=edition, **changes)
    for enrolment in training_class.enrolments.select_related("learner"):
        learner = enrolment.learner
        terminals.issue_card(learner=learner, by=None, organisation=world.prison, pin=learner.learner_no)
    return training_class


def member(training_class: TrainingClass, name: str) -> Learner:
    return training_class.enrolments.select_related("learner").get(learner__full_name=name).learner


def lesson(edition: Edition, code: str = "m1-l1") -> CourseUnit:
    return CourseUnit.objects.select_related("text").get(edition=edition, code=code)


def screens(unit: CourseUnit) -> int:
    return len(lesson_steps(unit.text))

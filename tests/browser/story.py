"""The people and the course of story P1, and what its browser test does more than once."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from courses.classes.models import TrainingClass
from courses.exams.models import Attempt
from courses.people.models import Learner, User
from courses.questions.models import Bank
from courses.terminals import actions as terminals
from lms.demo.certificates import TYPE, build_issuer
from lms.demo.classes import World, moment, welding_sessions
from lms.demo.course import build_bank, build_course
from lms.demo.learners import build_learners
from lms.demo.places import build_places, build_staff

FIVE = {"王": "100001", "李": "100002", "陈": "100003", "张": "100008", "赵": "100005"}


@dataclass
class Story:
    """World, learners by family name, the bank, and the five mornings of the class (all before today)."""

    world: World
    learners: dict[str, Learner]
    bank: Bank
    mornings: list

    @property
    def staff(self) -> dict[str, User]:
        return dict(self.world.staff)

    @property
    def training_class(self) -> TrainingClass:
        return TrainingClass.objects.get(class_no="2025-WELD-T")

    def sessions(self) -> list:
        """The timetable: four class hours each, two of theory and three of practice."""
        return welding_sessions(self.mornings)


def build_story() -> Story:
    """Everything that stands before the class is planned; the learners have cards whose PIN is their number."""
    places = build_places()
    staff = build_staff(places)
    build_issuer(places)
    edition = build_course(places, staff, TYPE)
    bank = build_bank(places, staff, edition.course)
    people = build_learners(places, staff["admin_prison"], named=tuple(FIVE.values()))
    by_number = {learner.learner_no: learner for learner in people}
    for learner in people:
        terminals.issue_card(learner=learner, by=None, organisation=places.prison, pin=learner.learner_no)
    first = timezone.localdate() - timedelta(days=10)
    nine = timezone.datetime(2000, 1, 1, 9).time()
    mornings = [moment(first + timedelta(days=day), nine) for day in range(5)]
    return Story(World(places, staff, edition), {name: by_number[no] for name, no in FIVE.items()}, bank, mornings)


def sign_in_at_terminal(page, code: str, number: str) -> None:
    """A learner's way in: the terminal's code once, then number and PIN, key by key or typed."""
    if code:
        page.goto(f"/t/enrol?code={code}")
        if page.locator("main form button").count():
            page.locator("main form button").first.click()
    page.goto("/t/number/")
    page.locator("#number").fill(number)
    page.locator("main form button.q-btn").last.click()
    page.wait_for_url("**/pin/**")
    page.locator("main input[name=pin]").fill(number)
    page.locator("main form button.q-btn").last.click()
    page.wait_for_url("**/learn/**")


def sit_exam(page, *, wrong: int) -> Attempt:
    """Answers all twenty questions, `wrong` of them wrongly, and hands in."""
    page.goto("/exam/")
    page.locator("main form button").first.click()
    page.wait_for_selector("[data-question]")
    attempt = Attempt.objects.open().get()
    items = {item.text: item for item in attempt.sitting.paper.items.all()}
    for number in range(1, len(items) + 1):
        page.wait_for_selector(f'[data-question="{number}"]')
        item = items[page.locator("[data-question] h1").inner_text()]
        _answer(page, item, right=number > wrong)
        page.locator("button[name=go][value=next]").last.click()
        if number < len(items):
            page.wait_for_selector(f'[data-question="{number + 1}"]')
    page.wait_for_url("**/review/")
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_url("**/receipt/")
    attempt.refresh_from_db()
    return attempt


def _answer(page, item, *, right: bool) -> None:
    boxes = page.locator("[data-question] .q-choice__label")
    if item.type == "numeric":
        page.locator("input[name=answer]").fill(item.key["value"] if right else "999")
    elif item.type == "true_false":
        boxes.nth(0 if item.key["right"] == right else 1).click()
    elif item.type == "single":
        place = item.key["right"] if right else (item.key["right"] + 1) % len(item.body["choices"])
        _box(page, item.body["choices"][place]).click()
    else:
        places = item.key["right"] if right else item.key["right"][:1]
        for place in places:
            _box(page, item.body["choices"][place]).click()


def _box(page, text: str):
    return page.locator(".q-choice__label").filter(has=page.get_by_text(text, exact=True)).first

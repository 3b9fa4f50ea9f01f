"""The exam as a learner meets it, in a real browser: by keyboard, through a pause and a cut network, and without scripts."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.exams import actions as exams
from courses.exams.booklet import Booklet
from courses.exams.models import Answer, Attempt
from courses.terminals import actions as terminals
from courses.terminals import middleware
from tests.courses.building import make_world
from tests.courses.exams.building import exam_room, right

expect.set_options(timeout=15_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(live_server):
    return exam_room(make_world(), when=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def seat(live_server, room):
    """Seats a learner at a terminal: the browser then has the two cookies that signing in leaves."""

    def seated(page, name="王国强", terminal=0):
        learner = room.learners[name]
        _card, pin, _code = terminals.issue_card(learner=learner, organisation=room.world.prison, by=None)
        _session, token = terminals.sign_in(terminal=room.terminals[terminal], learner_no=learner.learner_no, pin=pin)
        page.context.add_cookies([
            {"name": middleware.TERMINAL_COOKIE, "value": room.tokens[terminal], "url": live_server.url},
            {"name": middleware.SEAT_COOKIE, "value": token, "url": live_server.url},
        ])  # fmt: skip
        return page

    return seated


@pytest.fixture
def at_exam(seat, room):
    """A page on question 1 of the open exam."""

    def begun(page, name="王国强", terminal=0):
        seat(page, name, terminal)
        page.goto("/exam/")
        page.locator("main form button").first.click()
        page.wait_for_url("**/1/?all")
        return page

    return begun


def attempt_of(room, name="王国强"):
    return Attempt.objects.select_related("sitting__paper", "sitting__exam").get(
        entry__enrolment__learner=room.learners[name]
    )


def letters(attempt):
    """The right answer to each question as this attempt's page wants it."""
    key = {item.position: item for item in attempt.sitting.paper.items.all()}
    return {page.number: page.posted(right(key[page.item.position])) for page in Booklet.of(attempt)}


def saved(page):
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "saved")


def said_at_a_key(page):
    """What the line says in the moment of a key in a number field, before anything is sent."""
    return page.evaluate("""() => {
        const field = document.querySelector("[data-place] input[inputmode=decimal]");
        field.value += " ";
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        return document.querySelector("[data-status]").dataset.status;
    }""")


def answer_by_keyboard(page, wanted):
    """Type the answer to a question that has none yet, once the script has taken the page over."""
    expect(page.locator("[data-form][data-live]")).to_be_visible()
    expect(page.locator("[data-status]")).to_have_attribute("data-status", re.compile("empty|waiting"))
    field = page.locator("[data-place] input[inputmode=decimal]")
    if field.count():
        expect(field).to_be_focused()
        page.keyboard.type(wanted[0])
    else:
        for letter in wanted:
            page.keyboard.press(letter.lower())


def test_an_exam_by_keyboard_with_a_reload_a_pause_and_a_receipt(page, at_exam, room, axe, fits, screenshot):
    at_exam(page)
    attempt = attempt_of(room)
    wanted = letters(attempt)
    page.wait_for_function("document.readyState === 'complete'")
    axe(page)
    screenshot(page, "exam-question-1366", full=False)
    for number in range(1, 21):
        expect(page.locator(f'[data-place] [data-question="{number}"]')).to_be_visible()
        answer_by_keyboard(page, wanted[number])
        saved(page)
        if page.locator("[data-place] input[inputmode=decimal]").count():
            assert said_at_a_key(page) == "saving", "saved is said of what stands in the field, not of what stood there"
            saved(page)
        if number == 5:
            page.locator("[data-flag-button]").click()
            expect(page.locator('[data-item="5"] [data-flag] svg')).to_be_visible()
        if number == 8:
            page.reload()
            expect(page.locator('[data-place] [data-question="8"]')).to_be_visible()
            expect(page.locator(".q-nav__item--done")).to_have_count(8)
            saved(page)
        if number == 12:
            pause_and_go_on(page, room, attempt, axe, screenshot)
        page.keyboard.press("PageDown" if number % 2 else "Enter")
    page.wait_for_url("**/review/")
    axe(page)
    fits(page)
    screenshot(page, "exam-review-1366", full=False)
    assert Answer.objects.filter(attempt=attempt, value__isnull=False).count() == 20
    page.locator("[data-submit-form] button").click()
    page.wait_for_url("**/receipt/")
    attempt.refresh_from_db()
    assert attempt.state == "submitted"
    assert attempt.grades.get().score == 100
    expect(page.locator("main")).to_contain_text(attempt.receipt[:4])
    expect(page.locator("main")).not_to_contain_text("100")
    axe(page)
    fits(page)
    screenshot(page, "exam-receipt-1366", full=False)
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def pause_and_go_on(page, room, attempt, axe, screenshot):
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="点名")
    expect(page.locator("[data-cover]")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-paper]")).to_be_hidden()
    axe(page)
    screenshot(page, "exam-covered-1366", full=False)
    still = page.locator("[data-cover-left]").inner_text()
    page.wait_for_timeout(1500)
    assert page.locator("[data-cover-left]").inner_text() == still
    exams.resume_room(sitting=room.sitting, by=room.invigilator)
    expect(page.locator("[data-paper]")).to_be_visible(timeout=15_000)


def test_the_same_without_scripts(page_without_js, at_exam, room, axe, fits, screenshot):
    page = at_exam(page_without_js)
    attempt = attempt_of(room)
    wanted = letters(attempt)
    fits(page)
    for number in range(1, 21):
        expect(page.locator(f'[data-question="{number}"]')).to_be_visible()
        field = page.locator("input[inputmode=decimal]")
        if field.count():
            field.fill(wanted[number][0])
        for letter in wanted[number]:
            if not field.count():
                page.locator(f'label:has(input[name=answer][value="{letter}"])').click()
        if number == 10:
            exams.pause_room(
                sitting=room.sitting, by=room.invigilator, reason="点名", at=timezone.now() - timedelta(seconds=11)
            )
            page.locator("[data-next]").click()
            expect(page.locator(".q-cover__word")).to_be_visible()
            screenshot(page, "exam-paused-plain-1366", full=False)
            exams.resume_room(sitting=room.sitting, by=room.invigilator)
            page.locator("main form button").click()
            expect(page.locator('[data-question="10"]')).to_be_visible()
        page.locator("[data-next]").click()
    page.wait_for_url("**/review/")
    page.locator("[data-submit-form] button").click()
    page.wait_for_url("**/receipt/")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.grades.get().score) == ("submitted", 100)
    screenshot(page, "exam-receipt-plain", full=False)


def test_a_cut_network_loses_nothing_and_is_said_at_once(page, at_exam, room, screenshot):
    at_exam(page)
    attempt = attempt_of(room)
    wanted = letters(attempt)
    saved_one(page, wanted)
    page.context.set_offline(True)
    for number in (2, 3, 4):
        page.keyboard.press("PageDown")
        answer_by_keyboard(page, wanted[number])
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    expect(page.locator("[data-status]")).to_have_attribute("data-status", re.compile("waiting"), timeout=5000)
    screenshot(page, "exam-cut-off-1366", full=False)
    assert Answer.objects.filter(attempt=attempt).count() == 1
    page.locator("[data-review]").click()
    page.wait_for_timeout(500)
    assert page.url.endswith("/4/")  # not before all answers have arrived
    page.context.set_offline(False)
    page.wait_for_url("**/review/", timeout=12_000)
    assert Answer.objects.filter(attempt=attempt, value__isnull=False).count() == 4


def saved_one(page, wanted):
    expect(page.locator('[data-place] [data-question="1"]')).to_be_visible()
    page.wait_for_timeout(1000)  # the whole paper has come
    answer_by_keyboard(page, wanted[1])
    saved(page)


def test_more_time_is_seen_and_the_end_hands_in_by_itself(page, at_exam, room):
    at_exam(page)
    attempt = attempt_of(room)
    now = timezone.now()
    Attempt.objects.filter(pk=attempt.pk).update(started_at=now - timedelta(minutes=90) + timedelta(seconds=14))
    page.reload()
    expect(page.locator("[data-clock]").first).to_contain_text("0")
    exams.extend(sitting=room.sitting, seconds=8, reason="大字试卷", by=room.invigilator, attempt=attempt)
    first_end = now + timedelta(seconds=14)
    page.wait_for_timeout(max(0, (first_end - timezone.now()).total_seconds() + 1) * 1000)
    assert Attempt.objects.get(pk=attempt.pk).state == "open"
    page.wait_for_url("**/receipt/", timeout=20_000)
    assert Attempt.objects.get(pk=attempt.pk).state == "submitted"


def test_a_raised_hand_and_a_void_seat_elsewhere(open_page, at_exam, seat, room, axe, screenshot):
    page = at_exam(open_page("desk"))
    page.locator("[data-hand] button").click()
    expect(page.locator("[data-hand] button")).to_have_attribute("aria-pressed", "true")
    attempt = attempt_of(room)
    assert attempt.hand_raised_at
    exams.move_seat(attempt=attempt, by=room.invigilator, reason="换座位")
    page.keyboard.press("a")
    page.wait_for_url("**/exam/", timeout=12_000)
    other = at_exam_again(open_page("desk"), seat)
    screenshot(other, "exam-moved", full=False)
    page.goto(f"/exam/{attempt.pk}/1/")
    assert page.url.endswith("/t/")  # the first seat's session ended when the learner sat down elsewhere


def at_exam_again(page, seat):
    seat(page, terminal=1)
    page.goto("/exam/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/1/?all")
    return page

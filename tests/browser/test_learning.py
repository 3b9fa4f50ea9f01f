"""The learner's desk in a real browser, with and without scripts (P3 steps 3 to 6; EXAMS T9, T12)."""

import pytest

from courses.terminals import actions, middleware
from courses.terminals.models import TerminalSession
from tests.browser.classroom import contrast, no_way_out, seat_at
from tests.cms.learning.building import class_of, lesson, member
from tests.courses.building import make_world

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
SMALL = (1024, 768)
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])


@pytest.fixture
def school(live_server):
    """A class that runs, and two terminals."""
    world = make_world()
    training_class = class_of(world, ["周大山", "王国强"])
    world.tokens = {
        name: actions.enrol_terminal(organisation=world.prison, name=name, room=world.room, by=None)[1]
        for name in ("T-03", "T-07")
    }
    world.training_class = training_class
    world.zhou, world.wang = member(training_class, "周大山"), member(training_class, "王国强")
    world.zhou.large_text = True
    world.zhou.save()
    return world


@pytest.fixture
def at_desk(open_page, live_server, school):
    def opened(learner, terminal="T-03", size=SMALL, **options):
        page = open_page(size, **options)
        seat_at(page, live_server, school.tokens[terminal], learner.learner_no)
        page.goto("/learn/")
        return page

    return opened


def looked_at(page, axe, fits, screenshot, name, scripts=True):
    if scripts:
        axe(page), contrast(page)
    fits(page), no_way_out(page)
    screenshot(page, name)


@BOTH
def test_from_the_desk_through_a_lesson_with_a_question(at_desk, school, axe, fits, screenshot, scripts):
    """P3 step 3 (large letters) and the whole way: desk, words, question, why, next, finished, desk."""
    page = at_desk(school.zhou, scripts=scripts)
    assert "学员" in page.locator(".q-top").inner_text() and "周大山" not in page.content()
    looked_at(page, axe, fits, screenshot, f"learn-desk-{scripts}", scripts)
    page.get_by_role("button", name="开始学").click()
    looked_at(page, axe, fits, screenshot, f"learn-screen-{scripts}", scripts)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    looked_at(page, axe, fits, screenshot, f"learn-question-{scripts}", scripts)
    page.get_by_role("radio", name="看一眼焊缝").check()
    page.get_by_role("button", name="我选好了").click()
    assert "可以再看一眼" in page.content() and "道理" in page.content()
    looked_at(page, axe, fits, screenshot, f"learn-feedback-{scripts}", scripts)
    page.get_by_role("link", name="看第 2 步").click()
    page.get_by_role("button", name="下一步").click()
    for _question in range(9):
        page.get_by_role("button", name="下一步").click()
        page.get_by_role("radio", name="面罩落下").check()
        page.get_by_role("button", name="我选好了").click()
    page.get_by_role("button", name="学完了").click()
    assert "学完了，已经记下" in page.content() and "1 / 2 课" in page.locator(".q-path").inner_text()
    looked_at(page, axe, fits, screenshot, f"learn-desk-after-{scripts}", scripts)
    page.get_by_role("link", name="全部课文").click()
    looked_at(page, axe, fits, screenshot, f"learn-course-{scripts}", scripts)


def test_the_keyboard_alone_reaches_the_next_screen(at_desk, school):
    """P3 step 3."""
    page = at_desk(school.wang)
    page.get_by_role("button", name="开始学").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/")
    for _tab in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == "下一步":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/2/")


def test_after_the_tab_is_killed_the_next_person_sees_nothing_and_one_goes_on_elsewhere(at_desk, school, screenshot):
    """P3 step 4: six of ten answered; 换人; another learner; Back; question 7 at T-07."""
    page = at_desk(school.zhou)
    page.get_by_role("button", name="开始学").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    for _question in range(6):
        page.get_by_role("radio", name="面罩落下").check()
        page.get_by_role("button", name="我选好了").click()
        page.get_by_role("button", name="下一步").click()
    where = page.url
    again = page.context.new_page()
    page.close()
    again.goto(where)
    again.get_by_role("button", name="下课·换人").click()
    again.wait_for_url("**/t/")
    again.goto("/t/number/")
    again.locator("#number").fill(school.wang.learner_no)
    again.keyboard.press("Enter")
    again.locator("#pin").fill(school.wang.learner_no)
    again.keyboard.press("Enter")
    again.wait_for_url("**/learn/")
    assert school.zhou.display_name not in again.content()
    again.get_by_role("button", name="下课·换人").click()
    again.wait_for_url("**/t/")
    for _step in range(4):
        again.go_back()
        again.wait_for_load_state()
        body = again.content()
        assert school.zhou.display_name not in body and school.wang.display_name not in body
    elsewhere = at_desk(school.zhou, "T-07")
    elsewhere.get_by_role("button", name="接着学").click()
    assert "第 7 题" in elsewhere.content()
    assert elsewhere.get_by_role("radio").count() == 3 and not elsewhere.get_by_role("radio").first.is_disabled()


def test_idle_warns_locks_with_the_alias_and_ends(at_desk, school, settings, axe, screenshot):
    """P3 step 5, with short times: a question, the lock with the alias alone, then the sign-in page."""
    settings.LMS_TERMINAL_RULES = {
        "idle_lock_seconds": 8,
        "idle_end_seconds": 15,
        "warning_seconds": 4,
        "beat_seconds": 1,
    }
    page = at_desk(school.zhou)
    warning = page.get_by_role("alert").filter(has_text="您还在吗")
    warning.wait_for(state="hidden", timeout=3000)
    warning.wait_for(state="visible", timeout=9000)
    page.get_by_role("button", name="我在").click()
    warning.wait_for(state="hidden", timeout=3000)
    page.wait_for_url("**/t/locked/", timeout=20_000)
    body = page.content()
    assert school.zhou.display_name in body and "周大山" not in body and school.zhou.learner_no not in body
    axe(page), contrast(page)
    screenshot(page, "learn-locked")
    page.goto("/learn/")
    assert "/t/locked/" in page.url
    page.locator("#pin").fill(school.zhou.learner_no)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/")
    page.wait_for_url("**/t/locked/", timeout=20_000)
    page.wait_for_url("**/t/", timeout=20_000)
    assert school.zhou.display_name not in page.content()
    assert {one["name"] for one in page.context.cookies()} == {middleware.TERMINAL_COOKIE}


def test_the_question_before_the_lock_can_be_read_by_everybody(at_desk, school, settings, axe, screenshot):
    settings.LMS_TERMINAL_RULES = {"idle_lock_seconds": 600, "idle_end_seconds": 700, "warning_seconds": 599}
    page = at_desk(school.zhou)
    page.get_by_role("alert").filter(has_text="您还在吗").wait_for(state="visible", timeout=5000)
    axe(page), contrast(page)
    screenshot(page, "learn-still-there")


def test_idle_without_scripts_asks_locks_and_ends(at_desk, school, settings):
    """P3 step 5: the page moves on by itself."""
    settings.LMS_TERMINAL_RULES = {"idle_lock_seconds": 4, "idle_end_seconds": 7, "warning_seconds": 2}
    page = at_desk(school.zhou, scripts=False)
    page.wait_for_url("**/t/still-here/**", timeout=6000)
    page.get_by_role("link", name="我在").click()
    page.wait_for_url("**/learn/")
    page.wait_for_url("**/t/locked/", timeout=10_000)
    page.wait_for_url("**/t/", timeout=10_000)
    assert school.zhou.display_name not in page.content()


def test_one_click_of_the_officer_empties_the_screens(at_desk, school):
    """P3 step 5: 一键收场."""
    page = at_desk(school.zhou)
    assert actions.end_room(room=school.room, by=school.officer) == 1
    page.wait_for_url("**/t/", timeout=20_000)
    assert TerminalSession.objects.get().ended_by == "staff"


def test_a_first_visit_asks_for_little(at_desk, school, live_server):
    """PERFORMANCE: at most 8 requests for a learner's first page."""
    page = at_desk(school.wang)
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    unit = lesson(school.training_class.edition)
    page.goto(f"/learn/{unit.edition_id}/m1-l1/1/")
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 8, asked

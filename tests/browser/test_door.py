"""The learner's door in a real browser, with and without scripts (P3 steps 1, 2, 5; EXAMS T2, T3, T9, T12)."""

import pytest

from courses.terminals import actions, middleware
from courses.terminals.models import TerminalSession
from tests.browser.classroom import contrast, no_way_out, seat_at, terminal_cookie

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
SMALL = (1024, 768)


@pytest.fixture
def at_terminal(open_page, live_server, classroom):
    """Opens pages of terminal T-03 at 1024 × 768."""

    def opened(size=SMALL, *, terminal="T-03", **options):
        page = open_page(size, **options)
        page.context.add_cookies([terminal_cookie(live_server, classroom.tokens[terminal])])
        return page

    return opened


def type_in(page, digits, button):
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name=button, exact=True).last.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_by_number_with_the_pad_alone(at_terminal, axe, fits, screenshot, scripts):
    """P3 step 1: three ways, no names; the pad works with and without scripts; every page passes."""
    page = at_terminal(scripts=scripts)
    look = axe if scripts else (lambda page: None)
    page.goto("/t/")
    assert page.locator(".q-tile").count() == 3
    look(page), fits(page), contrast(page), no_way_out(page)
    screenshot(page, f"door-start-{scripts}")
    page.get_by_role("link", name="用号码").click()
    look(page), fits(page), contrast(page), no_way_out(page)
    screenshot(page, f"door-number-{scripts}")
    type_in(page, "100004", "下一步")
    look(page), fits(page), contrast(page), no_way_out(page)
    for digit in "100":
        page.get_by_role("button", name=digit, exact=True).click()
    screenshot(page, f"door-pin-{scripts}")
    type_in(page, "004", "登录")
    page.wait_for_url("**/learn/**")
    assert TerminalSession.objects.live().get().learner.learner_no == "100004"


def test_by_card_as_a_scanner_types_it(at_terminal, classroom, axe, fits, screenshot):
    """P3 step 1: the scanner types the code and a line end; then the PIN by keyboard."""
    _card, pin, code = actions.issue_card(learner=classroom.zhou, by=None, organisation=classroom.prison)
    page = at_terminal()
    page.goto("/t/")
    page.get_by_role("link", name="用登录卡").click()
    axe(page), fits(page), contrast(page)
    screenshot(page, "door-card")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/t/pin/")
    page.keyboard.type(pin)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/**")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_five_wrong_pins_rest_and_ask_the_teacher(at_terminal, axe, screenshot, scripts):
    """P3 step 2: an unknown number is told the same."""
    said = []
    for number in ("100004", "999999"):
        page = at_terminal(scripts=scripts)
        page.goto("/t/number/")
        page.locator("#number").fill(number)
        page.keyboard.press("Enter")
        for _try in range(5):
            page.locator("#pin").fill("000000")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        said.append(page.get_by_role("alert").inner_text())
        assert page.get_by_role("button", name="登录", exact=True).last.is_disabled()
    assert said[0] == said[1] and "请找老师" in said[0]
    if scripts:
        axe(page), contrast(page)
    screenshot(page, f"door-locked-out-{scripts}")


def test_nothing_stays_for_the_next_person(at_terminal, live_server, classroom, screenshot):
    """P3 step 4, T12: after 下课·换人 the browser holds nothing but the computer's own cookie; Back leads to the sign-in."""
    page = at_terminal()
    seat_at(page, live_server, classroom.tokens["T-03"], "100004")
    page.goto("/t/help/")
    assert "学员0004" in page.content()
    page.get_by_role("button", name="下课·换人").click()
    page.wait_for_url("**/t/")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert set(cookies) == {middleware.TERMINAL_COOKIE}
    stored = page.evaluate("[localStorage.length, sessionStorage.length, (window.indexedDB.databases ? 0 : 0)]")
    assert stored == [0, 0, 0]
    page.go_back()
    page.wait_for_load_state()
    assert "学员0004" not in page.content() and "100004" not in page.content()


def test_an_unknown_browser_learns_what_to_do_and_enrols(open_page, classroom, axe, fits, screenshot):
    page = open_page(SMALL)
    page.goto("/t/")
    axe(page), fits(page), contrast(page)
    screenshot(page, "door-no-terminal")
    code = actions.enrolment_code(terminal=classroom.terminals["T-07"], by=None)
    page.goto(f"/t/enrol/?code={code}")
    screenshot(page, "door-enrol")
    page.get_by_role("button", name="登记这台电脑").click()
    page.wait_for_url("**/t/")
    assert "T-07" in page.content()

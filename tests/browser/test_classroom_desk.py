"""The classroom on the staff desk in a real browser."""

import pytest

from courses.people import actions as people
from courses.people.models import User
from courses.people.permissions import Role
from courses.terminals import actions
from tests.browser.classroom import seat_at

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
WAGTAIL = (
    "region",
    "landmark-unique",
    "color-contrast",
    "page-has-heading-one",
    "heading-order",
)  # its frame, not ours


@pytest.fixture
def admin(classroom):
    user = User.objects.create_user("admin_prison", last_name="方")
    people.appoint(user=user, role=Role.SITE_ADMIN, organisation=classroom.prison, by=None)
    return user


def test_an_officer_lets_a_number_in_and_sends_everyone_out(
    open_page, live_server, classroom, admin, sign_in_staff, axe, fits, screenshot
):
    """P3 steps 2 and 5 from both sides of the desk."""
    for _try in range(5):
        with pytest.raises(actions.SignInRefused):
            actions.sign_in(terminal=classroom.terminals["T-03"], learner_no="100004", pin="000000")
    learner = open_page((1024, 768))
    seat_at(learner, live_server, classroom.tokens["T-07"], "100001")
    learner.goto("/learn/")
    desk = sign_in_staff(open_page("desk"), admin)
    desk.goto("/admin/")
    screenshot(desk, "desk-home-locked-out")
    desk.get_by_role("link", name="教室终端").first.click()
    desk.wait_for_url("**/admin/terminals/")
    axe(desk, without=WAGTAIL), fits(desk)
    screenshot(desk, "desk-classrooms")
    desk.get_by_role("button", name="放行").click()
    desk.wait_for_load_state()
    assert actions.sign_in(terminal=classroom.terminals["T-03"], learner_no="100004", pin="100004")
    desk.reload()
    desk.locator("summary", has_text="一键收场").click()
    screenshot(desk, "desk-everyone-out")
    desk.get_by_role("button", name="一键收场").click()
    learner.wait_for_url("**/t/", timeout=20_000)


def test_a_computer_is_enrolled_from_desk_to_classroom(open_page, classroom, admin, sign_in_staff, fits, screenshot):
    desk = sign_in_staff(open_page("desk"), admin)
    desk.goto("/admin/terminals/new/")
    screenshot(desk, "desk-enrol")
    desk.get_by_role("button", name="登记").click()
    code = desk.locator("#secret").inner_text()
    screenshot(desk, "desk-code")
    fits(desk)
    computer = open_page((1024, 768))
    computer.goto("/t/")
    computer.locator("#code").fill(code.lower())
    computer.keyboard.press("Enter")
    computer.get_by_role("button", name="登记这台电脑").click()
    computer.wait_for_url("**/t/")
    assert "T-08" in computer.content()


def test_cards_are_made_printed_and_used(
    open_page, live_server, classroom, admin, sign_in_staff, axe, fits, screenshot
):
    desk = sign_in_staff(open_page("desk"), admin)
    desk.goto("/admin/terminals/cards/")
    axe(desk, without=WAGTAIL), fits(desk)
    screenshot(desk, "desk-cards")
    for box in desk.locator("input[name=learners]").all():
        box.check()
    desk.get_by_role("button", name="给勾选的人做新卡").click()
    screenshot(desk, "desk-sheet")
    desk.emulate_media(media="print")
    screenshot(desk, "desk-sheet-print")
    desk.emulate_media(media="screen")
    pin = desk.locator(".q-logincard__strip b").nth(1).inner_text()
    assert actions.sign_in(terminal=classroom.terminals["T-03"], learner_no="100004", pin=pin)
    desk.goto(f"/admin/learners/{classroom.zhou.pk}/")
    screenshot(desk, "desk-file")

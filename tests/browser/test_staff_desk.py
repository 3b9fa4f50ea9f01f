"""The staff's door and desk in a browser: by keyboard alone, in Chinese, at three sizes."""

import re

import pytest

from courses.people import actions
from courses.people.models import Learner, Organisation, User
from courses.people.permissions import VIEW_LEARNERS, Role

pytestmark = [pytest.mark.browser, pytest.mark.once]
PASSWORD = "a-good-password"
HOME = re.compile(r"//[^/]+/admin/$")


@pytest.fixture
def prison(live_server):
    bureau = actions.add_organisation(name="江州市人社局（演示）", kind=Organisation.Kind.HR_BUREAU, by=None)
    prison = actions.add_organisation(name="江州监狱（演示）", kind=Organisation.Kind.PRISON, by=None, parent=bureau)
    actions.add_unit(organisation=prison, name="一监区", by=None)
    actions.add_unit(organisation=prison, name="二监区", by=None)
    actions.add_room(organisation=prison, name="电教室", seats=30, by=None)
    return prison


@pytest.fixture
def people(prison):
    def make(username, family, given, role, place):
        user = User.objects.create_user(username, password=PASSWORD, last_name=family, first_name=given)
        actions.appoint(user=user, role=role, organisation=place, by=None)
        return user

    admin = make("admin_prison", "方", "正", Role.SITE_ADMIN, prison)
    city = make("admin_city", "江", "敏", Role.ADMIN, prison.parent)
    learner = actions.register_learner(
        full_name="李德顺", id_number="990101197909230135", organisation=prison, by=None, learner_no="100002",
        unit=prison.units.first(), category="inmate", id_evidence="card",
    )  # fmt: skip
    actions.ask_countersign(
        act="people.test", about=learner, title="核对李德顺的身份", organisation=prison, permission=VIEW_LEARNERS,
        by=city, reason="证件照片不清",
    )  # fmt: skip
    return admin


def test_the_sign_in_page_is_light_accessible_and_fits(page, prison, axe, fits, at_every_size, screenshot):
    page.goto("/staff/login/")
    for size in at_every_size(page):
        axe(page)
        fits(page)
        screenshot(page, f"staff-login-{size}")
    page.fill("input[name=username]", "nobody")
    page.fill("input[name=password]", "nothing-at-all")
    page.click("main button[type=submit]")
    assert page.locator("[role=alert]").is_visible()
    axe(page)
    screenshot(page, "staff-login-error")


def test_an_officer_registers_a_learner_with_the_keyboard_alone(page, people, prison, screenshot):
    """PER-1 at the desk: a wrong check digit gets a sentence and stores nothing; the right number opens the file."""
    page.goto("/admin/")
    assert "/staff/login/" in page.url
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "username":
        page.keyboard.press("Tab")
    page.keyboard.type("admin_prison")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(HOME)
    assert page.get_by_text("核对李德顺的身份").is_visible()  # waits for my signature
    screenshot(page, "staff-home")

    page.goto("/admin/learners/new/")
    screenshot(page, "staff-register")
    type_into(page, "full_name", "王国强")
    type_into(page, "id_number", "990101198804120111")  # the last digit is wrong
    page.keyboard.press("Enter")
    alert = page.locator("main [role=alert], [role=alert]").first
    alert.wait_for()
    screenshot(page, "staff-register-wrong")
    assert Learner.objects.count() == 1
    assert page.locator("#id_id_number").input_value() == "990101198804120111"
    clear_and_type(page, "id_number", "990101198804120110")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/learners/\d+/$"))
    assert page.locator("h2").filter(has_text="王国强").is_visible()
    assert page.get_by_text("990101********0110").is_visible()
    assert "990101198804120110" not in page.content()
    screenshot(page, "staff-file")


def type_into(page, name, text):
    """Reach a field with the tabulator and type."""
    for _i in range(60):
        if page.evaluate("document.activeElement.name") == name:
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == name
    page.keyboard.type(text)


def clear_and_type(page, name, text):
    page.focus("#skip-link") if page.locator("#skip-link").count() else None
    type_into(page, name, "")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_an_account_is_made_and_used_for_the_first_time(open_page, sign_in_staff, people, screenshot):
    page = sign_in_staff(open_page("desk"), people)
    page.goto("/admin/staff/new/")
    for name, value in (("last_name", "李"), ("first_name", "明"), ("username", "li_ming")):
        page.fill(f"#id_{name}", value)
    page.select_option("#id_role", "officer")
    page.click("main form button[type=submit]")
    password = page.locator("#secret").inner_text()
    screenshot(page, "staff-one-time-password")
    fresh = open_page("desk")
    fresh.goto("/staff/login/")
    fresh.fill("input[name=username]", "li_ming")
    fresh.fill("input[name=password]", password)
    fresh.click("main button[type=submit]")
    fresh.wait_for_url("**/staff/password/")
    screenshot(fresh, "staff-own-password")
    fresh.fill("input[name=new_password]", "written-on-no-paper")
    fresh.fill("input[name=again]", "written-on-no-paper")
    fresh.click("main button.q-btn--wide")
    fresh.wait_for_url("**/admin/")


def test_signing_in_and_registering_works_without_scripts(page_without_js, people, prison):
    page = page_without_js
    page.goto("/staff/login/?next=/admin/learners/new/")
    page.fill("input[name=username]", "admin_prison")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.fill("#id_full_name", "陈小龙")
    page.select_option("#id_gender", "male")
    page.click("main form button[type=submit]")
    assert page.locator("h2").filter(has_text="陈小龙").is_visible()

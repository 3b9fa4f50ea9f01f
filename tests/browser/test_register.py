"""The register in a real browser: by keyboard with the script, as one form without it, and two trainers at once."""

import re

import pytest
from django.urls import reverse

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Status
from tests.courses.building import crowd, make_world, running_now, session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Wagtail's own frame: its skip link and its side panels.
FRAME = ("region", "landmark-unique", "color-contrast")


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def forty(world):
    return running_now(world, crowd(40), hours_ago=4, capacity=40)


def address(training_class, number=1):
    return reverse("attendance_register", args=[session(training_class, number).pk])


def marks(training_class):
    records = AttendanceRecord.objects.live().select_related("enrolment")
    return {
        record.enrolment.roster_no: record.mark for record in records.filter(session__training_class=training_class)
    }


def test_forty_learners_by_keyboard(world, forty, open_page, sign_in_staff, axe, fits, screenshot):
    page = sign_in_staff(open_page((1366, 900)), world.trainer)
    page.goto(address(forty))
    screenshot(page, "register-empty")
    axe(page, only=".q-staff", without=FRAME)
    for number in range(38):
        page.keyboard.press("1")
        if number == 5:  # the sixth was late: 150 minutes there
            page.keyboard.press("2")
            lacking = page.locator("[data-lacking]")
            assert lacking.is_visible() and lacking.locator("a").count() == 1, (
                "not stored without minutes, and it says so"
            )
            page.keyboard.type("150")
            page.keyboard.press("Enter")
            assert lacking.is_hidden()
        elif number == 11:
            page.keyboard.press("4")
            page.keyboard.press("ArrowDown")
        elif number == 17:
            page.keyboard.press("5")
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.press("ArrowDown")
    page.locator("[data-marked]", has_text=re.compile("^38$")).wait_for()
    page.locator("[data-state] time:not(:empty)").wait_for()
    assert page.locator("[data-finish]").is_disabled()
    screenshot(page, "register-38", full=False)
    page.evaluate("window.scrollTo(0, 0)")
    screenshot(page, "register-top", full=False)
    fits(page)
    axe(page, only=".q-staff", without=FRAME)
    stored = marks(forty)
    assert len(stored) == 38
    assert (stored[6], stored[12], stored[18]) == (Mark(Status.LATE, 30), Mark(Status.LEAVE), Mark(Status.ABSENT))
    assert stored[1] == stored[38] == Mark(Status.PRESENT)
    page.locator("[name=act][value=rest]").click()
    page.locator("[data-marked]", has_text=re.compile("^40$")).wait_for()
    page.locator("[data-finish]").click()
    page.wait_for_url("**/registers/")
    screenshot(page, "registers")
    assert session(forty, 1).register.closed_at
    page.goto(address(forty))
    screenshot(page, "register-finished")
    axe(page, only=".q-staff", without=FRAME)


def test_the_register_works_without_scripts(world, open_page, sign_in_staff, screenshot):
    training_class = running_now(world, crowd(8), hours_ago=4)
    page = sign_in_staff(open_page("desk", scripts=False), world.trainer)
    page.goto(address(training_class))
    rows = page.locator("tr[data-row]")
    rows.nth(2).locator("input[value=late]").check(force=True)
    rows.nth(2).locator(".q-mins").fill("150")
    rows.nth(3).locator("input[value=absent]").check(force=True)
    screenshot(page, "register-no-script")
    page.locator("[name=act][value=rest]").click()
    assert marks(training_class) == {
        **{number: Mark(Status.PRESENT) for number in range(1, 9)}, 3: Mark(Status.LATE, 30), 4: Mark(Status.ABSENT),
    }  # fmt: skip
    page.locator("[data-finish]").click()
    page.wait_for_url("**/registers/")


def test_two_trainers_mark_the_same_learner(world, open_page, sign_in_staff, screenshot):
    training_class = running_now(world, crowd(4))
    page = sign_in_staff(open_page("desk"), world.trainer)
    page.goto(address(training_class))
    first = training_class.enrolments.get(roster_no=1)
    actions.mark_register(session=session(training_class, 1), marks={first.pk: Mark(Status.ABSENT)}, by=world.officer)
    row = page.locator("tr[data-row]").first
    row.locator("input[value=present]").check(force=True)
    note = page.locator(f"[data-note='{first.pk}']")
    note.wait_for(state="visible")
    assert "officer_a" in note.inner_text()
    screenshot(page, "register-conflict")
    assert row.locator("input[value=absent]").is_checked()
    assert marks(training_class)[1] == Mark(Status.ABSENT)
    row.locator("input[value=present]").check(force=True)
    page.locator("[data-state] time:not(:empty)").wait_for()
    assert marks(training_class)[1] == Mark(Status.PRESENT)


def test_a_lost_connection_is_said_and_made_good(world, open_page, sign_in_staff):
    training_class = running_now(world, crowd(2))
    page = sign_in_staff(open_page("desk"), world.trainer)
    page.goto(address(training_class))
    page.route("**/mark/", lambda route: route.abort())
    page.keyboard.press("1")
    page.locator(".q-saved--waiting").wait_for()
    page.unroute("**/mark/")
    page.locator("[data-state] time:not(:empty)").wait_for(timeout=15_000)
    assert marks(training_class) == {1: Mark(Status.PRESENT)}

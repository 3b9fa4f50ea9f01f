"""Story P4 in the browser: the board of September, its lists, the warning, the frozen report and its correction.

Sixteen people instead of 701; the true figures stand in tests/lms/targets/test_story_p4.py.
"""

from datetime import date
from decimal import Decimal

import pytest

from courses.results.models import CompletionCorrection
from lms.targets.models import Submission, Target
from tests.lms.targets.building import at, complete, make_world, persons, trained_target, tree

pytestmark = pytest.mark.browser
BOARD = "/admin/targets/?asof=2025-09-30"


@pytest.fixture
def world(live_server):
    world = make_world()
    complete(world, world.qianling, persons(world, world.qianling, 10), date(2025, 6, 20))
    complete(world, world.enjiang, persons(world, world.enjiang, 6), date(2025, 9, 12))
    tree(world)
    trained_target(world, "十倍", 1, unit="person_times", measure="trained_person_times")
    return world


def line(page, title):
    return page.locator(".q-targets tbody tr").filter(has=page.get_by_role("link", name=title, exact=True))


def test_p4_the_board_tells_the_truth(world, open_page, sign_in_staff, axe, fits, at_every_size, screenshot):
    page = open_page(scripts=True)
    sign_in_staff(page, world.staff["admin_city"])
    page.goto(BOARD)
    assert line(page, "对口培训人数").locator("td").first.inner_text().split()[:3] == ["16", "/", "450"]
    assert "337.5" in line(page, "对口培训人数").inner_text()
    assert "1,600.0 %" in line(page, "十倍").inner_text()
    axe(page, only="#main")
    for size in at_every_size(page):
        fits(page)
        screenshot(page, f"p4-board-{size}")
    _bars_stay_inside(page)
    line(page, "黔岭州").locator("td a").first.click()
    page.wait_for_url("**/trained/**")
    assert "10" in page.inner_text("#main")
    page.goto(BOARD.replace("09-30", "06-30"))
    assert line(page, "恩江州").locator("td").first.inner_text().startswith("0")


def _bars_stay_inside(page):
    outside = page.evaluate("""() => [...document.querySelectorAll(".q-bar")].filter(bar =>
        [...bar.querySelectorAll("rect")].some(r => r.getBoundingClientRect().right > bar.getBoundingClientRect().right + 1)).length""")
    assert outside == 0


def test_p4_without_scripts_a_target_is_set_and_a_report_frozen(world, open_page, sign_in_staff):
    page = open_page(scripts=False)
    sign_in_staff(page, world.staff["admin_city"])
    _set_the_doubtful_target(page)
    page.goto(BOARD)
    page.locator("a[href*='/targets/submit/']").click()
    page.locator("main form button[type=submit], #main form button[type=submit]").last.click()
    page.wait_for_url("**/targets/submitted/**")
    report = page.url
    assert "16" in page.inner_text("#main")
    _into_october(world, page, sign_in_staff)
    sign_in_staff(page, world.staff["admin_city"])
    page.goto(report)
    shown = page.inner_text("#main")
    assert "16" in shown and "−1" in shown
    assert Submission.objects.count() == 1
    page.goto(BOARD)
    assert line(page, "对口培训人数").locator("td").first.inner_text().startswith("15")


def _set_the_doubtful_target(page):
    page.goto("/admin/targets/new/")
    page.fill("[name=title]", "全年培训")
    page.fill("[name=value]", "41,150")
    page.fill("[name=first]", "2025-01-01")
    page.fill("[name=last]", "2025-12-31")
    page.fill("[name=stated_done]", "7012")
    page.fill("[name=stated_rate]", "155.8")
    page.locator("#main form button[type=submit]").click()
    assert Target.objects.filter(title="全年培训").count() == 0, "no unit"
    page.select_option("[name=unit]", "persons")
    page.locator("#main form button[type=submit]").click()
    shown = page.inner_text("#main")
    assert "155.8 % ≠ 17.0 %" in shown and "4,500" in shown
    page.fill("[name=note]", "原文如此")
    page.locator("#main form button[type=submit]").click()
    assert Target.objects.get(title="全年培训").stated_rate == Decimal("155.8")


def _into_october(world, page, sign_in_staff):
    """One person asks for another day, another signs."""
    one = world.enjiang.hosted_classes.get().enrolments.first()
    sign_in_staff(page, world.staff["admin_city"])
    page.goto(f"/admin/results/enrolments/{one.pk}/completion/")
    page.fill("[name=becomes]", "2025-10-08T16:00")
    page.fill("[name=reason]", "补课在国庆以后")
    page.locator("#main form button[type=submit]").click()
    correction = CompletionCorrection.objects.get()
    assert correction.becomes == at(date(2025, 10, 8), 16)
    sign_in_staff(page, world.staff["admin_school"])
    page.goto("/admin/waiting/")
    page.locator("#waiting a").first.click()
    page.locator("button[name=approve]").click()
    page.wait_for_url("**/waiting/")

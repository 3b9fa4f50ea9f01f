"""Every part of the look, in a browser: on learner pages and inside the staff desk."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def boss(django_user_model):
    return django_user_model.objects.create_superuser("boss", "boss@qihang.example", "a long enough word")


def test_every_part_is_accessible_and_fits(page, sign_in_staff, boss, axe, fits, at_every_size, screenshot):
    """200 % zoom of a classroom screen is a window of half its width."""
    sign_in_staff(page, boss)
    assert page.goto("/patterns/").status == 200
    for size in at_every_size(page, zoomed=(683, 384)):
        axe(page)
        fits(page)
        screenshot(page, f"patterns-{size}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_staff_parts_stand_in_the_admin(open_page, sign_in_staff, boss, axe, fits, screenshot, theme):
    page = sign_in_staff(open_page("desk", color_scheme=theme), boss)
    assert page.goto("/admin/patterns/").status == 200
    axe(page, only=".q-staff")
    fits(page)
    screenshot(page, f"staff-patterns-{theme}")


def test_staff_desk_is_named_and_coloured_after_the_house(open_page, sign_in_staff, boss, screenshot):
    page = sign_in_staff(open_page("desk"), boss)
    page.goto("/admin/")
    page.wait_for_selector(".sidebar .q-sidebrand")
    assert "Wagtail" not in page.title()
    assert page.locator("link[rel~=icon]").get_attribute("href").endswith("favicon.svg")
    words = page.locator(".sidebar").inner_text()
    for hidden in ("Reports", "Help", "报告", "帮助"):
        assert hidden not in words
    screenshot(page, "staff-home", full=False)

"""Public pages on a telephone and a desk without scripts; an author writes a lesson, a reviewer publishes the course."""

# ruff: noqa: F811  (fixtures of another folder are imported by name)

import pytest

from cms.pages.models import CoursePage, LessonPage
from tests.cms.pages.conftest import (  # noqa: F401  # noqa: F401  (fixtures)
    author,
    catalogue,
    course_page,
    home,
    published,
    reviewer,
    school,
    staff,
)

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PAGES = {
    "home": "/",
    "catalogue": "/school-990103/",
    "course": "/school-990103/weld-20/",
    "certificates": "/certificates/",
}


def test_public_pages_read_well_without_scripts(page_without_js, published, fits, at_every_size, screenshot):
    page = page_without_js
    for name, address in PAGES.items():
        assert page.goto(address).status == 200
        for size in at_every_size(page):
            fits(page)
            screenshot(page, f"public-{name}-{size}")


def test_public_pages_are_accessible(page, published, axe, at_every_size):
    for address in PAGES.values():
        page.goto(address)
        for _size in at_every_size(page):
            axe(page)


def test_the_way_from_the_first_page_to_a_course(page_without_js, published):
    page = page_without_js
    page.goto("/")
    page.get_by_role("link", name="焊工入门").click()
    assert page.get_by_role("heading", level=1).inner_text() == "焊工入门"
    page.get_by_role("link", name="丽禾职业培训学校").click()
    assert "焊工入门" in page.content()


@pytest.fixture
def no_policy_broken():
    """Our policy stops nothing that the editor needs: what it stops is listed here, word for word."""
    broken = []

    def watch(page):
        page.on("console", lambda message: "Content Security Policy" in message.text and broken.append(message.text))
        return page

    yield watch
    assert [text for text in broken if "inline style" not in text] == []


def test_an_author_writes_a_lesson(page, sign_in_staff, course_page, author, no_policy_broken, screenshot):
    lesson = LessonPage.objects.get(slug="l03")
    no_policy_broken(sign_in_staff(page, author))
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="插入").last.click()
    page.locator(".w-combobox__option").filter(has_text="安全").first.click()
    page.locator('[name$="-title"]').last.fill("手套湿了，马上换")
    page.locator('textarea[name$="-text"]').last.fill("湿手套会导电。")
    screenshot(page, "editor-lesson", full=False)
    page.get_by_role("button", name="保存草稿").first.click()
    page.wait_for_load_state()
    page.goto("/about/")  # the editor tells the server every few seconds that it is open
    lesson = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert "手套湿了" in str(lesson.body)


def test_a_reviewer_publishes_the_whole_course(
    page, sign_in_staff, course_page, reviewer, axe, screenshot, no_policy_broken
):
    no_policy_broken(sign_in_staff(page, reviewer))
    page.goto(f"/admin/courses/{course_page.pk}/publish/")
    screenshot(page, "publish-course")
    page.get_by_role("button", name="发布整门课").click()
    page.wait_for_load_state()
    assert CoursePage.objects.get().course.current.number == 1
    screenshot(page, "published-course", full=False)
    page.goto("/about/")

"""Public pages on a telephone and a desk without scripts; an author writes a lesson, a reviewer publishes the course."""

# ruff: noqa: F811  (fixtures of another folder are imported by name)

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.media.models import Picture
from cms.pages.models import CoursePage, LessonPage
from courses.people.models import User
from tests.cms.media.test_media import png
from tests.cms.pages.conftest import (  # noqa: F401  (fixtures)
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


@pytest.fixture
def stands():
    """No site stands from the module before: what these tests do is committed."""
    return False


def test_the_way_from_the_first_page_to_a_course(page_without_js, published):
    page = page_without_js
    page.goto("/")
    page.get_by_role("link", name="焊工入门").click()
    assert page.get_by_role("heading", level=1).inner_text() == "焊工入门"
    page.get_by_role("link", name="丽禾职业培训学校").click()
    assert "焊工入门" in page.content()


@pytest.fixture
def no_policy_broken():
    """Our policy stops nothing on the staff desk: Wagtail's inline scripts and styles are delivered in another way."""
    broken = []

    def watch(page):
        page.on("console", lambda message: "Content Security Policy" in message.text and broken.append(message.text))
        return page

    yield watch
    assert broken == []


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


def test_no_screen_of_wagtails_breaks_the_policy(page, sign_in_staff, course_page, author, no_policy_broken):
    User.objects.filter(pk=author.pk).update(last_name="孙", first_name="编辑")
    no_policy_broken(sign_in_staff(page, author))
    collection = Collection.objects.get(name__startswith="丽禾")
    picture = Picture.objects.create(title="焊枪", file=ContentFile(png(40, 30), "gun.png"), collection=collection)
    for address in (
        "/admin/", f"/admin/pages/{course_page.pk}/", f"/admin/pages/{course_page.pk}/history/",
        f"/admin/pages/{course_page.pk}/copy/", f"/admin/images/{picture.pk}/", "/admin/documents/", "/admin/account/",
    ):  # fmt: skip
        assert page.goto(address).status == 200, address
        page.wait_for_load_state("networkidle")
    page.goto(f"/admin/pages/{course_page.pk}/")
    assert page.locator("input[type=date]").count() == 2, "the browser's own calendar"
    assert "孙编辑" in page.locator("#wagtail-sidebar").inner_text(), "the whole name, not the given name"
    page.goto(f"/admin/pages/{LessonPage.objects.first().pk}/move/")
    page.locator("[data-chooser-action-choose]").first.dispatch_event("click")  # begun without an inline script
    page.locator(".modal-body").wait_for()
    page.goto("/about/")

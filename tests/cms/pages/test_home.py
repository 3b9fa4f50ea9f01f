"""Authors and reviewers find their courses on the first page of the desk."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from cms.pages.models import CoursePage, LessonPage
from courses.catalogue.actions import add_course
from courses.people.permissions import Role
from tests.cms.pages.conftest import build_site

pytestmark = pytest.mark.django_db
build_scene = build_site


def home_of(client, user):
    client.force_login(user)
    page = client.get("/admin/")
    assert page.status_code == 200
    return page.content.decode()


def test_a_course_in_draft_says_so_and_a_reviewer_may_publish_it(client, course_page, author, reviewer):
    address = f"/admin/courses/{course_page.pk}/publish/"
    page = home_of(client, author)
    assert "焊工入门" in page and "还没有发布" in page
    assert address not in page
    assert address in home_of(client, reviewer)


def test_a_changed_lesson_is_counted(client, published, author, reviewer):
    assert "有改动" not in home_of(client, reviewer)
    lesson = LessonPage.objects.first()
    lesson.title = "看见弧光以后"
    lesson.save_revision(user=author)
    assert "1 页有改动没发布" in home_of(client, reviewer)


def test_other_schools_and_other_roles_see_none_of_it(client, course_page, staff, school, other_school):
    for user in (staff("author_li", Role.AUTHOR, other_school), staff("examiner_9", Role.EXAMINER, school)):
        assert "焊工入门" not in home_of(client, user)


def test_more_courses_than_are_shown_have_their_count_and_the_way_to_all(
    client, course_page, catalogue, school, author
):
    for number in range(8):
        page = CoursePage(
            title=f"课程 {number}", slug=f"c-{number}", live=False, owner=author,
            course=add_course(provider=school, code=f"C-{number}", by=author),
        )  # fmt: skip
        catalogue.add_child(instance=page).save_revision(user=author)
    page = home_of(client, author)
    assert page.count('class="q-agenda__plain"') == 6
    link = re.search(r'<a href="([^"]+)">全部 9 项</a>', page)
    assert link and link[1] == f"/admin/pages/{catalogue.pk}/"
    assert client.get(link[1]).status_code == 200


def test_what_waits_for_me_stands_first_then_what_i_wrote(
    client, published, catalogue, school, author, reviewer, staff
):
    other = staff("author_li", Role.AUTHOR, school)
    for number in range(8):  # all of them younger than the course of `author`
        page = CoursePage(
            title=f"课程 {number}", slug=f"c-{number}", owner=other,
            course=add_course(provider=school, code=f"C-{number}", by=author),
        )  # fmt: skip
        catalogue.add_child(instance=page).save_revision(user=other).publish()
    assert first_course(home_of(client, author)) == "焊工入门"
    assert first_course(home_of(client, reviewer)) == "课程 7"
    lesson = LessonPage.objects.first()
    lesson.title = "看见弧光以后"
    lesson.save_revision(user=author)
    CoursePage.objects.filter(title__startswith="课程").update(latest_revision_created_at=timezone.now())
    assert first_course(home_of(client, reviewer)) == "焊工入门"


def first_course(page):
    return re.search(r'class="q-agenda__plain">.*?<a[^>]*>([^<]*)</a>', page, re.DOTALL)[1]


def test_without_scripts_the_desk_has_a_line_of_its_own_and_no_empty_frame(client, course_page, author):
    page = home_of(client, author)
    spare = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert any("theme/no-script.css" in one for one in spare)
    assert any('class="q-noscript"' in one and 'href="/admin/"' in one for one in spare)
    css = Path(finders.find("theme/no-script.css")).read_text()
    assert ".sidebar-loading { display: none; }" in css and "padding-inline-start: 0" in css

"""A site with one school, its people, and a course in draft: two modules, three lessons."""

import pytest

from cms.pages.actions import create_site
from cms.pages.models import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.catalogue.actions import add_course
from courses.people.actions import add_organisation, appoint
from courses.people.models import Organisation, User
from courses.people.permissions import Role

CAN_DO = "1. 穿戴好防护用品\n2. 平焊一条焊缝"


@pytest.fixture
def home(db):
    return create_site()


@pytest.fixture
def school(home):
    return add_organisation(name="丽禾职业培训学校", kind=Organisation.Kind.TRAINING_PROVIDER, code="990103", by=None)


@pytest.fixture
def other_school(home):
    return add_organisation(name="渝川职业学校", kind=Organisation.Kind.COLLEGE, code="990200", by=None)


@pytest.fixture
def staff(db):
    def make(username, role, organisation):
        user = User.objects.create_user(username, password="a-good-password")
        appoint(user=user, role=role, organisation=organisation, by=None)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def author(staff, school):
    return staff("author_sun", Role.AUTHOR, school)


@pytest.fixture
def reviewer(staff, school):
    return staff("reviewer_zhao", Role.REVIEWER, school)


@pytest.fixture
def catalogue(school, author, reviewer):
    return CataloguePage.objects.get(organisation=school)


def text(words, block_id="1"):
    return {"type": "text", "value": f"<p>{words}</p>", "id": block_id}


@pytest.fixture
def course_page(catalogue, school, author):
    course = add_course(provider=school, code="WELD-20", by=author)
    page = catalogue.add_child(
        instance=CoursePage(
            title="焊工入门", slug="weld-20", course=course, summary="从防护开始。", theory_half_hours=16,
            practice_half_hours=24, can_do=CAN_DO, certificate_type="skills", art="weld", live=False, owner=author,
        )
    )  # fmt: skip
    page.save_revision(user=author)
    for module, lessons in (("防护", ("看见弧光之前", "衣服和鞋")), ("平焊", ("引弧",))):
        code = f"m{ModulePage.objects.count() + 1}"
        below = page.add_child(instance=ModulePage(title=module, slug=code, live=False, owner=author))
        below.save_revision(user=author)
        for title in lessons:
            code = f"l{LessonPage.objects.count() + 1:02d}"
            lesson = LessonPage(title=title, slug=code, body=[text(f"{title}的内容。")], live=False, owner=author)
            below.add_child(instance=lesson).save_revision(user=author)
    return CoursePage.objects.get(pk=page.pk)


@pytest.fixture
def published(course_page, reviewer):
    """The course page after its first publication."""
    from cms.pages.actions import publish_everything

    publish_everything(page=course_page, by=reviewer)
    return CoursePage.objects.select_related("course__current").get(pk=course_page.pk)

"""A site with one school, its people, and a course in draft: two modules, three lessons."""

import pytest

from cms.pages.actions import create_site
from cms.pages.models import CataloguePage, CoursePage, HomePage, LessonPage, ModulePage
from courses.catalogue.actions import add_course
from courses.people.actions import add_organisation, appoint
from courses.people.models import Organisation, User
from courses.people.permissions import Role
from tests.keeping import kept

CAN_DO = "1. 穿戴好防护用品\n2. 平焊一条焊缝"


def text(words, block_id="1"):
    return {"type": "text", "value": f"<p>{words}</p>", "id": block_id}


def add_school():
    return add_organisation(name="丽禾职业培训学校", kind=Organisation.Kind.TRAINING_PROVIDER, code="990103", by=None)


def add_staff(username, role, organisation):
    user = User.objects.create_user(username, password="a-good-password")
    appoint(user=user, role=role, organisation=organisation, by=None)
    return User.objects.get(pk=user.pk)


def draft_course(catalogue, school, author):
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
    return page.pk


def build_site():
    """The whole, for a module that names it: `build_scene = build_site`. Without, each fixture makes its part."""
    create_site()
    school = add_school()
    author = add_staff("author_sun", Role.AUTHOR, school)
    add_staff("reviewer_zhao", Role.REVIEWER, school)
    draft_course(CataloguePage.objects.get(organisation=school), school, author)


@pytest.fixture(scope="module")
def scene(request, django_db_setup, django_db_blocker):
    """Whether the module has the site built already."""
    if not hasattr(request.module, "build_scene"):
        yield False
        return
    with kept(django_db_blocker, request.module.build_scene):
        yield True


@pytest.fixture
def stands(scene, db):
    return scene


@pytest.fixture
def home(stands):
    return HomePage.objects.get() if stands else create_site()


@pytest.fixture
def school(home, stands):
    return Organisation.objects.get(code="990103") if stands else add_school()


@pytest.fixture
def other_school(home):
    return add_organisation(name="渝川职业学校", kind=Organisation.Kind.COLLEGE, code="990200", by=None)


@pytest.fixture
def staff(db):
    return add_staff


@pytest.fixture
def author(stands, school):
    return User.objects.get(username="author_sun") if stands else add_staff("author_sun", Role.AUTHOR, school)


@pytest.fixture
def reviewer(stands, school):
    return User.objects.get(username="reviewer_zhao") if stands else add_staff("reviewer_zhao", Role.REVIEWER, school)


@pytest.fixture
def catalogue(school, author, reviewer):
    return CataloguePage.objects.get(organisation=school)


@pytest.fixture
def course_page(stands, catalogue, school, author):
    return CoursePage.objects.get(**({} if stands else {"pk": draft_course(catalogue, school, author)}))


@pytest.fixture
def published(course_page, reviewer):
    """The course page after its first publication."""
    from cms.pages.actions import publish_everything

    publish_everything(page=course_page, by=reviewer)
    return CoursePage.objects.select_related("course__current").get(pk=course_page.pk)

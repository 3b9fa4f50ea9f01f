"""What anybody can read: no lesson, no place, a constant number of queries, nothing for the second visitor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.pages.actions import publish_everything
from cms.pages.models import CoursePage, HomePage, InformationPage, LessonPage, ModulePage
from courses.catalogue.actions import add_course, withdraw_course
from courses.catalogue.models import Edition
from courses.people.actions import add_organisation
from courses.people.models import Organisation
from tests.cms.pages.conftest import build_site, text

pytestmark = pytest.mark.django_db
build_scene = build_site
COURSE = "/school-990103/weld-20/"


def read(client, address, **data):
    response = client.get(address, data)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_first_page_shows_the_courses_on_offer(published, client):
    html = read(client, "/")
    assert "焊工入门" in html
    assert COURSE in html
    assert "从防护开始。" in html


def test_a_draft_or_withdrawn_course_is_not_on_offer(course_page, client, reviewer):
    assert "焊工入门" not in read(client, "/")
    assert client.get(COURSE).status_code == 404
    publish_everything(page=course_page, by=reviewer)
    assert "焊工入门" in read(client, "/")
    withdraw_course(course=course_page.course, by=reviewer)
    assert "焊工入门" not in read(client, "/", q="焊")


def test_an_outline_is_listed_apart_and_not_as_a_course_to_take_now(published, client):
    before = client.get("/").context
    assert ([page.title for page in before["shown"]], before["outlines"]) == (["焊工入门"], [])
    published.is_outline = True
    published.save_revision().publish()
    for address in ("/", "/school-990103/"):
        context = client.get(address).context
        assert (list(context["shown"]), [page.title for page in context["outlines"]]) == ([], ["焊工入门"])
        assert context.get("total", 0) == 0
        assert "正在准备" in read(client, address)
    assert "正在准备" in read(client, COURSE)
    assert "正在准备" in read(client, "/", q="焊")


def test_a_course_page_says_what_is_promised(published, client):
    html = read(client, COURSE)
    for words in (
        "焊工入门",
        "穿戴好防护用品",
        "平焊一条焊缝",
        "防护",
        "看见弧光之前",
        "引弧",
        ">20<",
        ">8<",
        ">12<",
        "80 %",
    ):
        assert words in html, words
    assert "看见弧光之前的内容" not in html  # the lesson itself is for learners


def test_the_outline_is_the_published_one(published, client, author):
    lesson = LessonPage.objects.get(slug="l01")
    lesson.title = "没公布的题目"
    lesson.save_revision(user=author).publish()
    html = read(client, COURSE)
    assert "没公布的题目" not in html
    assert "看见弧光之前" in html


def test_modules_and_lessons_have_no_address(published, client):
    for model in (ModulePage, LessonPage):
        for page in model.objects.all():
            assert page.url is None
            path = page.url_path.removeprefix("/home")
            assert client.get(path).status_code == 404, path


def test_the_catalogue_of_a_school_shows_its_courses(published, client):
    assert "焊工入门" in read(client, "/school-990103/")


@pytest.mark.parametrize(("address", "words"), [
    ("/about/", "关于我们"), ("/certificates/", "二维码"), ("/privacy/", "不记谁查了谁"), ("/accessibility/", "键盘"),
])  # fmt: skip
def test_pages_of_information_are_there_from_the_start(home, client, address, words):
    html = read(client, address)
    assert words in html
    assert "style=" not in html


def test_the_navigation_knows_the_page_about_us(home):
    assert reverse("pages:about") == "/about/"
    assert InformationPage.objects.get(slug="about").url == "/about/"


def test_the_second_visitor_costs_no_query(published, client, django_assert_num_queries):
    for address in ("/", COURSE, "/school-990103/", "/about/"):
        first = read(client, address)
        with django_assert_num_queries(0):
            assert read(client, address) == first


def test_the_languages_are_kept_apart(published, client):
    assert 'lang="zh-hans"' in read(client, "/")
    assert 'lang="en"' in read(client, "/", lang="en")
    client.cookies.clear()
    assert 'lang="zh-hans"' in read(client, "/")


def test_a_publication_is_seen_at_once(published, client, reviewer):
    assert "焊工新名字" not in read(client, "/")
    published.title = "焊工新名字"
    published.save_revision(user=reviewer).publish(user=reviewer)
    assert "焊工新名字" in read(client, "/")


def test_somebody_with_a_session_is_not_served_from_the_cache(published, client, author):
    read(client, "/")
    client.force_login(author)
    response = client.get("/")
    assert response.status_code == 200


def test_a_search_finds_courses_by_any_chinese_word(published, client):
    from wagtail.search.index import insert_or_update_object

    insert_or_update_object(published)
    assert "焊工入门" in read(client, "/", q="防护")
    assert "焊工入门" in read(client, "/", q="平焊")
    assert "焊工入门" not in read(client, "/", q="烹调")


def add_courses(catalogue, school, number):
    for index in range(number):
        course = add_course(provider=school, code=f"C-{index}", by=None)
        course.current = Edition.objects.first()
        course.save()
        catalogue.add_child(
            instance=CoursePage(title=f"课程{index}", slug=f"c-{index}", course=course, certificate_type="skills")
        )


@pytest.mark.parametrize("address", ["/", "/school-990103/"])
def test_more_courses_cost_no_more_queries(published, client, catalogue, school, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read(client, address, fresh="1")  # an unknown parameter is not served from the cache
        return len(captured)

    queries()
    one = queries()
    add_courses(catalogue, school, 30)
    assert queries() == one
    assert one < 22


def test_a_place_of_custody_gets_no_public_page(home, staff):
    from django.core.exceptions import ValidationError

    from cms.pages.actions import add_school_pages
    from courses.people.permissions import Role

    prison = add_organisation(name="江州监狱", kind=Organisation.Kind.PRISON, by=None)
    staff("author_inside", Role.AUTHOR, prison)
    with pytest.raises(ValidationError):
        add_school_pages(organisation=prison)
    assert HomePage.objects.get().get_children().filter(title__contains="监狱").count() == 0


def test_only_the_kinds_of_pages_that_belong_under_a_page_can_be_added(published):
    allowed = {model: {child.__name__ for child in model.allowed_subpage_models()} for model in (
        HomePage, CoursePage, ModulePage, LessonPage,
    )}  # fmt: skip
    assert allowed == {
        HomePage: {"CataloguePage", "InformationPage"},
        CoursePage: {"ModulePage"},
        ModulePage: {"LessonPage"},
        LessonPage: set(),
    }
    assert not HomePage.can_create_at(HomePage.objects.get().get_parent())


def test_an_empty_site_says_so(home, client):
    page = client.get("/")
    assert page.status_code == 200
    assert "这里还没有课程" in page.content.decode()
    assert "0 门课" not in page.content.decode() and "现在能学的课" not in page.content.decode()


def test_a_lesson_reads_no_worse_for_strange_words(published, client):
    lesson = LessonPage.objects.get(slug="l01")
    lesson.title = "<script>alert(1)</script>"
    lesson.body = [text("x")]
    lesson.save_revision().publish()
    published.save_revision().publish()
    assert "<script>alert" not in read(client, COURSE)

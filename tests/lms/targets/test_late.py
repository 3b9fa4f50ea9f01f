"""What is late, on the first page of whoever answers for a place: each number opens the list of exactly that many rows."""

import copy
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.attendance.actions import mark_register
from courses.attendance.rules import Mark, Status
from courses.classes import actions as classes
from courses.classes.models import TrainingClass
from courses.classes.rules import PlannedSession
from courses.exams import actions as exams
from courses.people import actions as people
from courses.people.models import Countersign, Organisation
from courses.people.permissions import Role
from tests.courses.building import World, at, crowd, draft, learner, make_world, running, staff
from tests.keeping import kept

NAMES = ["王国强", "李德顺"]
NUMBER = re.compile(r'<li><b>(\d+)</b><span><a href="([^"]+)">([^<]+)</a>')
PART = re.compile(r'<a href="([^"]+)">([^<]+)</a> (\d+)')


def build_scene():
    """A class of September 2025 that nobody marked, with an exam that nobody marked; an application."""
    world = make_world()
    world.taught_class = running(world, NAMES)
    return world


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, build_scene) as built:
        yield built


@pytest.fixture
def world(scene, db) -> World:
    return copy.deepcopy(scene)


def apply(world, number, days):
    """An application that has waited for so many days."""
    one = draft(world, f"2025-NEU-{number}")
    classes.complete_application(
        training_class=one, by=world.admin_prison, teaching_plan="20 学时", resources="教材", assessment_plan="百分制"
    )
    person = learner(crowd(30)[-1 - number], world)
    classes.enrol(training_class=one, learner=person, by=world.admin_prison, at=at(25, month=8))
    classes.assign(training_class=one, user=world.other_trainer, role="trainer", by=world.admin_prison)
    plan = [PlannedSession(at(1 + number, 18), "theory", 4)]
    classes.plan_sessions(training_class=one, sessions=plan, by=world.admin_prison)
    request = classes.submit_application(training_class=one, by=world.admin_prison)
    Countersign.objects.filter(pk=request.pk).update(asked_at=timezone.now() - timedelta(days=days))


def late_on_the_first_page(client):
    page = client.get("/admin/").content.decode()
    return {words: (int(count), url.replace("&amp;", "&")) for count, url, words in NUMBER.findall(page)}, page


def test_each_number_opens_its_list(world, desk):
    for number, days in enumerate((2, 4, 9)):
        apply(world, number, days)
    city = desk(world.admin_city)
    late, page = late_on_the_first_page(city)
    assert {words: count for words, (count, _url) in late.items()} == {
        "个班到期没结班": 1, "份开班申请等了三天以上": 2,
    }  # fmt: skip
    listed = city.get(late["份开班申请等了三天以上"][1])
    assert len(listed.context["waiting"]) == 2
    assert len(city.get("/admin/waiting/").context["waiting"]) == 3
    over = city.get(late["个班到期没结班"][1])
    assert [one.class_no for one in over.context["object_list"]] == ["2025-WELD-T"]
    assert "2025-NEU-0" not in over.content.decode()


def test_registers_of_the_last_year_are_told_by_class(world, desk):
    recent = timezone.now() - timedelta(days=3)
    session = world.taught_class.sessions.first()
    session.starts_at = recent
    session.save()
    late, page = late_on_the_first_page(desk(world.admin_city))
    count, url = late["份考勤没标完"]
    assert count == 1 == desk(world.admin_city).get(url).context["page"].paginator.count
    of_class = next(found for found in PART.findall(page) if found[1] == "2025-WELD-T")
    listed = desk(world.admin_city).get(of_class[0].replace("&amp;", "&"))
    assert int(of_class[2]) == listed.context["page"].paginator.count == 1


def test_scores_are_late_once_the_class_is_over(world, desk):
    exams.create_exam(training_class=world.taught_class, component="practice", mode="workshop", by=world.admin_provider)
    rows = list(world.taught_class.enrolments.all())
    for session in world.taught_class.sessions.all():
        mark_register(session=session, marks={one.pk: Mark(Status.PRESENT) for one in rows}, by=world.trainer)
    exams.make_entries(training_class=world.taught_class, by=world.admin_prison)
    late, _page = late_on_the_first_page(desk(world.admin_city))
    count, url = late["场考试缺成绩"]
    listed = desk(world.admin_city).get(url)
    assert count == 1 == len(listed.context["rows"])
    assert "录入成绩" not in listed.content.decode(), "whoever may not type them gets no button"
    TrainingClass.objects.filter(pk=world.taught_class.pk).update(ends_on=timezone.localdate())
    assert "场考试缺成绩" not in late_on_the_first_page(desk(world.admin_city))[0], "not held yet"


@pytest.fixture
def foreign(db):
    other = people.add_organisation(name="江北监狱(演示)", kind=Organisation.Kind.PRISON, by=None)
    return staff("admin_other", Role.SITE_ADMIN, other)


def test_nothing_of_others_is_counted_and_nothing_late_is_said(world, desk, foreign):
    late, page = late_on_the_first_page(desk(foreign))
    assert late == {} and "没有拖着没办的事" in page
    assert desk(foreign).get("/admin/exams/missing/").context["rows"] == []
    assert "panel-late" not in desk(world.trainer).get("/admin/").content.decode()


def test_the_first_page_of_an_administrator_asks_as_often_for_1_as_for_many(world, desk):
    client = desk(world.admin_city)

    def queries():
        client.get("/admin/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/")
        return len(asked)

    apply(world, 0, 9)
    few = queries()
    for number in range(1, 8):
        apply(world, number, 9)
    assert queries() == few


def test_a_place_where_nothing_happens_yet_says_so_and_leads_on(world, client):
    office = people.add_organisation(
        name="龙泉司法所(测试)", kind=Organisation.Kind.JUSTICE_OFFICE, parent=world.city, by=None
    )
    client.force_login(staff("street", Role.ADMIN, office))
    page = client.get("/admin/")
    html = page.content.decode()
    assert "What you can do here" in html or "在这里可以做什么" in html
    ways = re.findall(r'q-btn--quiet" href="([^"]+)"', html.split('id="panel-begin"')[1].split("</ul>")[0])
    assert {"/verify", "/admin/journal/"} <= set(ways)
    for way in ways:
        assert client.get(way).status_code == 200, way
    client.force_login(world.admin_city)
    assert "panel-begin" not in client.get("/admin/").content.decode()

"""The register as a page: one form for the class, one cell for the script, and everything that is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Status
from courses.classes import actions as classes
from courses.classes.models import ClassSession
from courses.people.models import Countersign
from tests.courses.building import crowd, enrolments, learner, running_now, session

pytestmark = pytest.mark.django_db
NAMES = ["王国强", "李德顺", "陈小龙", "张志远"]


@pytest.fixture
def today(world):
    """A class whose first session began an hour ago."""
    return running_now(world, NAMES)


@pytest.fixture
def held(world):
    """A class whose first session is over: its register can be finished."""
    return running_now(world, NAMES, hours_ago=4)


def form_of(training_class, marks, act="save", **extra):
    """The register as a browser without scripts sends it."""
    rows = enrolments(training_class)
    live = {one.enrolment_id: one for one in AttendanceRecord.objects.live()}
    data = {"act": act}
    for name, status in marks.items():
        pk = rows[name].pk
        data[f"mark-{pk}"] = status
        data[f"version-{pk}"] = live[pk].version if pk in live else 0
        data[f"minutes-{pk}"] = ""
    for name, minutes in extra.items():
        data[f"minutes-{rows[name].pk}"] = minutes
    return data


def marks_of(one):
    return {
        record.enrolment.learner.full_name: record.mark
        for record in one.records.live().select_related("enrolment__learner")
    }


def test_nobody_is_marked_by_default_att_1(world, today, desk):
    page = desk(world.trainer).get(reverse("attendance_register", args=[session(today, 1).pk]))
    assert page.status_code == 200
    assert b"checked" not in page.content
    assert (page.context["marked"], page.context["left"]) == (0, 4)


def test_all_present_then_the_exceptions_without_a_script(world, held, desk):
    today, one = held, session(held, 1)
    url = reverse("attendance_register", args=[one.pk])
    data = form_of(today, {"陈小龙": "late", "李德顺": "leave"}, act="rest", 陈小龙="150")
    assert desk(world.trainer).post(url, data).url == url
    assert marks_of(one) == {
        "王国强": Mark(Status.PRESENT), "李德顺": Mark(Status.LEAVE), "陈小龙": Mark(Status.LATE, 30),
        "张志远": Mark(Status.PRESENT),
    }  # fmt: skip
    done = desk(world.trainer).post(url, {"act": "close"})
    assert done.url == reverse("attendance_registers", args=[today.pk])
    one = session(today, 1)
    assert one.register.closed_at


def test_a_paused_learner_is_not_marked_present_with_the_rest(world, today, desk):
    classes.suspend(enrolment=enrolments(today)["张志远"], by=world.admin_prison, reason="调岗")
    desk(world.trainer).post(reverse("attendance_register", args=[session(today, 1).pk]), {"act": "rest"})
    assert set(marks_of(session(today, 1))) == {"王国强", "李德顺", "陈小龙"}


def test_late_without_minutes_is_named_at_once_and_the_others_are_stored(world, today, desk):
    url = reverse("attendance_register", args=[session(today, 1).pk])
    page = desk(world.trainer).post(url, form_of(today, {"陈小龙": "late", "王国强": "present"}))
    assert page.status_code == 200
    assert set(marks_of(session(today, 1))) == {"王国强"}
    assert [row.enrolment.learner.full_name for row in page.context["lacking"]] == ["陈小龙"]
    said = [str(one) for one in page.context["messages"]]
    assert len(said) == 1
    assert "陈小龙" in said[0]
    assert "王国强" not in said[0]
    assert f'href="#row-{enrolments(today)["陈小龙"].pk}"' in page.content.decode()
    desk(world.trainer).post(url, form_of(today, {"陈小龙": "late"}, 陈小龙="180"))
    assert set(marks_of(session(today, 1))) == {"王国强"}


def test_a_register_is_finished_when_its_session_is_over_att_2(world, today, desk):
    client, one = desk(world.trainer), session(today, 1)
    url = reverse("attendance_register", args=[one.pk])
    assert client.get(url).context["is_early"]
    page = client.post(url, form_of(today, dict.fromkeys(NAMES, "present"), act="close"))
    assert f"{timezone.localtime(one.ends_at):%H:%M}" in str(next(iter(page.context["messages"])))
    assert set(marks_of(one)) == set(NAMES), "what was marked is stored"
    assert session(today, 1).register.closed_at is None
    classes.interrupt(session=one, held_minutes=45, by=world.trainer, reason="停电")
    assert not client.get(url).context["is_early"]
    assert client.post(url, {"act": "close"}).status_code == 302
    assert session(today, 1).register.closed_at
    url = f"{reverse('attendance_interrupt', args=[one.pk])}?again"
    assert client.post(url, {"held_minutes": "50", "reason": "停电"}).status_code == 200
    assert session(today, 1).held_minutes == 45, "once it is finished nobody gains hours by one person's word"
    assert client.post(url, {"held_minutes": "40", "reason": "停电"}).status_code == 302
    assert session(today, 1).held_minutes == 40


def test_finishing_an_unfinished_register_is_refused_and_stores_what_was_marked(world, today, desk):
    url = reverse("attendance_register", args=[session(today, 1).pk])
    page = desk(world.trainer).post(url, form_of(today, {"王国强": "present"}, act="close"))
    assert page.status_code == 200
    assert set(marks_of(session(today, 1))) == {"王国强"}
    assert session(today, 1).register.closed_at is None


def test_two_trainers_see_both_values_of_a_conflict(world, today, desk):
    one, rows = session(today, 1), enrolments(today)
    url = reverse("attendance_register", args=[one.pk])
    seen = form_of(today, {"王国强": "present", "李德顺": "present"})
    actions.mark_register(session=one, marks={rows["王国强"].pk: Mark(Status.ABSENT)}, by=world.officer)
    page = desk(world.trainer).post(url, seen)
    assert page.status_code == 200
    row = next(row for part in page.context["columns"] for row in part if row.note)
    assert row.enrolment == rows["王国强"]
    assert "officer_a" in row.note
    assert marks_of(one) == {"王国强": Mark(Status.ABSENT), "李德顺": Mark(Status.PRESENT)}


def cell(row, status, version=0, minutes=""):
    return {"enrolment": row.pk, "status": status, "version": version, "minutes": minutes}


def test_one_cell_is_saved_with_its_version(world, today, desk):
    one, rows = session(today, 1), enrolments(today)
    url = reverse("attendance_mark", args=[one.pk])
    first = desk(world.trainer).post(url, cell(rows["王国强"], "present")).json()
    assert (first["state"], first["version"], first["hours"]) == ("saved", 1, "4")
    again = desk(world.trainer).post(url, cell(rows["王国强"], "present")).json()
    assert (again["state"], again["version"]) == ("saved", 1)
    late = desk(world.trainer).post(url, cell(rows["王国强"], "late", 1, "150")).json()
    assert (late["state"], late["version"], late["minutes"], late["hours"]) == ("saved", 2, 150, "3")
    stale = desk(world.trainer).post(url, cell(rows["王国强"], "absent", 1))
    assert (stale.status_code, stale.json()["state"], stale.json()["status"]) == (409, "conflict", "late")
    assert one.records.count() == 2


def test_cells_that_make_no_sense_are_refused(world, today, desk):
    one, rows = session(today, 1), enrolments(today)
    url = reverse("attendance_mark", args=[one.pk])
    for data in [
        cell(rows["王国强"], "late"),
        cell(rows["王国强"], "late", 0, "200"),
        cell(rows["王国强"], "sleeping"),
        {**cell(rows["王国强"], "present"), "enrolment": 999999},
        {**cell(rows["王国强"], "present"), "enrolment": "x"},
        {},
    ]:
        assert desk(world.trainer).post(url, data).status_code == 422, data
    assert not one.records.exists()
    assert desk(world.trainer).get(url).status_code == 405


def test_a_future_session_is_shown_but_not_marked_att_5(world, today, desk):
    one = session(today, 3)
    page = desk(world.trainer).get(reverse("attendance_register", args=[one.pk]))
    assert not page.context["can_write"]
    rows = enrolments(today)
    refused = desk(world.trainer).post(reverse("attendance_mark", args=[one.pk]), cell(rows["王国强"], "present"))
    assert refused.status_code == 422
    assert not one.records.exists()


def test_foreign_registers_are_not_there(world, today, desk, foreign):
    one = session(today, 1)
    actions.mark_register(session=one, marks={enrolments(today)["王国强"].pk: Mark(Status.PRESENT)}, by=world.trainer)
    record = one.records.get()
    for name, pk in [
        ("attendance_register", one.pk), ("attendance_sheet", one.pk), ("attendance_interrupt", one.pk),
        ("attendance_correct", record.pk), ("attendance_registers", today.pk),
    ]:  # fmt: skip
        url = reverse(name, args=[pk])
        assert desk(world.trainer).get(url).status_code == 200, name
        assert desk(foreign).get(url).status_code == 404, name
        assert desk(world.other_trainer).get(url).status_code == 404, name
    assert desk(foreign).post(reverse("attendance_mark", args=[one.pk])).status_code == 404
    assert desk(world.admin_city).get(reverse("attendance_register", args=[one.pk])).status_code == 302


def test_interrupted_and_made_up_on_one_page_att_2(world, held, desk):
    one = session(held, 1)
    url = reverse("attendance_interrupt", args=[one.pk])
    assert desk(world.trainer).post(url, {"held_minutes": "500", "reason": ""}).status_code == 200
    assert desk(world.trainer).post(url, {"held_minutes": "90", "reason": "停电"}).url == url
    page = desk(world.trainer).get(url)
    assert page.context["lost"] == 4
    day = page.context["form"].initial["day"]
    desk(world.trainer).post(url, {"day": day, "begins": "09:00", "room": ""})
    make_up = ClassSession.objects.get(makes_up=one)
    assert make_up.planned_half_hours == 4
    assert held.timetable_changes.get().reason == "停电"


def test_a_correction_goes_through_two_pages_att_5(world, held, desk):
    one, rows = session(held, 1), enrolments(held)
    everybody = {row.pk: Mark(Status.PRESENT) for row in rows.values()}
    actions.mark_register(session=one, marks=everybody, by=world.trainer)
    actions.close_register(session=one, by=world.trainer)
    record = one.records.get(enrolment=rows["王国强"])
    url = reverse("attendance_correct", args=[record.pk])
    no_reason = desk(world.trainer).post(url, {"status": "absent", "minutes": "", "reason": ""})
    assert "reason" in no_reason.context["form"].errors
    desk(world.trainer).post(url, {"status": "late", "minutes": "150", "reason": "签到表上写的是 9:30"})
    register = reverse("attendance_register", args=[one.pk])
    waiting = {row.enrolment.pk for row in desk(world.trainer).get(register).context["rows"] if row.asked}
    assert waiting == {rows["王国强"].pk}, "who looks again sees that it was asked"
    request = Countersign.objects.get(act="attendance.correct")
    decide = reverse("attendance_decide", args=[request.pk])
    assert desk(world.trainer).get(decide).status_code in (200, 302)
    desk(world.trainer).post(decide, {"approve": "1", "comment": ""})
    assert marks_of(one)["王国强"] == Mark(Status.PRESENT)
    assert desk(world.admin_provider).get(decide).status_code == 200
    desk(world.admin_provider).post(decide, {"approve": "1", "comment": ""})
    assert marks_of(one)["王国强"] == Mark(Status.LATE, 30)
    history = desk(world.trainer).get(url).context["history"]
    assert [row["record"].version for row in history] == [2, 1]


def test_the_sheet_has_everybody_and_blank_lines_att_6(world, today, desk):
    page = desk(world.trainer).get(reverse("attendance_sheet", args=[session(today, 1).pk]))
    lines = [line for columns in page.context["pages"] for column in columns for line in column]
    assert [one.full_name if one else "" for _number, one in lines] == [*NAMES, "", ""]
    assert "no-store" in page.headers["Cache-Control"]


LISTS = ["attendance_registers", "classes_roster", "classes_timetable", "classes_class"]


def test_queries_do_not_grow_with_the_class(world, desk, django_assert_num_queries):
    small, large = running_now(world, NAMES[:1], "2025-S"), running_now(world, crowd(30), "2025-L", capacity=30)
    client = desk(world.trainer)
    for name in ["attendance_register", *LISTS]:
        urls = [
            reverse(name, args=[session(one, 1).pk if name == "attendance_register" else one.pk])
            for one in (small, large)
        ]
        client.get(urls[0])
        with CaptureQueriesContext(connection) as few:
            client.get(urls[0])
        with django_assert_num_queries(len(few)):
            client.get(urls[1])


def test_forty_marks_are_one_bulk_write(world, desk, django_assert_max_num_queries):
    forty = running_now(world, crowd(40), capacity=40)
    client = desk(world.trainer)
    url = reverse("attendance_register", args=[session(forty, 1).pk])
    client.get(url)
    with django_assert_max_num_queries(13 + 4):  # and those of the two savepoints that a test adds
        client.post(url, {"act": "rest"})
    assert session(forty, 1).records.live().count() == 40


def test_marks_for_a_stranger_are_refused_and_store_nothing(world, today):
    one, rows = session(today, 1), enrolments(today)
    marks = {rows["王国强"].pk: Mark(Status.PRESENT), 999999: Mark(Status.PRESENT)}
    with pytest.raises(ValidationError):
        actions.mark_register(session=one, marks=marks, by=world.trainer)
    assert not one.records.exists()


def test_the_home_page_shows_the_day_of_a_trainer_only(world, today, desk, foreign):
    home = desk(world.trainer).get(reverse("wagtailadmin_home")).content.decode()
    assert "2025-NOW" in home
    assert reverse("attendance_register", args=[session(today, 1).pk]) in home
    assert "2025-NOW" not in desk(foreign).get(reverse("wagtailadmin_home")).content.decode()
    assert desk(world.trainer).get(reverse("attendance_today")).status_code == 200
    assert desk(foreign).get(reverse("attendance_today")).status_code == 302


def test_an_unmarked_register_of_yesterday_is_called_for(world, desk):
    old = running_now(world, NAMES)
    one = session(old, 1)
    nine = timezone.localtime().replace(hour=9, minute=0)  # an hour ago is yesterday already, soon after midnight
    ClassSession.objects.filter(pk=one.pk).update(starts_at=nine - timedelta(days=1))
    page = desk(world.trainer).get(reverse("attendance_today"))
    assert [(row["one"].session.pk, row["overdue"]) for row in page.context["unmarked"]] == [(one.pk, 1)]
    assert page.context["unmarked"][0]["one"].left == 4
    actions.mark_register(
        session=one, marks={row.pk: Mark(Status.ABSENT) for row in enrolments(old).values()}, by=world.trainer
    )
    page = desk(world.trainer).get(reverse("attendance_today"))
    assert page.context["unmarked"] == []
    assert {line.enrolment.learner.full_name for line in page.context["at_risk"]} == set(NAMES)


def test_a_learners_file_names_the_classes(world, today, desk):
    one = enrolments(today)["王国强"].learner
    page = desk(world.admin_prison).get(reverse("people_file", args=[one.pk])).content.decode()
    assert reverse("classes_class", args=[today.pk]) in page


def test_whoever_joins_after_the_register_was_finished_can_still_be_marked(world, held, desk):
    today, one = held, session(held, 1)
    url = reverse("attendance_register", args=[one.pk])
    client = desk(world.trainer)
    client.post(url, form_of(today, dict.fromkeys(NAMES, "present"), act="close"))
    late = classes.enrol(training_class=today, learner=learner("赵铁柱", world), by=None, at=one.starts_at)
    page = client.get(url).content.decode()
    assert 'value="save"' in page and 'value="close"' not in page, "what stands needs a second person"
    client.post(url, {"act": "save", f"mark-{late.pk}": "present", f"version-{late.pk}": 0, f"minutes-{late.pk}": ""})
    assert marks_of(session(today, 1))["赵铁柱"] == Mark(Status.PRESENT)
    assert 'value="save"' not in client.get(url).content.decode()

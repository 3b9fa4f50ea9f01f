"""Learners to look after, on the first page of whoever marks their register (ATT-3, ATT-4, PRV-3)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Risk, Status
from courses.attendance.views.risk import at_risk
from courses.classes import actions as classes
from courses.classes.rules import PlannedSession
from courses.people import actions as people
from tests.courses.building import approved, crowd, draft, enrolments, learner, make_world, session

pytestmark = pytest.mark.django_db
NAMES = ["王国强", "李德顺", "陈小龙", "张志远"]


def course_of_five_days(world, names, class_no="2025-RISK", trainer="trainer"):
    """Five sessions of four class hours, 20 in all, 16 needed: three are over, two are to come."""
    now = timezone.now().replace(microsecond=0)
    first = timezone.localdate() - timedelta(days=5)
    training_class = draft(world, class_no, 40, starts_on=first, ends_on=first + timedelta(days=30))
    for name in names:
        classes.enrol(
            training_class=training_class, learner=learner(name, world), by=world.admin_prison,
            at=now - timedelta(days=30), override_reason="同时上两个班",
        )  # fmt: skip
    classes.assign(training_class=training_class, user=world.staff[trainer], role="trainer", by=world.admin_prison)
    nine = timezone.localtime(now).replace(hour=9, minute=0, second=0)  # of the day, at whatever hour the test runs
    begins = [nine + timedelta(days=day) for day in (-3, -2, -1, 1, 2)]
    plan = [PlannedSession(at, "theory" if n < 2 else "practice", 8) for n, at in enumerate(begins)]
    classes.plan_sessions(training_class=training_class, sessions=plan, by=world.admin_prison)
    return approved(world, training_class, start=True)


def mark(world, training_class, number, **statuses):
    rows = enrolments(training_class)
    marks = {rows[name].pk: Mark(statuses.get(name, Status.PRESENT)) for name in rows}
    actions.mark_register(session=session(training_class, number), marks=marks, by=world.officer)


def build_scene():
    world = make_world()
    training_class = course_of_five_days(world, NAMES)
    mark(world, training_class, 1, 李德顺=Status.ABSENT, 陈小龙=Status.LEAVE)
    mark(world, training_class, 2, 李德顺=Status.ABSENT)
    world.taught_class = training_class
    return world


def found(user):
    return {line.enrolment.learner.full_name: line for line in at_risk(user)}


def test_the_list_names_those_who_are_short_the_most_pressing_first_att_3(world):
    lines = at_risk(world.trainer)
    assert [(one.enrolment.learner.full_name, one.risk, one.spare, one.short) for one in lines] == [
        ("李德顺", Risk.LOST, "0", "4"),
        ("陈小龙", Risk.NEAR, "0", "0"),
    ]


def test_three_unexcused_absences_are_told_beside_it_att_4(world):
    mark(world, world.taught_class, 3, 李德顺=Status.ABSENT, 陈小龙=Status.LEAVE)
    lines = found(world.trainer)
    assert (lines["李德顺"].absences, lines["陈小龙"].absences) == (3, 0)


def test_a_make_up_session_takes_somebody_off_the_list(world):
    plan = [PlannedSession(timezone.now() + timedelta(days=3), "practice", 8)]
    classes.plan_sessions(
        training_class=world.taught_class, sessions=plan, by=world.admin_prison, reason="补课", at=timezone.now()
    )
    assert {name: one.risk for name, one in found(world.trainer).items()} == {"李德顺": Risk.NEAR}


def test_who_leaves_before_the_end_reaches_less_and_only_his_trainers_read_by_when_prv_3(world):
    person = enrolments(world.taught_class)["张志远"].learner
    leaves = timezone.localdate() + timedelta(days=2)
    people.expect_release(learner=person, day=leaves, by=world.admin_prison, organisation=world.prison, reason="减刑")
    for knows in (world.trainer, world.officer):
        line = found(knows)["张志远"]
        assert (line.risk, line.finish_by) == (Risk.NEAR, leaves), knows
    assert "张志远" not in found(world.admin_provider)


def test_only_my_classes_are_looked_at(world, foreign):
    assert not at_risk(world.other_trainer) and not at_risk(foreign)


def test_the_first_page_leads_to_the_row_and_counts_overdue_days(world, desk):
    page = desk(world.trainer).get("/admin/")
    content = page.content.decode()
    row = enrolments(world.taught_class)["李德顺"]
    address = f"/admin/classes/{world.taught_class.pk}/registers/"
    assert f"{address}#learner-{row.pk}" in content
    assert f'id="learner-{row.pk}"' in desk(world.trainer).get(address).content.decode()
    assert "已过 1 天" in content, "the third register is unmarked since yesterday"
    assert "16" in content and "2025-RISK" in content


def test_the_panel_is_a_part_of_the_list(world, desk):
    mine = course_of_five_days(world, crowd(24)[4:20], "2025-MANY", "other_trainer")
    mark(world, mine, 1, **dict.fromkeys(crowd(24)[4:20], Status.ABSENT))
    assert len(desk(world.officer).get("/admin/attendance/").context["at_risk"]) == 18
    page = desk(world.officer).get("/admin/").content.decode()
    assert page.count("#learner-") == 8 and "全部 18 项" in page


def test_the_first_page_asks_as_often_for_1_learner_as_for_30(world, desk):
    def queries():
        AttendanceRecord.objects.first()
        with CaptureQueriesContext(connection) as asked:
            assert desk(world.officer).get("/admin/").status_code == 200
        return len(asked)

    desk(world.officer).get("/admin/")
    few = queries()
    more = course_of_five_days(world, crowd(30), "2025-MANY", "other_trainer")
    mark(world, more, 1, **dict.fromkeys(crowd(30), Status.ABSENT))
    assert len(found(world.officer)) >= 20
    assert queries() == few


def test_a_learner_without_a_day_has_all_sessions_ahead(world):
    assert found(world.trainer)["陈小龙"].finish_by is None
    person = enrolments(world.taught_class)["陈小龙"].learner
    far = date(2099, 1, 1)
    people.expect_release(learner=person, day=far, by=world.admin_prison, organisation=world.prison, reason="档案")
    assert found(world.trainer)["陈小龙"].finish_by is None

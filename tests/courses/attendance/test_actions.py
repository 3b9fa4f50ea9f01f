"""Verbs on registers: ATT-1, ATT-2, ATT-5, two trainers at once, and what is refused stores nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord, Correction, Register
from courses.attendance.permissions import can_mark
from courses.attendance.rules import Mark, Status
from courses.classes import actions as classes
from courses.classes.models import ClassSession, HoursCredit, TrainingClass
from courses.classes.rules import PlannedSession
from courses.people.models import Countersign, User
from courses.people.permissions import Role
from tests.courses.building import approved, at, draft, enrolments, learner, running, session, staff

pytestmark = pytest.mark.django_db
NAMES = ["王国强", "李德顺", "陈小龙"]
P, ABSENT = Mark(Status.PRESENT), Mark(Status.ABSENT)
END = at(1, 12)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def welding(world):
    return running(world, NAMES)


@pytest.fixture
def one(welding):
    return session(welding, 1)


@pytest.fixture
def rows(welding):
    return enrolments(welding)


def refused(verb, **values):
    with pytest.raises(ValidationError) as refusal:
        verb(**values)
    return " ".join(refusal.value.messages)


def live(one):
    return {record.enrolment_id: record.mark for record in AttendanceRecord.objects.live().filter(session=one)}


def test_marking_is_one_version_each_and_twice_is_once_att_1(world, one, rows):
    marks = {row.pk: P for row in rows.values()}
    for _twice in range(2):
        actions.mark_register(session=one, marks=marks, by=world.trainer, at=END)
    assert live(one) == marks
    assert {record.version for record in one.records.all()} == {1}
    late = actions.mark_register(
        session=one, marks={rows["王国强"].pk: Mark(Status.LATE, 30)}, by=world.trainer, at=END
    )
    new = late.records[rows["王国强"].pk]
    assert (new.version, new.source) == (2, AttendanceRecord.Source.LIVE)
    old = one.records.get(enrolment=rows["王国强"], version=1)
    assert (old.mark, old.superseded_by, old.superseded_at) == (P, new, END)


def test_only_one_mark_is_live_whatever_writes_it(world, one, rows):
    actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=END)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceRecord.objects.create(session=one, enrolment=rows["王国强"], status=Status.ABSENT, version=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceRecord.objects.create(session=one, enrolment=rows["李德顺"], status=Status.ABSENT, minutes_missed=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceRecord.objects.create(session=one, enrolment=rows["李德顺"], status="asleep")


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        (Mark(Status.LATE), "how many minutes"),
        (Mark(Status.LATE, 180), "180 minutes"),
        (Mark(Status.ABSENT, 5), "late and left early only"),
    ],
)
def test_impossible_minutes_store_nothing_att_1(world, one, rows, mark, sentence):
    marks = {rows["王国强"].pk: P, rows["李德顺"].pk: mark}
    text = refused(actions.mark_register, session=one, marks=marks, by=world.trainer, at=END)
    assert "李德顺" in text
    assert sentence in text
    assert not one.records.exists()


def test_wrong_registers_store_nothing(world, welding, one, rows):
    marks = {rows["王国强"].pk: P}
    future = {"session": session(welding, 5), "marks": marks, "by": world.trainer, "at": at(4)}
    assert "begins at 2025-09-05 09:00" in refused(actions.mark_register, **future)
    other = running_other(world)
    strangers = {"session": one, "marks": {enrolments(other)["孙丽娟"].pk: P, **marks}, "by": world.trainer, "at": END}
    assert "not on the register" in refused(actions.mark_register, **strangers)
    cancelled = classes.cancel_session(session=session(welding, 4), by=world.admin_prison, reason="停电", at=at(1))
    assert "cancelled" in refused(actions.mark_register, session=cancelled, marks=marks, by=world.trainer, at=at(4, 12))
    TrainingClass.objects.filter(pk=welding.pk).update(state=TrainingClass.State.CLOSED)
    assert "while the class runs" in refused(actions.mark_register, session=one, marks=marks, by=world.trainer, at=END)
    assert not AttendanceRecord.objects.exists()
    assert not Register.objects.exists()


def running_other(world, name="孙丽娟", hour=14, override=""):
    """Another class of the same days, in the afternoon."""
    training_class = draft(world, "2025-OTHER")
    from courses.people.models import Learner

    one = Learner.objects.filter(full_name=name).first() or learner(name, world)
    classes.enrol(
        training_class=training_class, learner=one, by=world.admin_prison, at=at(25, month=8), override_reason=override
    )
    classes.assign(training_class=training_class, user=world.other_trainer, role="trainer", by=world.admin_prison)
    plan = [PlannedSession(at(1, hour), "theory", 10), PlannedSession(at(2, hour), "theory", 8)]
    classes.plan_sessions(training_class=training_class, sessions=plan, by=world.admin_prison)
    return approved(world, training_class, start=True)


def test_nobody_is_in_two_rooms_at_once(world, one, rows):
    other = running_other(world, "王国强", hour=11, override="两个班")
    actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=END)
    there = enrolments(other)["王国强"].pk
    values = {"session": session(other, 1), "by": world.other_trainer, "at": at(1, 15)}
    assert "2025-WELD-T" in refused(actions.mark_register, marks={there: P}, **values)
    assert "2025-WELD-T" in refused(actions.mark_register, marks={there: Mark(Status.LATE, 50)}, **values)
    actions.mark_register(marks={there: Mark(Status.LATE, 60)}, **values)  # came as the other session ended
    actions.mark_register(marks={there: Mark(Status.DUTY)}, **values)


def test_a_day_of_more_than_eight_class_hours_is_a_warning(world, one, rows):
    other = running_other(world, "王国强", hour=14, override="两个班")
    actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=END)
    marks = {enrolments(other)["王国强"].pk: P}
    done = actions.mark_register(session=session(other, 1), marks=marks, by=world.other_trainer, at=at(1, 18))
    assert done.warnings == ["王国强: 9 class hours on this day. Please look again."]
    assert len(done.records) == 1


@pytest.mark.parametrize(("hours", "source"), [(0, "live"), (24, "live"), (25, "late_entry")])
def test_a_late_entry_says_so_att_5(world, one, rows, hours, source):
    moment = END + timedelta(hours=hours)
    done = actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=moment)
    assert done.records[rows["王国强"].pk].source == source


def test_versions_keep_two_trainers_apart(world, one, rows):
    a, b = rows["王国强"].pk, rows["李德顺"].pk
    seen = {a: 0, b: 0}
    actions.mark_register(session=one, marks={a: P}, versions=seen, by=world.trainer, at=END)
    done = actions.mark_register(session=one, marks={a: ABSENT, b: P}, versions=seen, by=world.officer, at=END)
    assert [(conflict.live.mark, conflict.live.marked_by, conflict.wanted) for conflict in done.conflicts] == [
        (P, world.trainer, ABSENT)
    ]
    assert live(one) == {a: P, b: P}
    same = actions.mark_register(session=one, marks={a: P}, versions=seen, by=world.officer, at=END)
    assert not same.conflicts
    actions.mark_register(session=one, marks={a: ABSENT}, versions={a: 1}, by=world.officer, at=END)
    assert live(one)[a] == ABSENT


def test_a_register_is_finished_only_with_everybody_marked(world, one, rows):
    assert "3 learners" in refused(actions.close_register, session=one, by=world.trainer, at=END)
    actions.mark_register(session=one, marks={row.pk: P for row in rows.values()}, by=world.trainer, at=END)
    closed = [actions.close_register(session=one, by=world.trainer, at=END) for _twice in range(2)]
    assert closed[0] == closed[1]
    assert closed[0].closed_by == world.trainer


def finished(world, one, rows):
    actions.mark_register(session=one, marks={row.pk: P for row in rows.values()}, by=world.trainer, at=END)
    actions.close_register(session=one, by=world.trainer, at=END)
    return one.records.get(enrolment=rows["王国强"])


@pytest.mark.parametrize("how", ["finished", "too late", "class over"])
def test_a_mark_that_stands_needs_a_reason_and_a_second_person_att_5(world, welding, one, rows, how):
    moment = END + timedelta(hours=1)
    if how == "finished":
        record = finished(world, one, rows)
    else:
        actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=END)
        record = one.records.get()
    if how == "too late":
        moment = END + timedelta(hours=25)
    if how == "class over":
        TrainingClass.objects.filter(pk=welding.pk).update(state=TrainingClass.State.CLOSED)
    refused(actions.mark_register, session=one, marks={rows["王国强"].pk: ABSENT}, by=world.trainer, at=moment)
    assert "Say why" in refused(
        actions.correct_record, record=record, mark=ABSENT, reason=" ", by=world.trainer, at=moment
    )
    asked = [
        actions.correct_record(record=record, mark=ABSENT, reason="签到表没有签名", by=world.trainer, at=moment)
        for _twice in range(2)
    ]
    assert asked[0] == asked[1]
    assert asked[0].result is None
    assert live(one)[rows["王国强"].pk] == P
    for user in (world.trainer, world.admin_prison, world.other_trainer):
        with pytest.raises(PermissionDenied):
            actions.decide_correction(correction=asked[0], by=user, approve=True)
    done = actions.decide_correction(correction=asked[0], by=world.admin_provider, approve=True, at=moment)
    assert live(one)[rows["王国强"].pk] == ABSENT
    assert (done.result.source, done.result.reason, done.result.version) == ("correction", "签到表没有签名", 2)
    assert one.records.get(enrolment=rows["王国强"], version=1).mark == P
    assert actions.decide_correction(correction=asked[0], by=world.admin_provider, approve=True) == done


def test_a_refused_correction_leaves_the_mark_att_5(world, one, rows):
    record = finished(world, one, rows)
    asked = actions.correct_record(record=record, mark=ABSENT, reason="x", by=world.trainer, at=END)
    actions.decide_correction(correction=asked, by=world.admin_provider, approve=False, comment="签到表上有签名")
    assert live(one)[rows["王国强"].pk] == P
    again = actions.correct_record(record=record, mark=Mark(Status.LATE, 30), reason="y", by=world.trainer, at=END)
    assert again != asked
    assert Countersign.objects.waiting().filter(act="attendance.correct").count() == 1


def test_within_the_hours_one_person_corrects_at_once_att_5(world, one, rows):
    actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=END)
    done = actions.correct_record(record=one.records.get(), mark=ABSENT, reason="看错行", by=world.trainer, at=END)
    assert done.result.mark == ABSENT
    assert not Countersign.objects.filter(act="attendance.correct").exists()
    stale = {"record": one.records.get(version=1), "mark": Mark(Status.LEAVE), "reason": "x", "by": world.trainer}
    assert "replaced" in refused(actions.correct_record, **stale)
    same = {"record": done.result, "mark": ABSENT, "reason": "x", "by": world.trainer}
    assert "mark that stands" in refused(actions.correct_record, **same)
    assert Correction.objects.count() == 1


def test_the_right_to_mark_has_three_forms_that_agree(world, welding, foreign):
    other = running_other(world)
    roots = [
        User.objects.create_superuser(name, is_active=active) for name, active in (("root", True), ("gone", False))
    ]
    world.staff["officer_gone"] = staff("officer_gone", Role.OFFICER, world.prison)
    world.staff["officer_gone"].is_active = False
    users = [*world.staff.values(), foreign]
    for user in [*users, *roots]:
        markable = set(ClassSession.objects.markable_by(user).values_list("pk", flat=True))
        for one in ClassSession.objects.with_right_to_mark(user):
            assert can_mark(user, one) == (one.pk in markable) == one.markable, (user.username, one)
    may = {user.username for user in users if can_mark(user, session(welding, 1))}
    assert may == {"trainer_wang", "officer_a", "admin_provider"}
    assert can_mark(world.other_trainer, session(other, 1))
    for user in (world.admin_prison, world.other_trainer, foreign):
        with pytest.raises(PermissionDenied):
            actions.mark_register(session=session(welding, 1), marks={}, by=user, at=END)
        with pytest.raises(PermissionDenied):
            actions.close_register(session=session(welding, 1), by=user, at=END)


def test_the_verb_asks_for_the_right_itself_whatever_the_page_was_told(world, welding, rows):
    seen = ClassSession.objects.with_right_to_mark(world.trainer).get(pk=session(welding, 1).pk)
    assert seen.markable
    assignment = welding.assignments.get(user=world.trainer)
    classes.assign(training_class=welding, user=world.other_trainer, role="trainer", by=world.admin_prison)
    classes.unassign(assignment=assignment, by=world.admin_prison)
    for verb, marks in ((actions.mark_register, {"marks": {rows["王国强"].pk: P}}), (actions.close_register, {})):
        with pytest.raises(PermissionDenied):
            verb(session=seen, by=world.trainer, at=END, **marks)
    assert not Register.objects.exists()


def test_hours_count_the_same_queries_for_any_class_att_3(world, welding, rows, django_assert_num_queries):
    for number in range(1, 6):
        one = session(welding, number)
        actions.mark_register(session=one, marks={row.pk: P for row in rows.values()}, by=world.trainer, at=one.ends_at)
    HoursCredit.objects.create(enrolment=rows["王国强"], theory_half_hours=4, practice_half_hours=2, reason="转入")
    HoursCredit.objects.create(enrolment=rows["王国强"], theory_half_hours=1, practice_half_hours=0, reason="转入")
    welding = TrainingClass.objects.select_related("edition").get(pk=welding.pk)
    with django_assert_num_queries(4):
        hours = AttendanceRecord.objects.hours_of(welding)
    first = hours[rows["王国强"].pk]
    assert (first.theory_half_hours, first.practice_half_hours, first.earned_half_hours) == (21, 26, 47)
    assert hours[rows["李德顺"].pk].earned_half_hours == 40
    with django_assert_num_queries(4):
        AttendanceRecord.objects.hours_of(welding, enrolments=[rows["王国强"].pk])


def test_unmarked_sessions_never_vanish_from_the_denominator_att_3(world, welding, rows):
    one = session(welding, 1)
    actions.mark_register(session=one, marks={rows["王国强"].pk: P}, by=world.trainer, at=END)
    hours = AttendanceRecord.objects.hours_of(welding, at=at(2, 10))
    assert {name: hours[row.pk].unmarked for name, row in rows.items()} == {"王国强": 1, "李德顺": 2, "陈小龙": 2}
    assert all(found.required_half_hours == 40 for found in hours.values())
    left = {
        found.session.number: found.left for found in AttendanceRecord.objects.unmarked_sessions(welding, at(2, 10))
    }
    assert left == {1: 2, 2: 3}

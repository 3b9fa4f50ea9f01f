"""Verbs on classes: CLS-1 to CLS-5, rights on a class, and what is refused stores nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from courses.catalogue.models import Programme, RuleSet
from courses.catalogue.rules import RunRules
from courses.classes import actions
from courses.classes.models import ClassSession, Enrolment, TrainerAssignment, TrainingClass
from courses.classes.permissions import CLASS_ROLE_PERMISSIONS, may_in_class
from courses.classes.rules import PlannedSession
from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Countersign, Qualification
from courses.people.permissions import CLASS_PERMISSIONS, OPEN_CLASSES
from tests.courses.building import (
    FIRST_DAY,
    at,
    crowd,
    draft,
    enrolments,
    learner,
    running,
    session,
    sessions_of_four_hours,
)

pytestmark = pytest.mark.django_db
TRAINER = TrainerAssignment.Role.TRAINER


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language in which they are written."""
    with translation.override("en"):
        yield


def refused(verb, **values):
    with pytest.raises(ValidationError) as refusal:
        verb(**values)
    return " ".join(refusal.value.messages)


# --- drafting ---------------------------------------------------------------------------------------------------------


def test_a_drafted_class_copies_the_rules_of_its_programme(world):
    rules = RuleSet.objects.create(name="创业", numbers=RunRules(max_learners=30, correction_hours=48).to_json())
    programme = Programme.objects.create(name="创业培训", kind="entrepreneurship", rule_set=rules)
    training_class = draft(world, capacity=30, programme=programme)
    rules.numbers = RunRules(max_learners=10).to_json()
    rules.save()
    training_class.refresh_from_db()
    assert (training_class.run_rules.max_learners, training_class.run_rules.correction_hours) == (30, 48)
    text = refused(draft, world=world, class_no="2025-X", capacity=11, programme=programme)
    assert "10 learners" in text
    assert TrainingClass.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"class_no": "2025-WELD-T"}, {"ends_on": FIRST_DAY - timedelta(days=1)}, {"capacity": 51}]
)
def test_an_impossible_draft_is_refused_and_stores_nothing(world, changes):
    draft(world)
    refused(draft, world=world, **{"class_no": "2025-X", **changes})
    assert TrainingClass.objects.count() == 1


def test_a_class_is_drafted_by_either_side_only(world, foreign):
    assert draft(world, "2025-A", by=world.admin_prison).state == TrainingClass.State.DRAFT
    assert draft(world, "2025-B", by=world.admin_provider).state == TrainingClass.State.DRAFT
    for user in (foreign, world.trainer, world.officer, world.admin_city):
        with pytest.raises(PermissionDenied):
            draft(world, "2025-C", by=user)


def test_changes_after_the_approval_need_a_reason_cls_4(world):
    training_class = running(world, ["王国强", "李德顺"])
    values = {"training_class": training_class, "by": world.admin_prison}
    assert "Say why" in refused(actions.change_class, capacity=20, **values)
    assert actions.change_class(capacity=20, reason="焊机少了两台", **values).capacity == 20
    assert "2 learners" in refused(actions.change_class, capacity=1, reason="焊机", **values)
    assert "Session 5" in refused(actions.change_class, ends_on=date(2025, 9, 4), reason="提前", **values)
    assert "approved" in refused(actions.change_class, host=world.school, reason="换地方", **values)


def test_a_draft_can_be_cancelled_a_running_class_cannot(world):
    training_class = draft(world)
    assert "Say why" in refused(actions.cancel_class, training_class=training_class, by=world.admin_prison, reason="")
    for _twice in range(2):
        done = actions.cancel_class(training_class=training_class, by=world.admin_prison, reason="没有教师")
        assert done.state == TrainingClass.State.CANCELLED
    other = running(world, ["王国强"], "2025-R")
    assert "has begun" in refused(actions.cancel_class, training_class=other, by=world.admin_prison, reason="x")


# --- application ------------------------------------------------------------------------------------------------------


def test_an_application_names_each_missing_element_cls_1(world):
    training_class = draft(world)
    submit = {"training_class": training_class, "by": world.admin_prison}
    everything = ["roster", "teaching plan", "trainers", "books and materials", "assessment plan"]
    text = refused(actions.submit_application, **submit)
    assert all(name in text for name in everything)
    steps = [
        lambda: actions.enrol(training_class=training_class, learner=learner("王国强", world), by=world.admin_prison, at=at(1)),
        lambda: (
            actions.plan_sessions(training_class=training_class, sessions=sessions_of_four_hours(world), by=world.admin_prison),
            actions.complete_application(teaching_plan="先理论", resources="", assessment_plan="", **submit),
        ),
        lambda: actions.assign(training_class=training_class, user=world.trainer, role=TRAINER, by=world.admin_prison),
        lambda: actions.complete_application(teaching_plan="先理论", resources="教材", assessment_plan=" ", **submit),
    ]  # fmt: skip
    for number, step in enumerate(steps, start=1):
        step()
        text = refused(actions.submit_application, **submit)
        assert [name for name in everything if name in text] == everything[number:]
    assert not Countersign.objects.exists()
    actions.complete_application(teaching_plan="先理论", resources="教材", assessment_plan="考核", **submit)
    first = actions.submit_application(**submit)
    assert actions.submit_application(**submit) == first


def test_a_teaching_plan_without_a_timetable_is_half_a_plan_cls_1(world):
    training_class = draft(world)
    actions.complete_application(
        training_class=training_class, by=world.admin_prison, teaching_plan="x", resources="x", assessment_plan="x"
    )
    assert "teaching_plan" in training_class.missing_elements()


@pytest.fixture
def applied(world):
    training_class = draft(world)
    actions.enrol(training_class=training_class, learner=learner("王国强", world), by=world.admin_prison, at=at(1))
    actions.plan_sessions(training_class=training_class, sessions=sessions_of_four_hours(world), by=world.admin_prison)
    actions.assign(training_class=training_class, user=world.trainer, role=TRAINER, by=world.admin_prison)
    actions.complete_application(
        training_class=training_class, by=world.admin_prison, teaching_plan="a", resources="b", assessment_plan="c"
    )
    actions.submit_application(training_class=training_class, by=world.admin_prison)
    return TrainingClass.objects.get()


def test_only_a_second_person_with_the_right_decides(world, applied, foreign):
    for user in (world.admin_prison, world.admin_provider, world.trainer, foreign):
        with pytest.raises(PermissionDenied):
            actions.approve(training_class=applied, by=user)
    assert TrainingClass.objects.get().state == TrainingClass.State.APPLIED
    assert "Say why" in refused(actions.refuse, training_class=applied, by=world.admin_city, comment="")
    assert actions.refuse(training_class=applied, by=world.admin_city, comment="缺焊机清单").state == "draft"
    actions.submit_application(training_class=applied, by=world.admin_prison)
    for _twice in range(2):
        assert actions.approve(training_class=applied, by=world.admin_city).state == TrainingClass.State.APPROVED
    assert Countersign.objects.count() == 2


def test_an_application_that_lost_an_element_is_not_approved_cls_1(world, applied):
    for one in applied.sessions.all():
        one.delete()
    assert "teaching plan" in refused(actions.approve, training_class=applied, by=world.admin_city)
    assert not Countersign.objects.exclude(decision="").exists()


def test_a_class_does_not_run_without_approval_cls_1(world, applied):
    assert "approved" in refused(actions.start, training_class=applied, by=world.admin_prison)
    actions.approve(training_class=applied, by=world.admin_city)
    with pytest.raises(PermissionDenied):
        actions.start(training_class=applied, by=world.trainer)
    for _twice in range(2):
        assert actions.start(training_class=applied, by=world.admin_prison).state == TrainingClass.State.RUNNING


def test_the_approved_plan_stays_readable_cls_4(world, applied):
    actions.approve(training_class=applied, by=world.admin_city)
    one = session(applied, 5)
    planned = PlannedSession(at(8, 14), "practice", 6, "缺陷", world.room.pk, world.trainer.pk)
    values = {"session": one, "planned": planned, "by": world.admin_prison, "at": at(1)}
    assert "Say why" in refused(actions.move_session, **values)
    actions.move_session(reason="焊机检修", **values)
    extra = [PlannedSession(at(9), "practice", 4)]
    assert "Say why" in refused(actions.plan_sessions, training_class=applied, sessions=extra, by=world.admin_prison)
    actions.plan_sessions(training_class=applied, sessions=extra, by=world.admin_prison, reason="补两学时")
    plan = TrainingClass.objects.get().application.approved_plan
    assert [line["planned_half_hours"] for line in plan] == [8] * 5
    assert plan[4]["room"] == "焊接实训室"
    assert [change.reason for change in applied.timetable_changes.order_by("pk")] == ["焊机检修", "补两学时"]


# --- roster -----------------------------------------------------------------------------------------------------------


def test_the_25th_learner_in_a_class_of_24_is_offered_the_waiting_list_cls_2(world):
    training_class = draft(world, capacity=24)
    for name in crowd(24):
        actions.enrol(training_class=training_class, learner=learner(name, world), by=world.admin_prison)
    late = learner("马建军", world)
    text = refused(
        actions.enrol, training_class=training_class, learner=late, by=world.admin_prison, override_reason="急"
    )
    assert text == "All 24 places are taken. Put 马建军 on the waiting list."
    assert training_class.enrolments.count() == 24
    first = actions.wait(training_class=training_class, learner=late, by=world.admin_prison)
    assert actions.wait(training_class=training_class, learner=late, by=world.admin_prison) == first
    leaving = training_class.enrolments.get(roster_no=3)
    actions.withdraw(enrolment=leaving, by=world.admin_prison, reason=Enrolment.EndReason.RELEASED)
    assert actions.enrol(training_class=training_class, learner=late, by=world.admin_prison).roster_no == 25
    assert not training_class.waiting.filter(ended_at=None).exists()
    assert "All 24 places" in refused(actions.resume, enrolment=leaving, by=world.admin_prison, reason="回来了")


def test_cls_2_a_list_is_enrolled_in_its_order_or_not_at_all(world):
    training_class = draft(world, capacity=3)
    people_there = [learner(f"陈{name}", world) for name in ("甲甲", "乙乙", "丙丙", "丁丁")]
    text = refused(actions.enrol_all, training_class=training_class, learners=people_there, by=world.admin_prison)
    assert "陈丁丁" in text and not training_class.enrolments.exists()
    three = [people_there[place] for place in (2, 0, 1)]
    for _twice in range(2):
        found = actions.enrol_all(training_class=training_class, learners=three, by=world.admin_prison)
        assert [(one.learner, one.roster_no) for one in found] == [(x, n) for n, x in enumerate(three, start=1)]
    assert JournalEntry.objects.filter(verb="classes.enrol").count() == 3


def test_enrolling_twice_is_one_enrolment(world):
    training_class, one = draft(world), learner("王国强", world)
    first = actions.enrol(training_class=training_class, learner=one, by=world.admin_prison)
    assert actions.enrol(training_class=training_class, learner=one, by=world.admin_prison) == first
    assert JournalEntry.objects.filter(verb="classes.enrol").count() == 1


def test_a_learner_in_another_class_of_the_same_days_needs_a_reason_cls_5(world):
    one = learner("王国强", world)
    first, second = draft(world, "2025-A"), draft(world, "2025-B")
    actions.enrol(training_class=first, learner=one, by=world.admin_prison)
    text = refused(actions.enrol, training_class=second, learner=one, by=world.admin_prison)
    assert "2025-A" in text
    assert "2025-09-01" in text
    done = actions.enrol(
        training_class=second, learner=one, by=world.admin_prison, override_reason="一班上午, 一班下午"
    )
    assert done.override_reason == "一班上午, 一班下午"
    third = draft(world, "2025-C", starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 9))
    actions.enrol(training_class=third, learner=one, by=world.admin_prison)


def test_a_learner_who_is_elsewhere_needs_a_reason(world, foreign):
    from courses.people.models import Organisation

    one = learner("王国强", world)
    people.admit(learner=one, organisation=Organisation.objects.get(name__startswith="江北"), by=None)
    training_class = draft(world)
    assert "is not at" in refused(actions.enrol, training_class=training_class, learner=one, by=world.admin_prison)
    actions.enrol(training_class=training_class, learner=one, by=world.admin_prison, override_reason="借用实训室")


def test_pausing_leaving_and_coming_back(world):
    training_class = running(world, ["王国强", "李德顺"])
    row = enrolments(training_class)["王国强"]
    assert "Say why" in refused(actions.suspend, enrolment=row, by=world.admin_prison, reason=" ")
    assert actions.suspend(enrolment=row, by=world.admin_prison, reason="转岗").state == Enrolment.State.SUSPENDED
    assert actions.resume(enrolment=row, by=world.admin_prison, reason="回班").state == Enrolment.State.ACTIVE
    assert "list" in refused(actions.withdraw, enrolment=row, by=world.admin_prison, reason="走了")
    for _twice in range(2):
        gone = actions.withdraw(
            enrolment=row, by=world.admin_prison, reason=Enrolment.EndReason.TRANSFERRED, at=at(3, 12)
        )
        assert (gone.state, gone.end_reason, gone.ended_at) == ("incomplete", "transferred", at(3, 12))
    assert "left" in refused(actions.suspend, enrolment=row, by=world.admin_prison, reason="x")
    due = [
        one.learner.full_name for one in Enrolment.objects.due_at(session(training_class, 3)).select_related("learner")
    ]
    assert due == ["王国强", "李德顺"]
    assert Enrolment.objects.due_at(session(training_class, 4)).count() == 1
    with pytest.raises(PermissionDenied):
        actions.suspend(enrolment=enrolments(training_class)["李德顺"], by=world.trainer, reason="x")


# --- people and rights ------------------------------------------------------------------------------------------------


def test_a_role_gives_its_rights_on_this_class_and_takes_them_again(world):
    training_class, other = running(world, ["王国强"]), draft(world, "2025-OTHER")
    expected = {name: name in CLASS_ROLE_PERMISSIONS[TRAINER] for name in CLASS_PERMISSIONS}
    assert {name: may_in_class(world.trainer, name, training_class) for name in CLASS_PERMISSIONS} == expected
    assert not any(may_in_class(world.trainer, name, other) for name in CLASS_PERMISSIONS)
    second = actions.assign(
        training_class=training_class, user=world.other_trainer, role=TRAINER, by=world.admin_prison
    )
    assert "needs a trainer" not in str(second)
    first = training_class.assignments.get(user=world.trainer)
    actions.unassign(assignment=first, by=world.admin_prison)
    actions.unassign(assignment=first, by=world.admin_prison)
    assert not any(may_in_class(world.trainer, name, training_class) for name in CLASS_PERMISSIONS)
    assert "needs a trainer" in refused(actions.unassign, assignment=second, by=world.admin_prison)


def test_two_roles_keep_the_rights_of_the_one_that_stays(world):
    training_class = running(world, ["王国强"])
    examiner = actions.assign(training_class=training_class, user=world.trainer, role="examiner", by=world.admin_prison)
    assert may_in_class(world.trainer, "examine", training_class)
    actions.unassign(assignment=examiner, by=world.admin_prison)
    assert not may_in_class(world.trainer, "examine", training_class)
    assert may_in_class(world.trainer, "mark_registers", training_class)


def test_rights_on_a_class_follow_posts_on_both_sides(world, foreign):
    training_class = draft(world)
    seen = {user.username: may_in_class(user, OPEN_CLASSES, training_class) for user in world.staff.values()}
    assert {name for name, may in seen.items() if may} == {"admin_prison", "admin_provider"}
    assert not may_in_class(foreign, "view_classes", training_class)


@pytest.mark.parametrize(
    ("periods", "message"),
    [
        ([], ""),
        ([(None, None)], ""),
        ([(None, date(2025, 1, 31))], "2025-01-31"),
        ([(None, date(2024, 1, 31)), (None, date(2025, 1, 31))], "2025-01-31"),
        ([(None, date(2025, 1, 31)), (date(2025, 1, 1), date(2027, 6, 30))], ""),
        ([(date(2025, 12, 1), None)], "qualification"),
        ([(None, date(2025, 9, 1))], ""),
    ],
)
def test_a_trainer_whose_qualification_has_expired_is_refused(world, periods, message):
    for start, end in periods:
        Qualification.objects.create(user=world.trainer, kind="创业培训讲师", valid_from=start, valid_to=end)
    values = {"training_class": draft(world), "user": world.trainer, "role": TRAINER, "by": world.admin_prison}
    if message:
        assert message in refused(actions.assign, **values)
        assert not TrainerAssignment.objects.exists()
    else:
        assert actions.assign(**values)


# --- timetable --------------------------------------------------------------------------------------------------------


def test_a_trainer_teaches_in_one_place_at_a_time_cls_5(world):
    running(world, ["王国强"])
    other = draft(world, "2025-B")
    actions.assign(training_class=other, user=world.trainer, role=TRAINER, by=world.admin_prison)
    clash = [PlannedSession(at(1, 11), "theory", 4)]
    text = refused(actions.plan_sessions, training_class=other, sessions=clash, by=world.admin_prison)
    assert "teaches 2025-WELD-T (session 1)" in text
    assert "2025-09-01 09:00–12:00" in text
    assert not other.sessions.exists()
    after = [PlannedSession(at(1, 12), "theory", 4)]  # begins as the other ends
    assert actions.plan_sessions(training_class=other, sessions=after, by=world.admin_prison)


def test_a_room_holds_one_class_at_a_time_cls_5(world):
    running(world, ["王国强"])
    other = draft(world, "2025-B")
    clash = [PlannedSession(at(2, 8), "theory", 4, room_id=world.room.pk)]
    text = refused(actions.plan_sessions, training_class=other, sessions=clash, by=world.admin_prison)
    assert "焊接实训室 is used by 2025-WELD-T" in text


def test_assigning_a_trainer_who_is_elsewhere_then_is_refused_cls_5(world):
    running(world, ["王国强"])
    other = draft(world, "2025-B")
    actions.plan_sessions(
        training_class=other, sessions=[PlannedSession(at(3, 10), "theory", 4)], by=world.admin_prison
    )
    text = refused(actions.assign, training_class=other, user=world.trainer, role=TRAINER, by=world.admin_prison)
    assert "2025-WELD-T" in text


def test_planning_the_same_twice_adds_nothing(world):
    training_class = draft(world)
    for _twice in range(2):
        actions.plan_sessions(
            training_class=training_class, sessions=sessions_of_four_hours(world), by=world.admin_prison
        )
    assert [one.number for one in training_class.sessions.order_by("starts_at")] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("planned", "message"),
    [
        (lambda world: [PlannedSession(at(20), "theory", 8)], "2025-09-01 to 2025-09-14"),
        (lambda world: [PlannedSession(at(2), "theory", 8), PlannedSession(at(2, 11), "theory", 8)], "same time"),
        (lambda world: [PlannedSession(at(2), "theory", 8, trainer_id=world.officer.pk)], "Add the trainer"),
        (lambda world: [PlannedSession(at(2), "theory", 8, room_id=99999)], "Choose a room"),
    ],
)
def test_impossible_sessions_are_refused_and_none_is_stored(world, planned, message):
    training_class = draft(world)
    good = PlannedSession(at(3), "theory", 8)
    values = {"training_class": training_class, "by": world.admin_prison}
    assert message in refused(actions.plan_sessions, sessions=[good, *planned(world)], **values)
    assert not ClassSession.objects.exists()


def test_a_session_is_cancelled_with_a_reason_and_only_before_it_begins(world):
    training_class = running(world, ["王国强"])
    one = session(training_class, 5)
    values = {"session": one, "by": world.admin_prison}
    assert "Say why" in refused(actions.cancel_session, reason="", at=at(1), **values)
    assert "has begun" in refused(actions.cancel_session, reason="停电", at=at(5, 10), **values)
    for _twice in range(2):
        assert actions.cancel_session(reason="停电", at=at(1), **values).state == ClassSession.State.CANCELLED
    assert training_class.sessions.taking_place().count() == 4
    assert [change.reason for change in training_class.timetable_changes.all()] == ["停电"]


# --- interruption -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("held", "lost"), [(0, 8), (22, 8), (23, 7), (90, 4), (179, 1)])
def test_what_an_interruption_takes_is_made_up_att_2(world, held, lost):
    one = session(running(world, ["王国强"]), 4)
    broken = actions.interrupt(session=one, held_minutes=held, by=world.trainer, at=at(4, 12))
    assert broken.half_hours_to_make_up == lost
    make_up = actions.plan_make_up(session=broken, starts_at=at(8), by=world.trainer)
    assert (make_up.planned_half_hours, make_up.kind, make_up.makes_up) == (lost, one.kind, broken)
    assert actions.plan_make_up(session=broken, starts_at=at(9), by=world.trainer) == make_up


def test_an_interruption_has_its_limits_att_2(world):
    training_class = running(world, ["王国强"])
    one = session(training_class, 4)
    values = {"session": one, "by": world.trainer}
    assert "not begun" in refused(actions.interrupt, held_minutes=90, at=at(4, 8), **values)
    assert "0 to 179" in refused(actions.interrupt, held_minutes=180, at=at(4, 12), **values)
    assert "Nothing was lost" in refused(actions.plan_make_up, starts_at=at(8), **values)
    broken = actions.interrupt(held_minutes=90, at=at(4, 12), **values)
    assert actions.interrupt(session=broken, held_minutes=80, by=world.trainer, at=at(4, 13)).held_minutes == 80
    assert "comes after" in refused(actions.plan_make_up, starts_at=at(3), **values)
    assert "session 5" in refused(actions.plan_make_up, starts_at=at(5, 10), **values)
    make_up = actions.plan_make_up(starts_at=at(20), **values)
    training_class.refresh_from_db()
    assert training_class.ends_on == date(2025, 9, 20)
    assert "make-up has been planned" in refused(actions.interrupt, held_minutes=70, at=at(4, 13), **values)
    assert make_up.number == 6


def test_every_verb_is_in_the_journal_of_the_place(world):
    running(world, ["王国强"])
    verbs = set(JournalEntry.objects.filter(organisation_id=world.prison.pk).values_list("verb", flat=True))
    assert {
        "classes.draft_class", "classes.enrol", "classes.assign", "classes.plan_sessions", "classes.complete_application",
        "classes.submit_application", "classes.approve", "classes.start",
    } <= verbs  # fmt: skip


def test_a_whole_list_waits_in_its_order_or_nobody_does_cls_2(world):
    training_class = draft(world, "2025-WAIT")
    wang, li, chen = (learner(name, world) for name in ("王国强", "李德顺", "陈小龙"))
    first = actions.wait(training_class=training_class, learner=li, by=world.admin_prison)
    entries = actions.wait_all(training_class=training_class, learners=[wang, li, chen], by=world.admin_prison)
    assert [one.learner for one in entries] == [wang, li, chen] and entries[1] == first
    assert [one.learner for one in training_class.waiting.all()] == [li, wang, chen]
    actions.enrol(training_class=training_class, learner=wang, by=world.admin_prison)
    with pytest.raises(ValidationError):
        actions.wait_all(
            training_class=training_class, learners=[learner("周大山", world), wang], by=world.admin_prison
        )
    assert training_class.waiting.count() == 3

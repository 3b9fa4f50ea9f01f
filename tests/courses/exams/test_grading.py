"""Marks that cannot be right, marks by the wrong person, corrections by two, and entries: everything is stored or nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.classes import actions as classes
from courses.exams import actions
from courses.exams.models import ExamEntry, Grade, GradeCorrection
from courses.journal.models import JournalEntry
from courses.people.models import Countersign
from courses.questions import actions as questions
from tests.courses.building import at, draft, learner
from tests.courses.english import english
from tests.courses.results.building import (
    EXAM_DAY,
    RESIT_DAY,
    assess_all,
    entries,
    examined,
    marks,
    taught,
    taught_scene,
)

pytestmark = pytest.mark.django_db
build_scene = taught_scene
__all__ = ["english"]  # an autouse fixture


def type_in(world, exam, scores, by=None, **changes):
    facts = {"sat_on": EXAM_DAY, "at": at(10, 17), **changes}
    return actions.enter_marks(exam=exam, marks=scores, by=by or world.examiner_1, **facts)


def refusal_of(world, exam, scores, **changes):
    with pytest.raises(ValidationError) as refusal:
        type_in(world, exam, scores, **changes)
    assert not Grade.objects.filter(exam=exam).exists()
    return refusal.value


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("101", "A score lies between 0 and 100."),
        ("-1", "A score lies between 0 and 100."),
        ("良好", "Type the score as a number from 0 to 100."),
        ("59.999", "At most two digits after the point."),
    ],
)
def test_exm_1_a_wrong_mark_stores_nothing_of_the_sheet(world, typed, sentence):
    _class, theory, _practice = examined(world)
    found = entries(theory.training_class)
    refusal = refusal_of(world, theory, {found["王国强"].pk: "85", found["李德顺"].pk: typed})
    assert refusal.message_dict == {str(found["李德顺"].pk): [sentence]}


def test_exm_2_who_may_not_sit_gets_no_mark(world):
    _class, theory, _practice = examined(world)
    zhao = entries(theory.training_class)["赵铁柱"]
    refusal = refusal_of(world, theory, {zhao.pk: "85"})
    assert refusal.message_dict == {str(zhao.pk): ["May not sit the exam: Hours short: 14/20, 16 needed."]}


def test_a_learner_who_is_not_on_the_list_gets_no_mark(world):
    _class, theory, _practice = examined(world)
    other = draft(world, "2025-WELD-U", starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 10))
    enrolment = classes.enrol(training_class=other, learner=learner("孙志", world), by=world.admin_prison)
    stranger = ExamEntry.objects.create(
        enrolment=enrolment, eligible=True, earned_half_hours=40, required_half_hours=40, needed_half_hours=32
    )
    assert "not on the list" in refusal_of(world, theory, {stranger.pk: "85"}).messages[0]
    assert "not on the list" in refusal_of(world, theory, {987654: "85"}).messages[0]


def test_who_had_left_by_the_day_of_the_exam_gets_no_mark(world):
    training_class, theory, _practice = examined(world)
    wang = entries(training_class)["王国强"]
    classes.withdraw(enrolment=wang.enrolment, by=world.admin_prison, reason="released", at=at(9, 18))
    assert "had left" in refusal_of(world, theory, {wang.pk: "85"}).messages[0]
    type_in(world, theory, {wang.pk: "85"}, sat_on=date(2025, 9, 9))  # sat it before


@pytest.mark.parametrize("day", [date(2025, 9, 11), date(2025, 8, 31)])
def test_a_day_that_cannot_be_is_refused(world, day):
    _class, theory, _practice = examined(world)
    wang = entries(theory.training_class)["王国强"]
    assert "sat_on" in refusal_of(world, theory, {wang.pk: "85"}, sat_on=day).message_dict


def test_the_same_mark_again_changes_nothing_and_another_needs_a_correction_exm_7(world):
    _class, theory, _practice = examined(world)
    wang, li = entries(theory.training_class)["王国强"], entries(theory.training_class)["李德顺"]
    first = type_in(world, theory, {wang.pk: "85"})[wang.pk]
    assert type_in(world, theory, {wang.pk: "85.00"})[wang.pk] == first
    with pytest.raises(ValidationError) as refusal:
        type_in(world, theory, {wang.pk: "86", li.pk: "60"})
    assert refusal.value.message_dict == {
        str(wang.pk): ["A score stands already: 85. Ask for a correction if it is not right."]
    }
    assert Grade.objects.count() == 1
    assert JournalEntry.objects.filter(verb="exams.enter_marks").count() == 1


def test_absence_is_a_mark_of_its_own(world):
    _class, theory, _practice = examined(world)
    wang = entries(theory.training_class)["王国强"]
    grade = actions.enter_mark(
        exam=theory, entry=wang, absent=True, sat_on=EXAM_DAY, by=world.examiner_1, at=at(10, 17)
    )
    assert (grade.absent, grade.score) == (True, None)
    for neither in ({}, {"score": "60", "absent": True}):
        with pytest.raises(ValidationError):
            actions.enter_mark(exam=theory, entry=wang, sat_on=EXAM_DAY, by=world.examiner_1, **neither)


@pytest.mark.parametrize("who", ["trainer", "officer", "admin_provider", "admin_prison", "admin_city", "other_trainer"])
def test_marks_are_entered_by_examiners_only(world, who):
    _class, theory, _practice = examined(world)
    wang = entries(theory.training_class)["王国强"]
    with pytest.raises(PermissionDenied):
        type_in(world, theory, {wang.pk: "85"}, by=getattr(world, who))


def test_exm_4_the_only_trainer_does_not_examine(world):
    training_class, theory, _practice = examined(world)
    wang = entries(training_class)["王国强"]
    classes.assign(training_class=training_class, user=world.trainer, role="examiner", by=world.admin_prison)
    assert "only trainer" in refusal_of(world, theory, {wang.pk: "85"}, by=world.trainer).messages[0]
    classes.assign(training_class=training_class, user=world.other_trainer, role="trainer", by=world.admin_prison)
    type_in(world, theory, {wang.pk: "85"}, by=world.trainer)


@pytest.mark.parametrize(
    ("first", "day", "sentence"),
    [
        ({"王国强": 60}, RESIT_DAY, "No resit here"),  # passed
        ({"王国强": 59}, date(2026, 9, 11), "No resit here"),  # twelve months are over
        ({"王国强": 59}, date(2025, 9, 9), "cannot be before the first exam"),
        ({}, RESIT_DAY, "No resit here"),  # no first mark
    ],
)
def test_exm_3_a_resit_that_is_not_allowed_is_refused(world, first, day, sentence):
    training_class, theory, practice = examined(world)
    wang = entries(training_class)["王国强"]
    marks(world, theory, **first)
    assess_all(world, practice, 王国强=(70, 70))
    with pytest.raises(ValidationError) as refusal:
        type_in(world, theory, {wang.pk: "80"}, sat_on=day, resit=True, at=at(12).replace(year=2026))
    assert sentence in refusal.value.message_dict[str(wang.pk)][0]
    assert not Grade.objects.filter(resit=True).exists()


def test_exm_3_there_is_one_resit(world):
    training_class, theory, practice = examined(world)
    wang = entries(training_class)["王国强"]
    marks(world, theory, 王国强=59)
    assess_all(world, practice, 王国强=(70, 70))
    assert list(Grade.objects.resit_candidates(theory, RESIT_DAY)) == [wang]
    assert not Grade.objects.resit_candidates(practice, RESIT_DAY).exists()
    marks(world, theory, resit=True, 王国强=58)
    assert not Grade.objects.resit_candidates(theory, RESIT_DAY).exists()
    assert Grade.objects.live().filter(exam=theory).count() == 2


def test_exm_7_a_correction_takes_a_reason_and_two_persons(world):
    _class, theory, _practice = examined(world)
    marks(world, theory, 王国强=58)
    grade = theory.grades.get()
    ask = {"grade": grade, "score": "68", "at": at(11)}
    for problem in ({"reason": " "}, {"reason": "漏加 10 分", "score": "58"}, {"reason": "漏加 10 分", "score": "168"}):
        with pytest.raises(ValidationError):
            actions.correct_grade(**ask | problem, by=world.examiner_1)
    for who in (world.trainer, world.officer):
        with pytest.raises(PermissionDenied):
            actions.correct_grade(**ask, reason="漏加 10 分", by=who)
    wish = actions.correct_grade(**ask, reason="漏加 10 分", by=world.examiner_1)
    assert actions.correct_grade(**ask, reason="漏加 10 分", by=world.examiner_1) == wish
    with pytest.raises(ValidationError):
        actions.correct_grade(**ask | {"score": "70"}, reason="漏加", by=world.examiner_2)
    request = Countersign.objects.get(act="exams.correct_grade")
    assert Countersign.objects.waiting_for(world.admin_provider).get() == request
    for who in (world.examiner_1, world.examiner_2, world.admin_prison):
        with pytest.raises(PermissionDenied):
            actions.decide_correction(correction=wish, by=who, approve=True)
    actions.decide_correction(correction=wish, by=world.admin_provider, approve=True, at=at(12))
    assert actions.decide_correction(correction=wish, by=world.admin_provider, approve=True).replacement
    live = theory.grades.live().get()
    grade.refresh_from_db()
    assert (str(live.score), live.reason, grade.superseded_at, str(grade.score)) == (
        "68.00", "漏加 10 分", at(12), "58.00",
    )  # fmt: skip


def test_exm_7_a_refused_correction_leaves_the_mark(world):
    _class, theory, _practice = examined(world)
    marks(world, theory, 王国强=58)
    wish = actions.correct_grade(grade=theory.grades.get(), score="68", reason="漏加", by=world.examiner_1)
    actions.decide_correction(correction=wish, by=world.admin_provider, approve=False, comment="卷面没有漏加")
    assert str(theory.grades.live().get().score) == "58.00"
    assert not GradeCorrection.objects.waiting().exists()
    actions.correct_grade(grade=theory.grades.get(), score="68", reason="再看一次", by=world.examiner_1)


def test_exm_2_a_second_list_adds_only_who_has_joined_since(world):
    training_class = taught(world)
    first = actions.make_entries(training_class=training_class, by=world.admin_provider, at=at(9))
    classes.enrol(training_class=training_class, learner=learner("周大山", world), by=world.admin_prison, at=at(9, 10))
    second = actions.make_entries(training_class=training_class, by=world.admin_provider, at=at(9, 12))
    assert [entry.pk for entry in second[:5]] == [entry.pk for entry in first]
    assert (second[5].eligible, second[5].earned_half_hours) == (False, 0)


def test_exm_2_computing_again_needs_a_reason_and_leaves_who_has_sat(world):
    from courses.attendance import actions as attendance
    from courses.attendance.models import AttendanceRecord
    from courses.attendance.rules import Mark, Status

    training_class, theory, _practice = examined(world)
    marks(world, theory, 王国强=85)
    for name, number in (("赵铁柱", 3), ("王国强", 3)):
        record = AttendanceRecord.objects.live().get(
            session__number=number, session__training_class=training_class, enrolment__learner__full_name=name
        )
        mark = Mark(Status.PRESENT) if name == "赵铁柱" else Mark(Status.ABSENT)
        wish = attendance.correct_record(record=record, mark=mark, reason="签到表", by=world.trainer, at=at(9))
        if wish.decided_at is None:
            attendance.decide_correction(correction=wish, by=world.admin_provider, approve=True, at=at(9))
    with pytest.raises(ValidationError):
        actions.renew_entries(training_class=training_class, by=world.admin_provider, reason="", at=at(10))
    changed = actions.renew_entries(training_class=training_class, by=world.admin_provider, reason="补签", at=at(10))
    assert [entry.enrolment.learner.full_name for entry in changed] == ["赵铁柱"]
    found = entries(training_class)
    assert (found["赵铁柱"].eligible, found["赵铁柱"].earned_half_hours) == (True, 36 - 8 + 8)
    assert found["王国强"].earned_half_hours == 40


@pytest.mark.parametrize("who", ["trainer", "officer", "examiner_1", "admin_city"])
def test_the_exam_list_is_made_by_those_who_run_exams(world, who):
    training_class = taught(world)
    with pytest.raises(PermissionDenied):
        actions.make_entries(training_class=training_class, by=getattr(world, who), at=at(9))
    assert not ExamEntry.objects.exists()


def bank_of(world, count):
    bank = questions.add_bank(organisation=world.school, title="焊工理论", by=world.admin_provider)
    for number in range(count):
        questions.add(
            bank=bank, type="true_false", text=f"第 {number} 题", body={}, key={"right": True}, by=world.admin_provider
        )
    return bank


def test_setting_up_an_exam_twice_gives_one(world):
    training_class = taught(world)
    facts = {"training_class": training_class, "component": "theory", "mode": "paper", "by": world.admin_provider}
    exam = actions.create_exam(**facts)
    assert (actions.create_exam(**facts), exam.pass_mark, exam.title) == (exam, 60, "焊工入门(验收) theory")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"component": "plan"}, "component"),  # the course does not ask for it
        ({"mode": "workshop"}, "mode"),
        ({"component": "practice", "mode": "paper"}, "mode"),
        ({"pass_mark": 50}, "pass_mark"),
        ({"mode": "screen"}, "bank"),
        ({"minutes": 0}, "minutes"),
        ({"title": "长" * 121}, "title"),
    ],
)
def test_an_exam_that_does_not_fit_the_course_is_refused_exm_1(world, changes, field):
    training_class = taught(world)
    facts = {"training_class": training_class, "component": "theory", "mode": "paper", "by": world.admin_provider}
    with pytest.raises(ValidationError) as refusal:
        actions.create_exam(**facts | changes)
    assert field in refusal.value.message_dict


def test_an_exam_on_the_terminal_needs_enough_questions(world):
    training_class = taught(world)
    facts = {"training_class": training_class, "component": "theory", "mode": "screen", "by": world.admin_provider}
    bank = bank_of(world, 3)
    for blueprint in ({}, {"count": 20, "points": 5}):
        with pytest.raises(ValidationError) as refusal:
            actions.create_exam(**facts, bank=bank, blueprint=blueprint)
        assert "blueprint" in refusal.value.message_dict
    exam = actions.create_exam(**facts, bank=bank, blueprint={"count": 3, "points": 5})
    assert (exam.mode, exam.blueprint) == ("screen", {"count": 3, "points": 5})


def test_released_marks_are_released_once(world):
    _class, theory, _practice = examined(world)
    marks(world, theory, 王国强=58, 李德顺=60)
    with pytest.raises(PermissionDenied):
        actions.release_grades(exam=theory, by=world.trainer)
    assert actions.release_grades(exam=theory, by=world.examiner_1, at=at(12)) == 2
    assert actions.release_grades(exam=theory, by=world.examiner_1, at=at(13)) == 0
    assert set(theory.grades.values_list("released_at", flat=True)) == {at(12)}


def test_exm_6_one_sits_on_the_terminal_and_the_others_on_paper_p1_step_5(world):
    from tests.courses.exams.building import exam_room, right

    room = exam_room(world)
    seat = room.start("王国强")
    for item in room.sitting.paper.items.all()[:17]:
        seat.save(item.position, 1, right(item))
    seat.submit()
    found = entries(room.exam.training_class)
    score = room.exam.grades.get(entry=found["王国强"])
    assert (str(score.score), score.source, score.sat_on) == ("85.00", "screen", EXAM_DAY)
    with pytest.raises(ValidationError) as refusal:
        type_in(world, room.exam, {found["王国强"].pk: "90", found["李德顺"].pk: "60"})
    assert "Sat on the terminal" in refusal.value.message_dict[str(found["王国强"].pk)][0]
    assert room.exam.grades.count() == 1
    marks(world, room.exam, 李德顺=60, 陈小龙=59, 张志远=92)
    assert room.exam.grades.live().count() == 4
    with pytest.raises(ValidationError):  # whoever has a score does not start
        room.start("李德顺", terminal=1)


def test_a_paper_is_scored_once_and_by_those_who_may(world):
    from tests.courses.exams.building import exam_room

    room = exam_room(world)
    seat = room.start("王国强")
    with pytest.raises(ValidationError):
        actions.grade_attempt(attempt=seat.attempt)  # still open
    seat.submit()
    with pytest.raises(PermissionDenied):
        actions.grade_attempt(attempt=seat.attempt, by=world.trainer)
    first = actions.grade_attempt(attempt=seat.attempt, by=room.invigilator)
    assert actions.grade_attempt(attempt=seat.attempt) == first
    assert Grade.objects.count() == 1

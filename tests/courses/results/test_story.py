"""P1 steps 4 to 6 through the real verbs: exam list, marks, results, resits, rates and the closing of the class."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.classes.models import Enrolment, TrainingClass
from courses.exams import actions as exams
from courses.exams.models import Grade
from courses.people.models import Countersign
from courses.results import actions
from courses.results.models import Outcome
from courses.results.rules import pass_rates
from tests.courses.building import at
from tests.courses.results.building import assess_all, entries, examined, marks, taught, taught_scene

pytestmark = pytest.mark.django_db
build_scene = taught_scene
EXAM_DAY, RESIT_DAY = date(2025, 9, 10), date(2025, 9, 24)


def results(training_class):
    return {outcome.enrolment.learner.full_name: outcome for outcome in Outcome.objects.of(training_class)}


def rates(training_class, moment):
    evidence = Outcome.objects.evidence_of(training_class, moment)
    found = pass_rates(evidence.values(), training_class.edition.pass_rule, training_class.run_rules)
    return [(rate.part, rate.whole, rate.text) for rate in (found.first, found.final)]


def test_p1_step_4_the_exam_list_names_who_may_sit_and_why_not_exm_2(world):
    training_class = taught(world)
    made = exams.make_entries(training_class=training_class, by=world.admin_provider, at=at(9))
    found = {entry.enrolment.learner.full_name: entry for entry in made}
    assert [name for name, entry in found.items() if entry.eligible] == ["王国强", "李德顺", "陈小龙", "张志远"]
    li, zhao = found["李德顺"], found["赵铁柱"]
    assert (li.earned_half_hours, li.required_half_hours, li.needed_half_hours) == (32, 40, 32)
    assert (zhao.eligible, zhao.reason) == (False, "hours_short")
    assert zhao.reason_text == "Hours short: 14/20, 16 needed"
    again = exams.make_entries(training_class=training_class, by=world.admin_provider, at=at(10))
    assert [entry.computed_at for entry in again] == [at(9)] * 5


def test_p1_steps_5_and_6_marks_results_resits_and_rates(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60, 陈小龙=59, 张志远=92)
    assess_all(world, practice, 王国强=(80, 76), 李德顺=("60.5", "61.5"), 陈小龙=(70, 70), 张志远=(55, 61))
    agreed = {g.entry.enrolment.learner.full_name: str(g.score) for g in practice.grades.live()}
    assert agreed == {"王国强": "78.00", "李德顺": "61.00", "陈小龙": "70.00", "张志远": "58.00"}

    actions.propose(training_class=training_class, by=world.examiner_1, at=at(11))
    confirmed = actions.confirm(training_class=training_class, by=world.admin_provider, at=at(12))
    assert len(confirmed) == 5
    found = results(training_class)
    assert [name for name, outcome in found.items() if outcome.passed] == ["王国强", "李德顺"]
    assert (found["陈小龙"].resit_of, found["张志远"].resit_of) == (["theory"], ["practice"])
    assert (found["赵铁柱"].hours_met, found["赵铁柱"].reason) == (False, "hours_short")
    assert rates(training_class, at(12)) == [(2, 4, "50.0 %"), (2, 4, "50.0 %")]

    assert names(Grade.objects.resit_candidates(theory, RESIT_DAY)) == ["陈小龙"]
    assert names(Grade.objects.resit_candidates(practice, RESIT_DAY)) == ["张志远"]
    marks(world, theory, resit=True, 陈小龙=75)
    assess_all(world, practice, resit=True, 张志远=(54, 56))
    assert not Grade.objects.resit_candidates(practice, RESIT_DAY).exists()
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(25))
    actions.confirm(training_class=training_class, by=world.admin_provider, at=at(26))
    found = results(training_class)
    assert [name for name, outcome in found.items() if outcome.passed] == ["王国强", "李德顺", "陈小龙"]
    zhang = found["张志远"]
    assert (zhang.repeat_course, zhang.resit_of, zhang.reason) == (True, [], "failed_twice")
    assert (str(zhang.theory_score), str(zhang.practice_score)) == ("92.00", "55.00")
    assert rates(training_class, at(26)) == [(2, 4, "50.0 %"), (3, 4, "75.0 %")]
    assert Outcome.objects.certifiable().filter(enrolment__training_class=training_class).count() == 3
    assert Outcome.objects.filter(enrolment__training_class=training_class).count() == 7  # two superseded, none lost

    actions.close_class(training_class=training_class, by=world.admin_provider, at=at(26))
    states = {e.learner.full_name: (e.state, e.end_reason) for e in training_class.enrolments.select_related("learner")}
    assert states.pop("赵铁柱") == ("incomplete", "hours_short")
    assert set(states.values()) == {("completed", "")}


def names(found):
    return [entry.enrolment.learner.full_name for entry in found.select_related("enrolment__learner")]


def test_results_are_confirmed_by_another_person(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60)
    assess_all(world, practice, 王国强=(80, 76), 李德顺=(60, 60))
    proposed = actions.propose(training_class=training_class, by=world.admin_provider, at=at(11))
    assert len(proposed) == 3  # 王, 李 and 赵, who is short of hours; 陈 and 张 lack marks
    again = actions.propose(training_class=training_class, by=world.admin_provider, at=at(11))
    assert [outcome.pk for outcome in again] == [outcome.pk for outcome in proposed]
    assert Countersign.objects.filter(act=actions.CONFIRM).count() == 1
    for person in (world.admin_provider, world.examiner_1, world.trainer, world.officer):
        with pytest.raises(PermissionDenied):
            actions.confirm(training_class=training_class, by=person, at=at(12))
    assert not Outcome.objects.confirmed().exists()
    actions.confirm(training_class=training_class, by=world.admin_city, at=at(12))
    assert {o.confirmed_by for o in Outcome.objects.confirmed()} == {world.admin_city}
    assert len(actions.confirm(training_class=training_class, by=world.admin_city, at=at(12))) == 3


def test_who_proposed_again_does_not_confirm_either(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60, 陈小龙=70)
    assess_all(world, practice, 王国强=(80, 76), 李德顺=(60, 60))
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(11))
    assess_all(world, practice, 陈小龙=(60, 60))
    actions.propose(training_class=training_class, by=world.admin_provider, at=at(11))
    with pytest.raises(PermissionDenied):
        actions.confirm(training_class=training_class, by=world.admin_provider, at=at(12))


def test_results_whose_marks_have_changed_are_not_confirmed_exm_7(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85)
    assess_all(world, practice, 王国强=(80, 76))
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(11))
    correct(world, theory, "王国强", score="55")
    with pytest.raises(ValidationError):
        actions.confirm(training_class=training_class, by=world.admin_provider, at=at(12))
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(12))
    actions.confirm(training_class=training_class, by=world.admin_provider, at=at(12))
    assert results(training_class)["王国强"].resit_of == ["theory"]


def test_results_sent_back_no_longer_count(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85)
    assess_all(world, practice, 王国强=(80, 76))
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(11))
    with pytest.raises(ValidationError):
        actions.send_back(training_class=training_class, by=world.admin_provider, comment=" ", at=at(12))
    actions.send_back(training_class=training_class, by=world.admin_provider, comment="成绩册没有签字", at=at(12))
    assert not Outcome.objects.live().exists()
    assert len(actions.propose(training_class=training_class, by=world.examiner_1, at=at(13))) == 2


def test_a_corrected_mark_reopens_a_confirmed_result_exm_7(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60)
    assess_all(world, practice, 王国强=(80, 76), 李德顺=(60, 60))
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(11))
    actions.confirm(training_class=training_class, by=world.admin_provider, at=at(12))
    old = results(training_class)["李德顺"]
    with pytest.raises(ValidationError):
        actions.reopen(outcome=old, by=world.examiner_1, reason="想再看看", at=at(13))
    correct(world, theory, "李德顺", score="58")
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(13))
    assert results(training_class)["李德顺"] == old  # a confirmed pass is never changed in passing
    with pytest.raises(ValidationError):
        actions.reopen(outcome=old, by=world.examiner_1, reason="", at=at(13))
    fresh = actions.reopen(outcome=old, by=world.examiner_1, reason="加分算错", at=at(13))
    assert (fresh.state, fresh.passed, fresh.resit_of) == ("proposed", False, ["theory"])
    assert not Outcome.objects.certifiable().filter(enrolment=old.enrolment_id).exists()
    actions.confirm(training_class=training_class, by=world.admin_provider, at=at(14))
    old.refresh_from_db()
    assert old.superseded_at and old.passed and old.evidence["marks"]["theory"]["first"]["score"] == "60.00"
    assert results(training_class)["李德顺"].state == "confirmed"


def correct(world, exam, name, **wanted):
    grade = exam.grades.live().get(entry__enrolment__learner__full_name=name)
    wish = exams.correct_grade(grade=grade, by=world.examiner_1, reason="加分算错", at=at(11), **wanted)
    return exams.decide_correction(correction=wish, by=world.admin_provider, approve=True, at=at(11))


@pytest.mark.parametrize("who", ["admin_prison", "officer", "trainer", "examiner_1"])
def test_a_class_is_closed_only_by_those_who_confirm_cls_7(world, who):
    training_class = taught(world)
    with pytest.raises(PermissionDenied):
        actions.close_class(training_class=training_class, by=getattr(world, who), at=at(10))


def test_a_paused_learner_keeps_the_class_open_cls_7(world):
    from courses.classes import actions as classes

    training_class = taught(world)
    li = training_class.enrolments.get(learner__full_name="李德顺")
    classes.suspend(enrolment=li, by=world.admin_prison, reason="外出就医")
    with pytest.raises(ValidationError) as refusal:
        actions.close_class(training_class=training_class, by=world.admin_provider, at=at(10))
    assert "李德顺" in refusal.value.messages[0]
    classes.withdraw(enrolment=li, by=world.admin_prison, reason=Enrolment.EndReason.MEDICAL, at=at(9))
    closed = actions.close_class(training_class=training_class, by=world.admin_provider, at=at(10))
    assert (closed.state, closed.closed_at) == ("closed", at(10))
    again = actions.close_class(training_class=training_class, by=world.admin_provider, at=at(11))
    assert again.closed_at == at(10)
    ends = dict(training_class.enrolments.values_list("learner__full_name", "end_reason"))
    assert ends == {"王国强": "", "李德顺": "medical", "陈小龙": "", "张志远": "", "赵铁柱": "hours_short"}


def test_the_evidence_of_a_class_takes_the_same_number_of_queries_for_any_class(world, django_assert_num_queries):
    training_class, theory, _practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60)
    training_class = TrainingClass.objects.select_related("edition").get(pk=training_class.pk)
    with django_assert_num_queries(6):
        Outcome.objects.evidence_of(training_class, at(12))
    assert entries(training_class)

"""Two examiners, and a third where they differ (EXM-4)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.classes import actions as classes
from courses.exams.models import Grade
from courses.practicals import actions
from courses.practicals.models import Assessment
from tests.courses.building import at
from tests.courses.results.building import EXAM_DAY, entries, examined, marks, taught_scene

pytestmark = pytest.mark.django_db
build_scene = taught_scene


@pytest.fixture
def practice(world):
    return examined(world)[2]


def give(world, exam, name, examiner, score, by=None, **changes):
    person = world.staff[examiner]
    return actions.assess(
        exam=exam, entry=entries(exam.training_class)[name], examiner=person, score=score,
        by=world.staff[by] if by else person, at=at(10, 17), **changes,
    )  # fmt: skip


def grade_of(exam, name="王国强"):
    return exam.grades.live().filter(entry__enrolment__learner__full_name=name).first()


def test_exm_4_one_examiner_makes_no_mark_two_make_the_mean(world, practice):
    give(world, practice, "王国强", "examiner_1", "80")
    assert grade_of(practice) is None
    give(world, practice, "王国强", "examiner_2", "76")
    grade = grade_of(practice)
    assert (str(grade.score), grade.source, grade.sat_on) == ("78.00", "practical", EXAM_DAY)
    assert give(world, practice, "王国强", "examiner_2", "76.0").score == 76  # again: nothing happens
    assert practice.grades.count() == 1


def test_exm_4_far_apart_takes_a_third_examiner(world, practice):
    give(world, practice, "王国强", "examiner_1", "50")
    give(world, practice, "王国强", "examiner_2", "66")
    assert grade_of(practice) is None
    with pytest.raises(ValidationError):  # nobody moves a mark towards the other's
        give(world, practice, "王国强", "examiner_2", "62")
    give(world, practice, "王国强", "examiner_3", "64")
    assert str(grade_of(practice).score) == "65.00"
    assert practice.assessments.live().count() == 3


def test_exm_4_a_third_mark_where_two_agree_is_refused(world, practice):
    give(world, practice, "王国强", "examiner_1", "80")
    give(world, practice, "王国强", "examiner_2", "76")
    with pytest.raises(ValidationError) as refusal:
        give(world, practice, "王国强", "examiner_3", "40")
    assert "stands already" in refusal.value.messages[0]


def test_an_examiner_may_change_a_mark_while_it_stands_alone(world, practice):
    give(world, practice, "王国强", "examiner_1", "8")
    give(world, practice, "王国强", "examiner_1", "80")
    assert [str(a.score) for a in practice.assessments.live()] == ["80.00"]
    assert Assessment.objects.count() == 2


def test_exm_4_the_two_are_different_persons_who_may_examine(world, practice):
    training_class = practice.training_class
    classes.assign(training_class=training_class, user=world.trainer, role="examiner", by=world.admin_prison)
    for who in ("trainer", "officer", "other_trainer"):
        with pytest.raises(ValidationError) as refusal:
            give(world, practice, "王国强", who, "80", by="examiner_1")
        assert "is not an examiner of this class" in refusal.value.messages[0]
    for who in ("officer", "admin_provider"):
        with pytest.raises(PermissionDenied):
            give(world, practice, "王国强", "examiner_1", "80", by=who)
    give(world, practice, "王国强", "examiner_1", "80")
    with pytest.raises(ValidationError) as refusal:
        give(world, practice, "王国强", "examiner_2", "76", by="examiner_1")
    assert "signed in with an own account" in refusal.value.messages[0]
    assert grade_of(practice) is None, "one person alone makes no mark"
    give(world, practice, "王国强", "examiner_2", "76")
    assert {one.typed_by for one in practice.assessments.live()} == {world.examiner_1, world.examiner_2}


@pytest.mark.parametrize(("typed", "word"), [("101", "between"), ("-1", "between"), ("好", "number"), (None, "number")])
def test_a_wrong_mark_stores_nothing_of_the_sheet(world, practice, typed, word):
    found = entries(practice.training_class)
    one = world.examiner_1
    scores = {(found["王国强"].pk, one.pk): "80", (found["李德顺"].pk, one.pk): typed}
    with pytest.raises(ValidationError) as refusal:
        actions.assess_sheet(exam=practice, scores=scores, by=one, at=at(10, 17))
    assert word in refusal.value.message_dict[f"{found['李德顺'].pk}-{one.pk}"][0]
    assert not Assessment.objects.exists()


def test_exm_2_who_may_not_sit_is_not_assessed(world, practice):
    with pytest.raises(ValidationError) as refusal:
        give(world, practice, "赵铁柱", "examiner_1", "80")
    assert "14/20" in refusal.value.messages[0]


def test_who_did_not_come_has_a_mark_that_says_so(world, practice):
    found = entries(practice.training_class)
    sheet = {"exam": practice, "by": world.examiner_1, "at": at(10, 17)}
    actions.assess_sheet(scores={}, absent=[found["王国强"].pk], **sheet)
    actions.assess_sheet(scores={}, absent=[found["王国强"].pk], **sheet)
    assert [grade.absent for grade in Grade.objects.all()] == [True]
    with pytest.raises(ValidationError):
        give(world, practice, "王国强", "examiner_1", "80")
    give(world, practice, "李德顺", "examiner_1", "80")
    with pytest.raises(ValidationError):
        actions.assess_sheet(scores={}, absent=[found["李德顺"].pk], **sheet)


def test_exm_3_a_resit_is_assessed_only_where_it_is_allowed(world, practice):
    theory = practice.training_class.exams.get(component="theory")
    marks(world, theory, 王国强=85, 李德顺=85)
    for name, score in (("王国强", "58"), ("李德顺", "70")):
        for examiner in ("examiner_1", "examiner_2"):
            give(world, practice, name, examiner, score)
    with pytest.raises(ValidationError) as refusal:
        give(world, practice, "李德顺", "examiner_1", "90", resit=True)
    assert "No resit here" in refusal.value.messages[0]
    for examiner in ("examiner_1", "examiner_2"):
        give(world, practice, "王国强", examiner, "61", resit=True)
    assert [str(g.score) for g in practice.grades.live().order_by("resit", "entry")][-1] == "61.00"


def test_a_paper_exam_is_not_for_two_examiners_and_the_other_way_round(world, practice):
    theory = practice.training_class.exams.get(component="theory")
    with pytest.raises(ValidationError):
        give(world, theory, "王国强", "examiner_1", "80")
    with pytest.raises(ValidationError):
        marks(world, practice, 王国强=80)

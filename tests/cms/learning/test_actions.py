"""Opening, turning, answering, finishing, through the verbs."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.learning import actions
from cms.learning.models import LessonVisit, QuizAnswer
from cms.learning.permissions import may_read, readable_lessons
from courses.catalogue.actions import publish_edition
from courses.catalogue.rules import EditionFacts, UnitFacts
from courses.classes import actions as classes
from tests.cms.learning.building import lesson, member, publish, screens, units
from tests.courses.building import draft
from tests.courses.building import learner as new_learner

pytestmark = pytest.mark.django_db


def test_a_bookmark_moves_and_never_leaves_the_lesson(training_class, wang):
    unit = lesson(training_class.edition)
    assert actions.open_lesson(learner=wang, unit=unit).screen == 1
    assert actions.turn_to(learner=wang, unit=unit, screen=3).screen == 3
    assert actions.turn_to(learner=wang, unit=unit, screen=99).screen == screens(unit)
    assert actions.turn_to(learner=wang, unit=unit, screen=0).screen == 1
    assert LessonVisit.objects.count() == 1


def test_finishing_twice_keeps_the_first_moment(training_class, wang):
    unit = lesson(training_class.edition)
    first = actions.finish_lesson(learner=wang, unit=unit).finished_at
    later = timezone.now() + timezone.timedelta(hours=1)
    assert actions.finish_lesson(learner=wang, unit=unit, at=later).finished_at == first


def test_answers_are_added_never_changed_and_a_double_click_is_one(training_class, wang):
    unit = lesson(training_class.edition)
    wrong = actions.answer_question(learner=wang, unit=unit, question="q1", keys=["B"])
    assert actions.answer_question(learner=wang, unit=unit, question="q1", keys=["B"]) == wrong
    right = actions.answer_question(learner=wang, unit=unit, question="q1", keys=["A"])
    assert [(one.chosen, one.is_right) for one in QuizAnswer.objects.all()] == [(["B"], False), (["A"], True)]
    assert right.text == unit.text


@pytest.mark.parametrize("keys", [[], ["Z"], [""]])
def test_no_answer_is_refused_with_a_sentence(training_class, wang, keys):
    with pytest.raises(ValidationError) as refusal:
        actions.answer_question(learner=wang, unit=lesson(training_class.edition), question="q1", keys=keys)
    assert len(refusal.value.messages) == 1 and not QuizAnswer.objects.exists()


def test_a_question_that_is_not_in_the_words_is_refused(training_class, wang):
    with pytest.raises(ValidationError):
        actions.answer_question(learner=wang, unit=lesson(training_class.edition), question="q99", keys=["A"])


def test_t5_a_lesson_of_no_class_of_mine_is_refused_in_both_forms(world, training_class, wang):
    foreign = publish(world, code="COOK-20", title="烹调入门", questions=0)
    unit = lesson(foreign)
    with pytest.raises(PermissionDenied):
        actions.open_lesson(learner=wang, unit=unit)
    with pytest.raises(PermissionDenied):
        actions.finish_lesson(learner=wang, unit=unit)
    assert may_read(wang, training_class.edition_id) and not may_read(wang, foreign.pk)
    assert set(readable_lessons(wang).values_list("edition", flat=True)) == {training_class.edition_id}


def test_a_class_that_has_not_begun_opens_no_lessons_and_one_that_was_left_closes_them(world, training_class):
    early = new_learner("李德顺", world)
    edition = publish(world, code="COOK-20", title="烹调入门", questions=0)
    coming = draft(world, "2025-COOK-T", edition=edition)
    classes.enrol(training_class=coming, learner=early, by=world.admin_prison)
    assert not may_read(early, edition.pk)
    zhou = member(training_class, "周大山")
    place = training_class.enrolments.get(learner=zhou)
    classes.suspend(enrolment=place, by=world.admin_prison, reason="住院")
    assert may_read(zhou, training_class.edition_id)  # somebody who is away may still read
    classes.withdraw(enrolment=place, by=world.admin_prison, reason="withdrew")
    assert not may_read(zhou, training_class.edition_id)


def test_answers_in_detail_are_seen_by_the_trainer_and_by_no_officer(world, training_class, wang):
    """PRV-3b."""
    actions.answer_question(learner=wang, unit=lesson(training_class.edition), question="q1", keys=["A"])
    assert QuizAnswer.objects.visible_to(world.trainer).count() == 1
    for user in (world.officer, world.admin_prison, world.other_trainer, world.admin_city):
        assert not QuizAnswer.objects.visible_to(user).exists()


def test_mended_words_keep_the_bookmark_and_ask_the_question_anew(world, training_class, wang):
    edition = training_class.edition
    unit = lesson(edition)
    given = actions.answer_question(learner=wang, unit=unit, question="q1", keys=["A"])
    actions.turn_to(learner=wang, unit=unit, screen=screens(unit))
    facts = EditionFacts(
        title=edition.title, level="", summary="20 学时", theory_half_hours=16, practice_half_hours=24,
        can_do=("能独立完成平焊",), pass_rule=edition.pass_rule, certificate_type="training",
    )  # fmt: skip
    mended = [
        UnitFacts(one.kind, one.code, one.title, one.module_code, {"format": 1, "body": one.content["body"][:5]})
        if one.code == "m1-l1"
        else one
        for one in units()
    ]
    assert publish_edition(course=edition.course, facts=facts, units=mended, by=None) == edition
    unit = lesson(edition)
    assert screens(unit) == 3 and given.text != unit.text
    again = actions.answer_question(learner=wang, unit=unit, question="q1", keys=["A"])
    assert again != given

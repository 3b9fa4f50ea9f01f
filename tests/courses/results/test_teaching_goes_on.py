"""Before the last register is marked there is no exam list, no result and no closing; before the marks no result."""

import pytest
from django.core.exceptions import ValidationError

from courses.classes.models import TrainingClass
from courses.exams import actions as exams
from courses.exams.models import ExamEntry
from courses.results import actions
from tests.courses.building import at
from tests.courses.results.building import examined, taught

pytestmark = pytest.mark.django_db


def test_p1_step_4_the_exam_list_waits_for_every_register_exm_2(world):
    training_class = taught(world, last_session_marked=False)
    with pytest.raises(ValidationError) as refusal:
        exams.make_entries(training_class=training_class, by=world.admin_provider, at=at(9))
    assert "session 6 (2025-09-08)" in refusal.value.messages[0]
    assert not ExamEntry.objects.exists()
    with pytest.raises(ValidationError) as refusal:
        actions.close_class(training_class=training_class, by=world.admin_provider, at=at(9))
    assert "session 6" in refusal.value.messages[0]
    training_class.refresh_from_db()
    assert training_class.state == TrainingClass.State.RUNNING


def test_results_wait_for_the_end_of_teaching(world):
    training_class = taught(world, last_session_marked=False)
    for verb in (actions.propose, actions.close_class):
        with pytest.raises(ValidationError) as refusal:
            verb(training_class=training_class, by=world.admin_provider, at=at(6))
        assert "Session 6 on 2025-09-08 is still to come" in refusal.value.messages[0]


def test_exm_2_an_unmarked_session_is_named_on_the_page(world, visit):
    training_class = taught(world, last_session_marked=False)
    _page, text = visit(world.admin_provider, "exams_class", training_class, data={"act": "entries"})
    assert "session 6 (2025-09-08)" in text
    assert not ExamEntry.objects.exists()


def test_cls_7_the_page_says_what_keeps_the_class_open_and_closes_it(world, visit):
    training_class = taught(world, last_session_marked=False)
    _page, text = visit(world.admin_provider, "results_class", training_class, data={"act": "close"})
    assert "session 6" in text
    assert "Session 6, 2025-09-08: 0 of 5 are marked." in text
    training_class.refresh_from_db()
    assert training_class.state == TrainingClass.State.RUNNING


def test_nothing_is_proposed_before_there_are_marks(world):
    training_class, _theory, _practice = examined(world, names=("王国强", "李德顺"))
    with pytest.raises(ValidationError) as refusal:
        actions.propose(training_class=training_class, by=world.admin_provider, at=at(11))
    assert "scores are missing" in refusal.value.messages[0]

"""Two examiners type the same sheet at the same moment."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from courses.exams import actions
from tests.courses.building import at, make_world
from tests.courses.english import english
from tests.courses.results.building import EXAM_DAY, entries, examined

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["english"]  # an autouse fixture


def test_two_examiners_who_type_the_same_sheet_at_once_store_one_mark():
    world = make_world()
    _class, theory, _practice = examined(world)
    wang = entries(theory.training_class)["王国强"]
    answers = []
    start = threading.Barrier(2)

    def sheet(examiner, score):
        try:
            start.wait(10)
            actions.enter_marks(exam=theory, marks={wang.pk: score}, by=examiner, sat_on=EXAM_DAY, at=at(10, 17))
            answers.append("stored")
        except ValidationError as refusal:
            answers.append(refusal.messages[0])
        finally:
            connection.close()

    threads = [
        threading.Thread(target=sheet, args=(examiner, score))
        for examiner, score in ((world.examiner_1, "85"), (world.examiner_2, "58"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert theory.grades.count() == 1
    assert answers.count("stored") == 1
    assert any("A score stands already" in answer for answer in answers)

"""Two desks doing the same in the same moment (PER-3, PER-6): they commit, so they share no scene."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from courses.people import actions
from courses.people.models import Learner, Organisation, Stay

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts):
    problems = []

    def run(act):
        try:
            act()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def test_per_6_two_moves_at_once_leave_one_open_stay():
    places = [
        actions.add_organisation(name=name, kind=Organisation.Kind.PRISON, by=None)
        for name in ("甲监狱", "乙监狱", "丙监狱")
    ]
    learner = actions.register_learner(full_name="王国强", gender="male", organisation=places[0], by=None)
    _at_once(*[lambda place=place: actions.admit(learner=learner, organisation=place, by=None) for place in places[1:]])
    assert Stay.objects.filter(learner=learner, until=None).count() == 1


def test_per_3_two_places_entering_one_number_at_once_make_one_file():
    places = [
        actions.add_organisation(name=name, kind=Organisation.Kind.PRISON, by=None) for name in ("甲监狱", "乙监狱")
    ]
    problems = _at_once(
        *[
            lambda place=place: actions.register_learner(
                full_name="王国强", id_number="990101198804120110", organisation=place, by=None
            )
            for place in places
        ]
    )
    assert [type(problem) for problem in problems] == [ValidationError]
    assert Learner.objects.count() == Stay.objects.count() == 1


def test_files_opened_at_once_have_different_numbers():
    place = actions.add_organisation(name="甲监狱", kind=Organisation.Kind.PRISON, by=None)
    problems = _at_once(
        *[
            lambda name=name: actions.register_learner(full_name=name, gender="male", organisation=place, by=None)
            for name in ("王国强", "李德顺", "陈小龙")
        ]
    )
    assert problems == []
    assert len(set(Learner.objects.values_list("learner_no", flat=True))) == 3

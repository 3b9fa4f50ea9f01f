"""Two people at the same moment: two trainers on one register, two officers for the last place."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Status
from courses.classes import actions as classes
from courses.classes.rules import PlannedSession
from tests.courses.building import at, draft, enrolments, learner, make_world, running, session

pytestmark = pytest.mark.django_db(transaction=True)
END = at(1, 12)


def together(*jobs):
    """Runs the jobs at the same moment, each on a connection of its own; returns what each returned or refused with."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            gate.wait(timeout=20)
            results[number] = job()
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_trainers_mark_one_cell_and_one_is_told(db):
    world = make_world()
    training_class = running(world, ["王国强", "李德顺"])
    one, rows = session(training_class, 1), enrolments(training_class)
    first, second = rows["王国强"].pk, rows["李德顺"].pk

    def job(user, marks):
        return lambda: actions.mark_register(
            session=one, marks=marks, versions=dict.fromkeys(marks, 0), by=user, at=END
        )

    results = together(
        job(world.trainer, {first: Mark(Status.PRESENT)}),
        job(world.officer, {first: Mark(Status.ABSENT), second: Mark(Status.LEAVE)}),
    )
    assert not [one for one in results if isinstance(one, Exception)], results
    assert sorted(len(one.conflicts) for one in results) == [0, 1]
    live = AttendanceRecord.objects.live().filter(session=one)
    assert live.count() == 2
    told = next(one.conflicts[0] for one in results if one.conflicts)
    assert told.live == live.get(enrolment=first)
    assert live.get(enrolment=second).mark == Mark(Status.LEAVE)
    assert AttendanceRecord.objects.count() == 2


def test_the_last_place_is_given_once_cls_2(db):
    world = make_world()
    training_class = draft(world, capacity=1)
    two = [learner(name, world) for name in ("王国强", "李德顺")]
    results = together(
        *[
            lambda one=one: classes.enrol(training_class=training_class, learner=one, by=world.admin_prison)
            for one in two
        ]
    )
    assert sorted(isinstance(one, ValidationError) for one in results) == [False, True], results
    assert training_class.enrolments.count() == 1


def test_a_room_is_booked_once_cls_5(db):
    world = make_world()
    both = [draft(world, number) for number in ("2025-A", "2025-B")]
    plan = [PlannedSession(at(2), "theory", 8, room_id=world.room.pk)]
    results = together(
        *[
            lambda one=one: classes.plan_sessions(training_class=one, sessions=plan, by=world.admin_prison)
            for one in both
        ]
    )
    assert sorted(isinstance(one, ValidationError) for one in results) == [False, True], results

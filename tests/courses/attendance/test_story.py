"""P1 steps 1 to 4: from the application to the hours, with the story's figures."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Status
from courses.classes import actions as classes
from courses.classes.models import TrainingClass
from tests.courses.building import approved, at, draft, enrolments, learner, session, sessions_of_four_hours

pytestmark = pytest.mark.django_db
NAMES = ["王国强", "李德顺", "陈小龙", "张志远", "赵铁柱"]


def mark(training_class, number, world, minute=250, **exceptions):
    """All present, then the exceptions, at the end of the session."""
    one = session(training_class, number)
    rows = enrolments(training_class)
    marks = {row.pk: exceptions.get(name, Mark(Status.PRESENT)) for name, row in rows.items()}
    return actions.mark_register(session=one, marks=marks, by=world.trainer, at=one.ends_at)


def test_p1_hours_follow_the_story(world):
    training_class = draft(world)
    for name in NAMES:
        classes.enrol(
            training_class=training_class, learner=learner(name, world), by=world.admin_prison, at=at(25, month=8)
        )
    classes.plan_sessions(training_class=training_class, sessions=sessions_of_four_hours(world), by=world.admin_prison)
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        classes.submit_application(training_class=training_class, by=world.admin_prison)
    for element in ("teaching plan", "trainers", "books and materials", "assessment plan"):
        assert element in refusal.value.messages[0]
    assert "roster" not in refusal.value.messages[0]
    classes.assign(training_class=training_class, user=world.trainer, role="trainer", by=world.admin_prison)
    training_class = approved(world, training_class)
    assert training_class.state == TrainingClass.State.APPROVED
    training_class = classes.start(training_class=training_class, by=world.admin_city)

    mark(training_class, 1, world)
    mark(training_class, 2, world, 陈小龙=Mark(Status.LATE, 30))
    mark(training_class, 3, world, 赵铁柱=Mark(Status.ABSENT))
    broken = classes.interrupt(
        session=session(training_class, 4), held_minutes=90, by=world.trainer, at=at(4, 10, 30), reason="停电"
    )
    mark(training_class, 4, world)
    assert broken.half_hours_to_make_up == 4
    make_up = classes.plan_make_up(session=broken, starts_at=at(8), by=world.trainer)
    assert (make_up.number, make_up.planned_half_hours) == (6, 4)
    mark(training_class, 5, world, 李德顺=Mark(Status.LEAVE))
    assert [one.session.number for one in AttendanceRecord.objects.unmarked_sessions(training_class)] == [6]
    mark(training_class, 6, world, 赵铁柱=Mark(Status.ABSENT))

    hours = AttendanceRecord.objects.hours_of(training_class)
    found = {name: hours[row.pk] for name, row in enrolments(training_class).items()}
    assert {name: one.earned_half_hours / 2 for name, one in found.items()} == {
        "王国强": 20, "李德顺": 16, "陈小龙": 19, "张志远": 20, "赵铁柱": 14,
    }  # fmt: skip
    assert [one.percent for one in found.values()] == ["100.0", "80.0", "95.0", "100.0", "70.0"]
    assert [one.met for one in found.values()] == [True, True, True, True, False]
    assert found["赵铁柱"].needed_half_hours == 32
    assert not AttendanceRecord.objects.unmarked_sessions(training_class)

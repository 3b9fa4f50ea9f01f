"""The pages of a class cost the same for one learner and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.people.models import Room
from courses.people.permissions import Role
from tests.courses.building import staff
from tests.courses.results.building import NAMES, assess_all, examined, marks

pytestmark = pytest.mark.django_db
CROWD = tuple(f"王{tens}{ones}" for tens in "甲乙丙" for ones in "一二三四五六七八九十")


def second_trainer_and_room(world):
    """A second class of the same weeks needs its own."""
    world.room = Room.objects.create(organisation=world.prison, name="第二教室")
    world.staff["trainer"] = staff("trainer_two", Role.TRAINER, world.school, "二老师")


def test_pages_take_the_same_number_of_queries_for_1_and_30_learners(world, visit):
    counts = {}
    for names in (NAMES[:1], CROWD):
        if names == CROWD:
            second_trainer_and_room(world)
        training_class, theory, practice = examined(world, names, class_no=f"2025-WELD-{len(names)}")
        marks(world, theory, **dict.fromkeys(names, 70))
        assess_all(world, practice, **dict.fromkeys(names, (70, 72)))
        for name, about in {
            "exams_class": training_class, "results_class": training_class, "exams_marks": theory,
            "practicals_sheet": practice,
        }.items():  # fmt: skip
            visit(world.examiner_1, name, about)  # warms caches of content types and rights
            with CaptureQueriesContext(connection) as found:
                page, _text = visit(world.examiner_1, name, about)
            assert page.status_code == 200
            counts.setdefault(name, []).append(len(found))
    assert all(few == many for few, many in counts.values()), counts

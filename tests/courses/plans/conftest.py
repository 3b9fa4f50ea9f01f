"""A class at its business plans."""

import pytest

from tests.courses.plans.building import Room, plan_room


@pytest.fixture
def room(world) -> Room:
    return plan_room(world)

"""Worlds for the training record."""

import pytest

from tests.courses.building import World, make_world


@pytest.fixture
def world(db) -> World:
    """A prison, a school, the city above both, their staff and a course of 20 hours."""
    return make_world()

"""One told story for each test module."""

import copy

import pytest

from tests.courses.conftest import desk
from tests.courses.english import english
from tests.keeping import kept
from tests.lms.reports.building import Told, told

__all__ = ["desk", "english"]


@pytest.fixture(scope="module")
def told_scene(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, told) as built:
        yield built


@pytest.fixture
def story(told_scene, db) -> Told:
    """A class from application to certificate, and one that has an unmarked register."""
    return copy.deepcopy(told_scene)

"""Worlds for the training record."""

import copy

import pytest

from courses.people import actions as people
from courses.people.models import Organisation
from courses.people.permissions import Role
from tests.courses.building import World, make_world, staff
from tests.keeping import kept


@pytest.fixture(scope="module")
def scene(request, django_db_setup, django_db_blocker):
    """The world of a test module, built once. A module that needs more than the bare one names it: `build_scene = …`."""
    with kept(django_db_blocker, getattr(request.module, "build_scene", make_world)) as built:
        yield built


@pytest.fixture
def world(scene, db) -> World:
    """A prison, a school, the city above both, their staff and a course of 20 hours."""
    return copy.deepcopy(scene)


@pytest.fixture
def foreign(db):
    """A site administrator of another prison."""
    other = people.add_organisation(name="江北监狱(演示)", kind=Organisation.Kind.PRISON, by=None)
    return staff("admin_other", Role.SITE_ADMIN, other)


@pytest.fixture
def desk(client):
    """`desk(user)`: a client signed in as that user."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in

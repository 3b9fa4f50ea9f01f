"""Worlds for the training record."""

import pytest

from courses.people import actions as people
from courses.people.models import Organisation
from courses.people.permissions import Role
from tests.courses.building import World, make_world, staff


@pytest.fixture
def world(db) -> World:
    """A prison, a school, the city above both, their staff and a course of 20 hours."""
    return make_world()


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

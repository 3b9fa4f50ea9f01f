"""The city and its counterpart regions, built once for a module."""

import copy

import pytest

from tests.keeping import kept
from tests.lms.targets.building import World, make_world


@pytest.fixture(scope="module")
def scene(request, django_db_setup, django_db_blocker):
    with kept(django_db_blocker, getattr(request.module, "build_scene", make_world)) as built:
        yield built


@pytest.fixture
def world(scene, db) -> World:
    return copy.deepcopy(scene)


@pytest.fixture
def desk(client):
    """`desk(user)`: a client signed in as that user."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in

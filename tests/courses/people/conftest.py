"""Two places that have nothing to do with each other, and the people at their desks."""

import copy

import pytest

from courses.people import actions
from courses.people.models import Organisation, User
from courses.people.permissions import Role
from tests.keeping import kept


def build_places() -> dict[str, Organisation]:
    """A bureau above a prison and a school, and a prison of somebody else."""
    kind, add = Organisation.Kind, actions.add_organisation
    bureau = add(name="江州市人社局", kind=kind.HR_BUREAU, by=None)
    return {
        "bureau": bureau,
        "prison": add(name="江州监狱", kind=kind.PRISON, by=None, parent=bureau),
        "school": add(name="丽禾职业培训学校", kind=kind.TRAINING_PROVIDER, by=None, parent=bureau, code="990103"),
        "other_prison": add(name="江北监狱", kind=kind.PRISON, by=None),
    }


@pytest.fixture(scope="module")
def scene(request, django_db_setup, django_db_blocker):
    """The places of a test module, built once; or the world that it names, as elsewhere: `build_scene = …`."""
    with kept(django_db_blocker, getattr(request.module, "build_scene", build_places)) as built:
        yield built


@pytest.fixture
def places(scene, db):
    return copy.deepcopy(scene)


@pytest.fixture
def bureau(places):
    return places["bureau"]


@pytest.fixture
def prison(places):
    return places["prison"]


@pytest.fixture
def other_prison(places):
    return places["other_prison"]


@pytest.fixture
def school(places):
    return places["school"]


@pytest.fixture
def staff(db):
    """Make an account with one post: `staff("li", Role.OFFICER, prison)`."""

    def make(username, role, organisation, **account):
        user = User.objects.create_user(username, password="a-good-password", **account)
        actions.appoint(user=user, role=role, organisation=organisation, by=None)
        return user

    return make


@pytest.fixture
def site_admin(staff, prison):
    return staff("admin_prison", Role.SITE_ADMIN, prison)


@pytest.fixture
def other_admin(staff, other_prison):
    return staff("admin_other", Role.SITE_ADMIN, other_prison)


@pytest.fixture
def city_admin(staff, bureau):
    return staff("admin_city", Role.ADMIN, bureau)


@pytest.fixture
def learner(prison):
    return actions.register_learner(
        full_name="王国强", id_number="990101198804120110", organisation=prison, by=None, learner_no="100001"
    )

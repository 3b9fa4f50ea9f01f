"""Two places that have nothing to do with each other, and the people at their desks."""

import pytest

from courses.people import actions
from courses.people.models import Organisation, User
from courses.people.permissions import Role


@pytest.fixture
def bureau(db):
    return actions.add_organisation(name="江州市人社局", kind=Organisation.Kind.HR_BUREAU, by=None)


@pytest.fixture
def prison(bureau):
    return actions.add_organisation(name="江州监狱", kind=Organisation.Kind.PRISON, by=None, parent=bureau)


@pytest.fixture
def other_prison(db):
    return actions.add_organisation(name="江北监狱", kind=Organisation.Kind.PRISON, by=None)


@pytest.fixture
def school(bureau):
    return actions.add_organisation(
        name="丽禾职业培训学校", kind=Organisation.Kind.TRAINING_PROVIDER, by=None, parent=bureau, code="990103"
    )


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

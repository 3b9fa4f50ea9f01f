"""A prison with a classroom of two terminals, an officer, and two learners with cards."""

import pytest

from courses.people import actions as people
from courses.people.models import Organisation, Room, User
from courses.people.permissions import Role
from courses.terminals import actions, middleware


@pytest.fixture
def prison(db):
    return people.add_organisation(name="江州监狱", kind=Organisation.Kind.PRISON, by=None)


@pytest.fixture
def other_prison(db):
    return people.add_organisation(name="江北监狱", kind=Organisation.Kind.PRISON, by=None)


@pytest.fixture
def room(prison):
    return Room.objects.create(organisation=prison, name="一号教室")


@pytest.fixture
def t3(prison, room):
    """Terminal T-03 and the token of its cookie."""
    return actions.enrol_terminal(organisation=prison, name="T-03", room=room, by=None)


@pytest.fixture
def t7(prison, room):
    return actions.enrol_terminal(organisation=prison, name="T-07", room=room, by=None)


def staff(name, role, organisation):
    user = User.objects.create_user(name)
    people.appoint(user=user, role=role, organisation=organisation, by=None)
    return user


@pytest.fixture
def officer(prison):
    return staff("officer_a", Role.OFFICER, prison)


@pytest.fixture
def site_admin(prison):
    return staff("admin_prison", Role.SITE_ADMIN, prison)


def new_learner(organisation, learner_no, **more):
    learner = people.register_learner(
        full_name=more.pop("full_name", "周大山"),
        learner_no=learner_no,
        gender="male",
        organisation=organisation,
        by=None,
        **more,
    )
    actions.issue_card(learner=learner, by=None, organisation=organisation, pin=learner_no)
    return learner


@pytest.fixture
def zhou(prison):
    return new_learner(prison, "100004", large_text=True)


@pytest.fixture
def wang(prison):
    return new_learner(prison, "100001", full_name="王国强")


@pytest.fixture
def at_t3(client, t3):
    """A browser that is terminal T-03."""
    client.cookies[middleware.TERMINAL_COOKIE] = t3[1]
    return client


def sign_in(client, learner_no, pin=None):
    """Number, then PIN; returns the answer to the PIN."""
    client.post("/t/number/", {"number": learner_no})
    return client.post("/t/pin/", {"pin": learner_no if pin is None else pin})

import pytest

from courses.terminals import actions as terminals
from courses.terminals import middleware
from tests.cms.learning.building import class_of, member
from tests.courses.building import make_world


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def training_class(world):
    return class_of(world, ["王国强", "周大山"])


@pytest.fixture
def wang(training_class):
    return member(training_class, "王国强")


@pytest.fixture
def zhou(training_class):
    return member(training_class, "周大山")


@pytest.fixture
def sit(world, client):
    """`sit(learner)`: a browser at a terminal of its own with this learner."""
    from django.test import Client

    def seated(learner, name="T-03"):
        browser = Client()
        terminal, token = terminals.enrol_terminal(organisation=world.prison, name=name, room=world.room, by=None)
        browser.cookies[middleware.TERMINAL_COOKIE] = token
        browser.post("/t/number/", {"number": learner.learner_no})
        assert browser.post("/t/pin/", {"pin": learner.learner_no})["Location"] == "/learn/"
        return browser

    return seated

"""What every page of the staff desk asks about the rights of whoever looks: once in a request, and never of the last one."""

import copy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.people import actions as people
from courses.people.backends import StaffBackend
from courses.people.permissions import VIEW_LEARNERS, VIEW_RESULTS, Role, holds_anywhere, may, rights_anywhere
from lms.reports.actions import ask_export
from lms.reports.registry import REPORTS
from lms.reports.rules import Period
from lms.reports.scope import Scope
from tests.courses.building import make_world, running_now, staff
from tests.keeping import kept

HELD = 'FROM "guardian_userobjectpermission"'  # as the table that is read, not as a condition of another


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    def build():
        world = make_world()
        running_now(world, ["王国强"])
        world.staff["expert"] = staff("expert", Role.EXPERT, world.prison)
        return world

    with kept(django_db_blocker, build) as built:
        yield built


@pytest.fixture
def world(scene, db):
    return copy.deepcopy(scene)


def asked(client, path):
    """The statements of a page that was there before (what a process reads once is read)."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in found]


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("trainer", "people_waiting", 13),
        ("admin_city", "people_waiting", 12),
        ("expert", "people_waiting", 13),
        ("admin_city", "learners:index", 14),
        ("trainer", "wagtailadmin_home", 34),
        ("admin_city", "wagtailadmin_home", 31),
        ("expert", "wagtailadmin_home", 20),
    ],
)
def test_the_menu_and_the_panels_ask_for_rights_once(world, client, who, path, most):
    client.force_login(world.staff[who])
    statements = asked(client, reverse(path))
    rights = [one for one in statements if one.startswith("SELECT DISTINCT") and HELD in one]
    assert len(rights) == 2, "the rights at organisations, and those on classes"
    assert len(statements) <= most, "\n".join(one[:200] for one in statements)


def test_a_right_that_is_taken_away_ends_at_the_next_request(world, client):
    client.force_login(world.admin_prison)
    page = client.get(reverse("learners:index"))
    assert page.status_code == 200
    assert reverse("terminals_desk") in page.content.decode()
    people.appoint(user=world.admin_prison, role=Role.AUTHOR, organisation=world.school, by=None)
    ended(world.admin_prison, Role.SITE_ADMIN)
    assert client.get(reverse("learners:index")).status_code == 302
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("terminals_desk") not in home
    assert reverse("banks:index") in home


def test_a_right_that_is_given_is_there_at_the_next_request(world, client):
    client.force_login(world.expert)
    assert reverse("terminals_desk") not in client.get(reverse("wagtailadmin_home")).content.decode()
    people.appoint(user=world.expert, role=Role.OFFICER, organisation=world.prison, by=None)
    assert reverse("terminals_cards") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_verbs_ask_the_database_whatever_the_request_has_been_told(world):
    at_the_desk = StaffBackend().get_user(world.admin_city.pk)
    assert holds_anywhere(at_the_desk, VIEW_RESULTS)
    ended(world.admin_city, Role.ADMIN)
    assert holds_anywhere(at_the_desk, VIEW_RESULTS), "kept for this request"
    assert not may(at_the_desk, VIEW_RESULTS, world.city)
    day = timezone.localdate()
    with pytest.raises(PermissionDenied):
        ask_export(
            report=REPORTS[0], scope=Scope(), period=Period(day - timedelta(days=9), day), file_format="csv",
            by=at_the_desk,
        )  # fmt: skip


def test_an_account_from_elsewhere_keeps_nothing(world):
    assert VIEW_LEARNERS in rights_anywhere(world.officer)
    ended(world.officer, Role.OFFICER)
    assert rights_anywhere(world.officer) == frozenset()


def ended(user, role):
    for post in user.posts.filter(role=role):
        people.end_post(post=post, by=None, on=timezone.localdate() - timedelta(days=1))

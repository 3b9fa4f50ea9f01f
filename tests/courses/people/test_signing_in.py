"""The staff's door: one page, one answer for every wrong pair, a short lock, and nobody inside who has no right to be."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from courses.people import actions
from courses.people.backends import StaffBackend
from courses.people.models import Post, User
from courses.people.permissions import Role

pytestmark = pytest.mark.django_db
PASSWORD = "a-good-password"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post("/staff/login/", {"username": username, "password": password, **extra})


@pytest.fixture
def officer(staff, prison):
    return staff("officer", Role.OFFICER, prison)


def test_signing_in_leads_to_the_desk_with_a_new_session(client, officer):
    client.get("/staff/login/")
    client.session["x"] = 1
    response = sign_in(client, "officer")
    assert response.status_code == 302 and response.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_session_key_changes_at_sign_in(client, officer):
    session = client.session
    session["before"] = 1
    session.save()
    key = session.session_key
    sign_in(client, "officer")
    assert client.session.session_key != key


def test_next_is_followed_only_at_home(client, officer):
    assert sign_in(client, "officer", next="/admin/account/").url == "/admin/account/"
    client.logout()
    assert sign_in(client, "officer", next="https://elsewhere.example/").url == "/admin/"


def _words(response):
    """The page without what differs by chance: the typed name and the form's secret."""
    import re

    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'(name="username" value)="\w*"', r"\1", text)


def test_unknown_wrong_closed_and_expired_get_the_same_answer(client, staff, prison):
    staff("closed", Role.OFFICER, prison)
    staff("expired", Role.OFFICER, prison)
    staff("present", Role.OFFICER, prison)
    User.objects.filter(username="closed").update(is_active=False)
    User.objects.filter(username="expired").update(expires_on=timezone.localdate() - timedelta(days=1))
    answers = [
        sign_in(client, "nobody"), sign_in(client, "present", "wrong-password"), sign_in(client, "closed"), sign_in(client, "expired"),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {200}
    assert (
        len(
            {
                _words(answer).replace(name, "")
                for answer, name in zip(answers, ["nobody", "present", "closed", "expired"], strict=True)
            }
        )
        == 1
    )


@pytest.mark.parametrize("change", [{"is_active": False}, {"expires_on": timezone.localdate() - timedelta(days=1)}])
def test_an_open_session_of_a_closed_or_ended_account_is_out_at_its_next_request(client, officer, change):
    sign_in(client, "officer")
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=officer.pk).update(**change)
    response = client.get("/admin/")
    assert response.status_code == 302 and response.url.startswith("/staff/login/")


def test_a_new_password_ends_open_sessions(client, staff, prison, site_admin):
    user, password = actions.create_account(
        username="li", last_name="李", first_name="明", role=Role.OFFICER, organisation=prison, by=site_admin
    )
    sign_in(client, "li", password)
    actions.new_password(user=user, by=site_admin, organisation=prison)
    assert client.get("/admin/").status_code == 302


def test_signing_in_brings_the_rights_up_to_today(client, officer, other_prison):
    from courses.people.permissions import VIEW_LEARNERS, may

    Post.objects.create(user=officer, role=Role.OFFICER, organisation=other_prison, since=timezone.localdate())
    sign_in(client, "officer")
    assert may(officer, VIEW_LEARNERS, other_prison)


def test_without_a_post_there_is_no_desk(client, officer):
    Post.objects.update(until=timezone.localdate() - timedelta(days=1))
    response = sign_in(client, "officer")
    assert response.status_code == 200 and "_auth_user_id" not in client.session


@pytest.mark.parametrize("username", ["officer", "nobody"])
def test_five_wrong_passwords_lock_the_name_at_this_address_only(client, officer, staff, prison, username):
    staff("colleague", Role.OFFICER, prison)
    for _i in range(4):
        assert sign_in(client, username, "wrong-password").status_code == 200
    for password in ("wrong-password", PASSWORD):
        locked = sign_in(client, username, password)
        assert locked.status_code == 429
        assert locked["Retry-After"] == "300" and "5" in locked.content.decode()
        assert locked["Cache-Control"] == "no-store"
    assert sign_in(client, "colleague").status_code == 302  # the classroom's address is shared
    elsewhere = client.post("/staff/login/", {"username": "officer", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_an_administrator_releases_the_lock(client, officer, site_admin, prison):
    for _i in range(5):
        sign_in(client, "officer", "wrong-password")
    assert sign_in(client, "officer").status_code == 429
    actions.release_lock(user=officer, by=site_admin, organisation=prison)
    assert sign_in(client, "officer").status_code == 302


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/done/"])
def test_wagtails_own_doors_lead_to_ours(client, path):
    response = client.get(path + "?next=/admin/")
    assert response.status_code == 302 and response.url == "/staff/login/?next=/admin/"
    assert client.post(path, {"username": "x", "password": "y"}).status_code == 302


def test_the_sign_in_page_loads_no_script_and_is_not_kept(client):
    response = client.get("/staff/login/")
    assert b"<script" not in response.content and b"wagtail" not in response.content
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/staff/logout/", "/admin/logout/"])
def test_signing_out_ends_the_session_and_clears_the_browsers_cache(client, officer, path):
    sign_in(client, "officer")
    assert client.get(path).status_code == 405  # a link, or a picture in a page, signs nobody out
    response = client.post(path)
    assert response.url == "/staff/login/" and response["Clear-Site-Data"] == '"cache"'
    assert client.get("/admin/").status_code == 302


def test_a_one_time_password_leads_to_ones_own_before_anything_else(client, prison, site_admin):
    _user, password = actions.create_account(
        username="li", last_name="李", first_name="明", role=Role.OFFICER, organisation=prison, by=site_admin
    )
    assert sign_in(client, "li", password).url == reverse("staff_password")
    assert client.get("/admin/account/").url == reverse("staff_password")
    answer = client.post(reverse("staff_password"), {"new_password": "short", "again": "short"})
    assert answer.status_code == 200 and User.objects.get(username="li").must_change_password
    key = client.session.session_key
    answer = client.post(
        reverse("staff_password"), {"new_password": "written-on-no-paper", "again": "written-on-no-paper"}
    )
    assert answer.url == "/admin/" and client.session.session_key != key
    assert client.get("/admin/").status_code == 200


def test_changing_ones_password_asks_for_the_present_one(client, officer):
    sign_in(client, "officer")
    new = {"new_password": "written-on-no-paper", "again": "written-on-no-paper"}
    assert client.post(reverse("staff_password"), {"old_password": "wrong", **new}).status_code == 200
    assert client.post(reverse("staff_password"), {"old_password": PASSWORD, **new}).status_code == 302
    assert User.objects.get(pk=officer.pk).check_password("written-on-no-paper")


def test_the_page_for_ones_password_speaks_the_language_of_the_desk(client, officer):
    """Chosen for the desk, like Wagtail's screens; a language in the address goes before."""
    sign_in(client, "officer")
    assert 'lang="zh' in client.get(reverse("staff_password")).content.decode()
    UserProfile.get_for_user(officer)
    UserProfile.objects.filter(user=officer).update(preferred_language="en")
    page = client.get(reverse("staff_password")).content.decode()
    assert "Present password" in page and 'lang="en"' in page
    assert "Present password" not in client.get(reverse("staff_password"), {"lang": "zh-hans"}).content.decode()


def test_accounts_are_named_on_the_page_only_in_a_demonstration(client, officer, settings):
    assert b"officer" not in client.get("/staff/login/").content
    settings.LMS_DEMO = True
    page = client.get("/staff/login/").content.decode()
    assert "officer" in page and settings.LMS_DEMO_PASSWORD in page


def test_no_password_and_no_identity_number_reaches_a_log(client, officer, site_admin, prison, caplog):
    """A canary is typed into every field that takes one; it may stand in no log line and no table of attempts."""
    from axes.models import AccessAttempt

    caplog.set_level(logging.DEBUG)
    canary, number = "canary-sings-at-dawn", "990101198804120110"
    for _i in range(6):
        sign_in(client, "officer", canary)
    client.post(f"/staff/login/?password={canary}", {"username": "officer", "password": canary})
    actions.register_learner(full_name="王国强", id_number=number, organisation=prison, by=site_admin)
    with pytest.raises(ValidationError):
        actions.register_learner(full_name="王国强", id_number=number, organisation=prison, by=site_admin)
    assert canary not in caplog.text and number not in caplog.text
    assert all(canary not in str(row) for row in AccessAttempt.objects.values())


def test_own_rights_and_those_of_groups_are_one_statement_and_djangos_answer(officer, django_assert_num_queries):
    own, grouped, both, _foreign = Permission.objects.order_by("pk")[:4]
    officer.user_permissions.add(own, both)
    for name in ("甲", "乙"):
        group = Group.objects.create(name=name)
        group.permissions.add(grouped, both)
        officer.groups.add(group)
    expected = ModelBackend().get_all_permissions(User.objects.get(pk=officer.pk))
    assert {f"{one.content_type.app_label}.{one.codename}" for one in (own, grouped, both)} < expected
    account = User.objects.get(pk=officer.pk)
    with django_assert_num_queries(1):
        assert StaffBackend().get_all_permissions(account) == expected
        assert StaffBackend().get_all_permissions(account) == expected
    account.is_active = False
    assert StaffBackend().get_all_permissions(account) == set()
    assert StaffBackend().get_all_permissions(AnonymousUser()) == set()
    root = User.objects.create_superuser("root")
    assert StaffBackend().get_all_permissions(root) == ModelBackend().get_all_permissions(root)

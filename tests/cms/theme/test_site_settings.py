"""Who runs this site, and who may see the parts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from cms.theme import actions
from cms.theme.models import SiteSettings
from courses.journal.models import JournalEntry
from courses.people.actions import add_organisation, appoint
from courses.people.models import Organisation, User
from courses.people.permissions import Role

pytestmark = pytest.mark.django_db
WORDS = {"name": "启航", "operator": "江州市就业服务中心", "contact": "电话 000"}


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss", "", "a long enough word")


@pytest.fixture
def city_admin(boss):
    city = add_organisation(name="江州市人社局", kind=Organisation.Kind.HR_BUREAU, by=boss)
    user = User.objects.create_user("city", password="a long enough word")
    appoint(user=user, role=Role.ADMIN, organisation=city, by=boss)
    return user


def test_nothing_entered_yet_is_an_empty_row(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SiteSettings.current().operator == ""
    with django_assert_num_queries(0):
        assert SiteSettings.current().operator == ""


def test_change_is_journalled_by_field_names_and_shown(city_admin, django_capture_on_commit_callbacks):
    SiteSettings.current()
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_site_settings(by=city_admin, **WORDS)
    assert SiteSettings.current().operator == WORDS["operator"]
    entry = JournalEntry.objects.get(verb="theme.change_site_settings")
    assert entry.fields == ["contact", "name", "operator"]


def test_change_of_nothing_writes_no_entry(city_admin):
    actions.change_site_settings(by=city_admin, **WORDS)
    actions.change_site_settings(by=city_admin, **WORDS)
    assert JournalEntry.objects.filter(verb="theme.change_site_settings").count() == 1


def test_change_is_refused_to_others(boss, city_admin, client):
    city = Organisation.objects.get()
    school = add_organisation(name="江州技校", kind=Organisation.Kind.TRAINING_PROVIDER, by=boss, parent=city)
    below = User.objects.create_user("below", password="a long enough word")
    appoint(user=below, role=Role.ADMIN, organisation=school, by=boss)
    with pytest.raises(PermissionDenied):
        actions.change_site_settings(by=below, **WORDS)
    client.force_login(below)
    assert client.get(reverse("theme_site_settings")).status_code == 404
    assert client.post(reverse("theme_site_settings"), WORDS).status_code == 404
    assert not SiteSettings.objects.exists()


def test_change_through_the_screen(city_admin, client):
    client.force_login(city_admin)
    page = client.get(reverse("theme_site_settings"))
    assert page.status_code == 200
    assert client.post(reverse("theme_site_settings"), WORDS).status_code == 302
    assert SiteSettings.objects.get().contact == WORDS["contact"]


def test_public_page_names_who_runs_it(city_admin, rf):
    actions.change_site_settings(by=city_admin, **WORDS)
    request = rf.get("/check/?n=1&lang=en")
    with translation.override("zh-hans"):
        page = Template('{% extends "public_base.html" %}').render(Context({"request": request}))
    assert WORDS["operator"] in page
    assert WORDS["contact"] in page
    assert 'href="/check/?n=1&amp;lang=en"' in page


@pytest.mark.parametrize(("demo", "status"), [(False, 404), (True, 200)])
def test_parts_are_shown_to_strangers_only_on_a_demo_site(client, settings, demo, status):
    settings.LMS_DEMO = demo
    assert client.get("/patterns/").status_code == status


def test_parts_are_shown_to_staff(client, boss):
    client.force_login(boss)
    assert client.get("/patterns/").status_code == 200

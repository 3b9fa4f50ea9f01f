"""Who came, left and changed; who is about to leave (XFR-4, XFR-5, PRV-3)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.journal.models import JournalEntry
from courses.people import actions
from courses.people.models import Learner, Organisation, Stay
from courses.people.permissions import Role
from courses.people.rules import Release, release_due

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 30)


@pytest.fixture
def officer(staff, prison):
    return staff("officer_a", Role.OFFICER, prison)


@pytest.fixture
def units(prison):
    return [actions.add_unit(organisation=prison, name=name, by=None) for name in ("一监区", "二监区")]


@pytest.fixture
def desk(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def person(name, prison, unit=None, days=40):
    since = timezone.now() - timedelta(days=days)
    return actions.register_learner(full_name=name, gender="male", organisation=prison, unit=unit, by=None, at=since)


def ago(hours):
    """A moment so many hours before now, but not earlier than yesterday's first minute."""
    return timezone.now() - timedelta(hours=hours)


def told(page):
    """The rows of the list: who, what, from where, to where."""
    return [(row["learner"].full_name, str(row["kind"]), row["before"], row["after"]) for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (-400, Release.CHECK), (-1, Release.CHECK), (0, Release.NOTICE), (30, Release.NOTICE), (31, Release.PREPARE),
        (90, Release.PREPARE), (91, Release.LATER), (900, Release.LATER),
    ],
)  # fmt: skip
def test_what_a_day_of_release_asks_for_xfr_4_xfr_5(prison, days, due):
    day = TODAY + timedelta(days=days)
    assert release_due(day, TODAY) == due
    Stay.objects.filter(learner=person("王国强", prison)).update(expected_release=day)
    assert [one for one in Release if Stay.objects.due(one, TODAY).exists()] == [due], "the database says the same"


def test_movements_are_told_with_what_is_known_of_both_ends(desk, officer, prison, other_prison, units):
    moved, left, came = person("李德顺", prison, units[0]), person("陈小龙", prison), person("张志远", other_prison)
    actions.admit(learner=moved, organisation=prison, unit=units[1], by=None, reason=Stay.Reason.MOVE, at=ago(1))
    actions.admit(learner=left, organisation=other_prison, by=None, reason=Stay.Reason.TRANSFER_IN, at=ago(2))
    actions.admit(learner=came, organisation=prison, by=None, reason=Stay.Reason.TRANSFER_IN, at=ago(3))
    person("周大山", prison, units[0], days=0)
    page = desk(officer).get(reverse("people_movements"))
    assert told(page) == [
        ("周大山", "进", "", "一监区"),
        ("李德顺", "换队", "一监区", "二监区"),
        ("陈小龙", "出", "江州监狱", "其他单位"),
        ("张志远", "进", "其他单位", "江州监狱"),
    ]
    assert "江北" not in page.content.decode()
    assert f'href="/admin/learners/{left.pk}/"' not in page.content.decode(), "the file has gone with the person"


def test_numbers_of_the_first_page_lead_to_their_rows(desk, officer, prison, units):
    for name in ("李德顺", "陈小龙"):
        moved = person(name, prison, units[0])
        actions.admit(learner=moved, organisation=prison, unit=units[1], by=None, reason=Stay.Reason.MOVE, at=ago(0))
    page = desk(officer).get("/admin/").content.decode()
    address = f"/admin/movements/?day={timezone.localdate()}&amp;kind=changed"
    assert f'{address}"><b>2</b>' in page
    assert len(told(desk(officer).get(address.replace("&amp;", "&")))) == 2
    assert told(desk(officer).get("/admin/movements/?day=2020-01-01")) == []


def test_a_correction_of_an_earlier_month_is_not_todays_movement(prison, units):
    moved = person("李德顺", prison, units[0])
    actions.admit(learner=moved, organisation=prison, unit=units[1], by=None, at=timezone.now() - timedelta(days=20))
    assert not Stay.objects.movements({prison.pk}, timezone.now() - timedelta(days=2))
    assert len(Stay.objects.movements({prison.pk}, timezone.now() - timedelta(days=21))) == 1


# --- the expected day of release


def test_xfr_5_the_day_is_entered_and_changed_with_a_reason_that_stays(site_admin, prison, learner):
    day = timezone.localdate() + timedelta(days=60)
    for reason, when in (("入监登记表", day), ("减刑裁定", day - timedelta(days=20))):
        actions.expect_release(learner=learner, day=when, by=site_admin, organisation=prison, reason=reason)
    assert learner.stays.get().expected_release == day - timedelta(days=20)
    entries = JournalEntry.objects.filter(verb="people.expect_release").order_by("pk")
    assert [(entry.reason, entry.fields) for entry in entries] == [
        ("入监登记表", ["expected_release"]),
        ("减刑裁定", ["expected_release"]),
    ]
    again = actions.expect_release(
        learner=learner, day=day - timedelta(days=20), by=site_admin, organisation=prison, reason="又一次"
    )
    assert again.pk and JournalEntry.objects.filter(verb="people.expect_release").count() == 2, "nothing changed"


def test_xfr_5_what_is_refused(site_admin, officer, city_admin, other_admin, prison, other_prison, learner):
    soon = timezone.localdate() + timedelta(days=5)
    for wrong in ({"reason": " "}, {"day": timezone.localdate() - timedelta(days=1)}):
        with pytest.raises(ValidationError):
            actions.expect_release(
                **{"learner": learner, "day": soon, "by": site_admin, "organisation": prison, "reason": "文书", **wrong}
            )
    for by, place in ((officer, prison), (city_admin, prison), (other_admin, prison), (other_admin, other_prison)):
        with pytest.raises(PermissionDenied):
            actions.expect_release(learner=learner, day=soon, by=by, organisation=place, reason="文书")
    assert learner.stays.get().expected_release is None


def test_xfr_5_the_day_goes_along_inside_and_to_another_prison_and_ends_outside(prison, other_prison, school, units):
    day = timezone.localdate() + timedelta(days=60)
    moved = person("李德顺", prison, units[0])
    actions.expect_release(learner=moved, day=day, by=None, organisation=prison, reason="文书")
    for place, unit, expected in ((prison, units[1], day), (other_prison, None, day), (school, None, None)):
        stay = actions.admit(learner=moved, organisation=place, unit=unit, by=None)
        assert stay.expected_release == expected, place


def test_xfr_4_the_lists_of_releases_hold_what_their_numbers_say(desk, officer, prison):
    for index, days in enumerate((3, 12, 44, 200, None)):
        one = person(f"学员{'甲乙丙丁戊'[index]}", prison)
        if days:
            actions.expect_release(
                learner=one, day=timezone.localdate() + timedelta(days=days), by=None, organisation=prison, reason="x"
            )
    over = person("学员己", prison)
    Stay.objects.filter(learner=over).update(expected_release=timezone.localdate() - timedelta(days=1))
    client = desk(officer)
    for within, count in {"check": 1, "notice": 2, "prepare": 1, "later": 1, "without": 1, "": 5}.items():
        page = client.get(reverse("people_releases"), {"within": within})
        assert page.context["page"].paginator.count == count, within
    first = client.get("/admin/")
    assert first.content.decode().count("q-chip--stop") == 2, "the number, and the one line: to be checked"
    assert "日期已过，请核实" in client.get(reverse("people_file", args=[over.pk])).content.decode()


def test_prv_3_who_may_not_see_the_day_finds_neither_list_nor_panel(desk, city_admin, staff, school, learner, prison):
    day = timezone.localdate() + timedelta(days=9)
    actions.expect_release(learner=learner, day=day, by=None, organisation=prison, reason="文书")
    for user in (city_admin, staff("trainer", Role.TRAINER, school)):
        client = desk(user)
        assert client.get(reverse("people_releases")).status_code == 302
        assert client.get(reverse("people_movements")).status_code == 302
        page = client.get("/admin/").content.decode()
        assert "panel-releases" not in page and "panel-movements" not in page
    assert day.isoformat() not in desk(city_admin).get(reverse("people_file", args=[learner.pk])).content.decode()


def test_the_day_is_entered_on_a_form(desk, site_admin, officer, other_admin, learner):
    address = reverse("people_release", args=[learner.pk])
    day = timezone.localdate() + timedelta(days=15)
    refused = desk(site_admin).post(address, {"day": "2020-01-01", "reason": "文书"})
    assert refused.status_code == 200 and refused.context["form"].errors["day"]
    assert desk(site_admin).post(address, {"day": day.isoformat(), "reason": "文书"}).status_code == 302
    assert Stay.objects.get(learner=learner).expected_release == day
    assert desk(officer).get(address).status_code == 302
    assert desk(other_admin).get(address).status_code == 404


def test_the_first_page_of_an_officer_asks_as_often_for_1_row_as_for_30(desk, officer, prison, units):
    client = desk(officer)
    addresses = ["/admin/", reverse("people_movements"), reverse("people_releases")]

    def fill(count):
        for n in range(count):
            one = person("李德顺", prison, units[n % 2], days=0)
            actions.expect_release(
                learner=one, day=timezone.localdate() + timedelta(days=n), by=None, organisation=prison, reason="文书"
            )

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    fill(1)
    few = {address: queries(address) for address in addresses}
    fill(29)
    assert {address: queries(address) for address in addresses} == few
    assert Learner.objects.count() == 30


def test_a_place_below_is_looked_after_from_above(officer, prison):
    workshop = actions.add_organisation(name="车间", kind=Organisation.Kind.WORKSHOP, parent=prison, by=None)
    person("李德顺", workshop, days=0)
    assert Stay.objects.leaving(officer).count() == 1

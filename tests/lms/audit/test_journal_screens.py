"""The journal on the staff desk: only one's own organisations, found by period, act, who, place and thing; nothing personal."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates.issuing.models import ChangeRequest
from courses import sheets
from courses.journal.actions import record
from courses.journal.models import JournalEntry
from courses.journal.words import WORDS
from courses.people.actions import add_organisation, add_unit, appoint, register_learner
from courses.people.models import Organisation, User
from courses.people.permissions import Role
from lms.audit import showing
from lms.audit.actions import take_out
from lms.audit.permissions import entries_for, may_read, only_audits
from tests.courses.english import english  # noqa: F401  (sentences are compared)
from tests.keeping import kept

pytestmark = pytest.mark.django_db
URL = "/admin/journal/"
WRITTEN = re.compile(r'(?:verb=|verb = |else |Act\(|_record\(|_write\([^"\n]*)"([a-z]+\.[a-z_.]+)"')


class Scene:
    """Two prisons and an auditor at the first."""

    def __init__(self):
        self.city = add_organisation(name="江州市人社局", kind=Organisation.Kind.HR_BUREAU, by=None)
        self.prison = add_organisation(name="江州监狱", kind=Organisation.Kind.PRISON, by=None, parent=self.city)
        self.other = add_organisation(name="江北监狱", kind=Organisation.Kind.PRISON, by=None)
        self.auditor = self.staff("auditor", "郑", "审计", Role.AUDITOR, self.prison)
        self.warden = self.staff("warden", "方", "正", Role.SITE_ADMIN, self.prison)
        self.officer = self.staff("officer", "安", "警官", Role.OFFICER, self.prison)
        self.learner = register_learner(
            full_name="周大山", gender="male", organisation=self.prison, by=self.warden, learner_no="100004"
        )
        add_unit(organisation=self.other, name="一监区", by=None)

    @staticmethod
    def staff(username, family, given, role, place):
        user = User.objects.create_user(username, last_name=family, first_name=given)
        appoint(user=user, role=role, organisation=place, by=None)
        return user


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, Scene) as built:
        yield built


@pytest.fixture
def desk(db):
    def open_as(user):
        client = Client()
        client.force_login(user)
        return client

    return open_as


def note(scene, verb="people.add_room", place=None, reason="", by=None, at=None, about=None):
    with transaction.atomic():
        return record(
            verb=verb, about=about or scene.prison, by=by or scene.warden, organisation=place or scene.prison,
            fields=["name", "kind"], reason=reason, at=at,
        )  # fmt: skip


def shown(client, **asked):
    """The entries in the table, by the numbers of their links."""
    page = client.get(URL, {"first": "", **asked}).content.decode()
    return [int(number) for number in re.findall(r'/admin/journal/(\d+)/"', page)]


def test_only_entries_of_ones_own_organisations_are_there(scene, db, desk):
    foreign = JournalEntry.objects.at(scene.other).last()
    own = JournalEntry.objects.at(scene.prison).last()
    client = desk(scene.auditor)
    assert set(shown(client)) == set(JournalEntry.objects.at(scene.prison).values_list("pk", flat=True))
    assert client.get(reverse("audit_entry", args=[own.pk])).status_code == 200
    assert client.get(reverse("audit_entry", args=[foreign.pk])).status_code == 404
    assert "江北监狱" not in client.get(URL).content.decode()
    root = User.objects.create_superuser("root")
    with transaction.atomic():
        record(verb="people.account_ended", about=root, by=None, organisation=None)
    assert entries_for(root).at(0).exists() and may_read(root, None)
    assert not entries_for(scene.warden).at(0).exists()
    assert not may_read(scene.auditor, None) and not may_read(scene.auditor, scene.other)


def test_whoever_may_not_read_a_journal_is_refused_and_has_no_entry_in_the_menu(scene, db, desk):
    client = desk(scene.officer)
    assert client.get(URL).status_code == 302
    assert client.post(reverse("audit_take_out"), {"format": "csv"}).status_code == 302
    assert not JournalEntry.objects.filter(verb="audit.take_out").exists()
    assert (
        client.get(reverse("audit_entry", args=[JournalEntry.objects.at(scene.prison).first().pk])).status_code == 404
    )
    assert URL not in client.get("/admin/").content.decode()
    assert URL in desk(scene.warden).get("/admin/").content.decode()


def test_the_first_page_of_an_auditor_begins_with_the_journal(scene, db, desk):
    assert only_audits(scene.auditor) and not only_audits(scene.warden) and not only_audits(scene.officer)
    assert 'id="panel-journal"' in desk(scene.auditor).get("/admin/").content.decode()
    assert 'id="panel-journal"' not in desk(scene.warden).get("/admin/").content.decode()


def test_each_filter_narrows_the_list_and_the_newest_is_first(scene, db, desk):
    old = note(scene, "people.rename_unit", at=timezone.now() - timedelta(days=400))
    new = note(scene, "people.end_post", by=scene.auditor)
    client = desk(scene.auditor)
    assert shown(client)[0] == new.pk and shown(client)[-1] == old.pk
    day = timezone.localtime(old.at).date().isoformat()
    assert shown(client, first=day, last=day) == [old.pk]
    assert old.pk not in shown(client, first=timezone.localdate().isoformat())
    assert shown(client, act="people.rename_unit") == [old.pk]
    assert shown(client, who="郑审") == [new.pk] == shown(client, who="auditor")
    by_machine = {entry.pk for entry in JournalEntry.objects.at(scene.prison) if entry.actor_kind == "system"}
    assert by_machine and set(shown(client, who="system")) == by_machine
    assert not by_machine & set(shown(client, who="staff"))
    assert shown(client, organisation=scene.prison.pk) == shown(client)
    about = f"people.learner:{scene.learner.pk}"
    theirs = list(JournalEntry.objects.about(scene.learner).newest_first().values_list("pk", flat=True))
    assert theirs == shown(client, about=about) == shown(client, thing="100004")
    assert set(theirs) <= set(shown(client, thing="learner")) and new.pk not in shown(client, thing="learner")


def test_without_a_question_the_last_thirty_days_are_shown(scene, db, desk):
    old = note(scene, at=timezone.now() - timedelta(days=31))
    page = desk(scene.auditor).get(URL).content.decode()
    assert f"/admin/journal/{old.pk}/" not in page and (timezone.localdate() - timedelta(days=30)).isoformat() in page


def test_foreign_choices_and_nonsense_show_nothing(scene, db, desk):
    client = desk(scene.auditor)
    assert shown(client, organisation=scene.other.pk) == []
    assert shown(client, act="no.such", about="'; drop") == []
    assert shown(client, first="2026-02-01", last="2026-01-01") == []


def test_an_entry_tells_fields_reason_and_on_demand_the_state_of_its_chain(scene, db, desk):
    entry = note(scene, "people.change_organisation", reason="挂牌换了名字")
    client = desk(scene.auditor)
    page = client.get(reverse("audit_entry", args=[entry.pk])).content.decode()
    assert "挂牌换了名字" in page and "name" in page and "kind" in page and 'id="chain"' not in page
    page = client.get(reverse("audit_entry", args=[entry.pk]), {"chain": 1}).content.decode()
    assert 'id="chain"' in page and f"{entry.sequence}" in page and "broken" not in page
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # somebody with the rights of its owner
            cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_journalentry SET reason = '别的' WHERE id = %s", [entry.pk])
    page = client.get(reverse("audit_entry", args=[entry.pk]), {"chain": 1}).content.decode()
    assert f"broken at entry {entry.sequence}" in page and "was changed after" in page


def test_the_list_shows_no_name_of_a_learner(scene, db, desk):
    page = desk(scene.auditor).get(URL, {"first": ""}).content.decode()
    assert "100004" in page and "周大山" not in page


def test_1_and_30_rows_take_the_same_number_of_queries(scene, db, desk):
    client = desk(scene.auditor)
    counts = []
    for number in (1, 29):
        for _i in range(number):
            note(scene, "people.change_room", about=scene.learner)
        client.get(URL, {"act": "people.change_room"})
        with CaptureQueriesContext(connection) as asked:
            assert len(shown(client, act="people.change_room")) in (1, 30)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_was_asked_for_is_taken_out_without_formulas_and_written_down(scene, db, desk, file_format):
    note(scene, "people.change_room", reason='=HYPERLINK("http://x")')
    note(scene, "people.add_room")
    answer = desk(scene.auditor).post(reverse("audit_take_out"), {"act": "people.change_room", "format": file_format})
    table = sheets.read(io.BytesIO(answer.content))
    assert len([row for row in table if row[0].startswith("20")]) == 1
    if file_format == "csv":
        assert "'=HYPERLINK" in answer.content.decode("utf-8-sig")
    written = JournalEntry.objects.at(scene.prison).last()
    assert (written.verb, written.actor_id) == ("audit.take_out", scene.auditor.pk)


def test_too_many_entries_are_not_taken_out(scene, db, desk, monkeypatch):
    monkeypatch.setattr("lms.audit.actions.MOST", 2)
    answer = desk(scene.auditor).post(reverse("audit_take_out"), {"first": "", "format": "csv"}, follow=True)
    assert "2 entries do not fit" in answer.content.decode()
    assert not JournalEntry.objects.filter(verb="audit.take_out").exists()


def test_what_leaves_holds_only_ones_own_even_if_more_is_asked_for(scene, db):
    found = take_out(entries=JournalEntry.objects.all(), organisation=None, by=scene.auditor)
    assert set(found.values_list("organisation_id", flat=True)) == {scene.prison.pk}


def test_every_act_that_is_written_down_has_words():
    """Read from the verbs themselves; `classes.suspend` and the like are put together there, and stand in the list as well."""
    found = set()
    for package in ("courses", "certificates", "cms", "lms"):
        for path in Path(settings.BASE_DIR, package).rglob("*.py"):
            if path.stem == "actions" or path.parent.name == "actions":
                found |= set(WRITTEN.findall(path.read_text()))
    assert len(found) > 90
    assert not sorted(found - set(WORDS))


def test_every_name_of_a_thing_can_be_read(db):
    for label, names in showing.NAMES.items():
        assert not apps.get_model(label)._base_manager.values_list("pk", *names).filter(pk=0).exists(), label


def test_a_reason_kept_as_a_code_and_a_thing_without_a_name_are_said_in_words(scene, db, desk):
    with transaction.atomic():
        for verb, reason in (("issuing.supersede", "print"), ("plans.set_local_value", "vat_rate 1.00 -> 3.00")):
            record(verb=verb, about=scene.learner, by=scene.warden, organisation=scene.prison, reason=reason)
        gone = ChangeRequest(pk=77)
        record(verb="issuing.revoke", about=gone, by=scene.warden, organisation=scene.prison, reason="result")
    page = desk(scene.auditor).get(URL).content.decode()
    for words in ("wrong facts printed", "rate of value-added tax 1.00 → 3.00", "result corrected", "no. 77"):
        assert words in page, words
    assert "#77" not in page


def test_an_entry_says_in_one_sentence_how_it_stands_and_keeps_the_seal_for_machines(scene, db, desk):
    own = JournalEntry.objects.at(scene.prison).last()
    page = desk(scene.auditor).get(reverse("audit_entry", args=[own.pk])).content.decode()
    assert "It stands as it was written." in page
    assert own.seal not in page.split("<details")[0]

"""The journal only grows, and a changed entry shows."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from courses.journal.actions import prove, record
from courses.journal.models import JournalEntry
from courses.people.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return Region.objects.create(code="990000", name="演示省", level=Region.Level.PROVINCE)


def _record(region, verb="people.test", organisation=7):
    with transaction.atomic():
        return record(verb=verb, about=region, by=None, organisation=organisation, fields=["b", "a"], reason="why")


def test_entries_are_numbered_and_sealed_per_organisation(region):
    first, other, second = _record(region), _record(region, organisation=8), _record(region)
    assert [first.sequence, other.sequence, second.sequence] == [1, 1, 2]
    assert second.previous == first.seal
    assert prove() == (3, [])


def test_entries_about_an_object_and_at_an_organisation(region):
    entry = _record(region)
    assert list(JournalEntry.objects.about(region)) == [entry]
    assert list(JournalEntry.objects.at(7)) == [entry]
    assert entry.fields == ["a", "b"]


def test_an_entry_cannot_be_changed_or_deleted_through_the_model(region):
    entry = _record(region)
    for act in (
        entry.save,
        entry.delete,
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.update(verb="x"),
    ):
        with pytest.raises(ValidationError):
            act()


@pytest.mark.parametrize(
    ("sql", "number", "problem"),
    [
        ("UPDATE journal_journalentry SET reason = 'other' WHERE sequence = 2", 2, "changed"),
        ("DELETE FROM journal_journalentry WHERE sequence = 2", 2, "missing"),
        ("DELETE FROM journal_journalentry WHERE sequence = 3", 3, "missing at the end"),
    ],
)
def test_prove_finds_what_was_done_behind_its_back(region, sql, number, problem):
    for _i in range(3):
        _record(region)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        cursor.execute(sql)
    _count, breaks = prove()
    assert [(b.organisation_id, b.sequence, b.problem) for b in breaks] == [(7, number, problem)]


@pytest.mark.django_db(transaction=True)
def test_an_act_without_a_transaction_is_not_recorded(region):
    with pytest.raises(RuntimeError):
        record(verb="people.test", about=region, by=None, organisation=7)


def test_an_entry_of_an_act_that_failed_is_gone(region):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(verb="people.test", about=region, by=None, organisation=7)
        raise ZeroDivisionError
    assert not JournalEntry.objects.exists()


def test_postgresql_refuses_to_change_the_journal(region):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the chain alone proves it")
    from django.db import DatabaseError

    _record(region)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_journalentry SET verb = 'x'")

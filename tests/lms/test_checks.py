"""The start-up checks refuse a database that could forget an acknowledged answer."""

import pytest
from django.db import connection

from lms.checks import database_keeps_what_it_acknowledged

pytestmark = pytest.mark.django_db


def _ids():
    return [problem.id for problem in database_keeps_what_it_acknowledged(databases=["default"])]


def test_the_tests_own_fast_database_would_be_refused_in_life(settings):
    settings.LMS_DURABLE = True
    expected = ["lms.E003"] if connection.vendor == "sqlite" else []
    assert _ids() == expected


def test_sqlite_without_immediate_is_refused(monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    assert "lms.E001" in _ids()


def test_nothing_is_checked_where_no_database_is_named():
    assert database_keeps_what_it_acknowledged(databases=None) == []

"""The start-up checks refuse a database that could forget an acknowledged answer."""

import pytest
from django.db import connection

from lms import serving
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


def test_the_web_server_does_not_listen_where_a_check_finds_an_error(settings, monkeypatch):
    monkeypatch.setattr("lms.serving.connections.close_all", lambda: None)  # the test goes on with its connection
    serving.on_starting(None)
    settings.LMS_DURABLE = True
    monkeypatch.setattr("lms.checks.SYNCHRONOUS_FULL", 9)
    if connection.vendor == "postgresql":
        pytest.skip("this server keeps what it acknowledged")
    with pytest.raises(SystemExit, match="synchronous FULL"):
        serving.on_starting(None)

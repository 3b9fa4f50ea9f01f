"""Start-up checks: what an acknowledged exam answer rests on."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

SYNCHRONOUS_FULL = 2


@register(Tags.database)
def database_keeps_what_it_acknowledged(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An answer that was acknowledged must survive a power cut: refuses databases that are set to forget."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            found += _sqlite(connection)
        elif connection.vendor == "postgresql":
            found += _postgresql(connection)
    return found


def _sqlite(connection: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append(
            Error("SQLite must run with transaction_mode IMMEDIATE: without it a busy room gets errors.", id="lms.E001")
        )
    if not settings.LMS_DURABLE:
        return found
    with connection.cursor() as cursor:
        journal_mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if journal_mode != "wal":
        found.append(Error(f"SQLite must run in WAL mode, not {journal_mode}.", id="lms.E002"))
    if synchronous < SYNCHRONOUS_FULL:
        found.append(
            Error("SQLite must run with synchronous FULL: an acknowledged answer could be lost.", id="lms.E003")
        )
    return found


def _postgresql(connection: Any) -> list[CheckMessage]:
    if not settings.LMS_DURABLE:
        return []
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
            if value == "off":
                found.append(
                    Error(f"PostgreSQL must run with {name} on: an acknowledged answer could be lost.", id="lms.E004")
                )
    return found

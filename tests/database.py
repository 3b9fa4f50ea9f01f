"""The tests' database: migrated once into a master, copied for each worker, brought back after each test that commits.

The master is named after the migrations, so it is made again only when they change (35 s of work once, under a second after
that). SQLite keeps it as a file, PostgreSQL as a template database beside the one of `DATABASE_URL`.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.gettempdir()) / f"qihang-test-masters-{os.getuid()}"


def migrations_hash() -> str:
    """Names and contents of all migrations, ours and the installed ones, in one word."""
    import django
    import wagtail

    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__} {settings.INSTALLED_APPS}".encode())
    for path in sorted(ROOT.glob("*/*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time(master: str) -> Iterator[None]:
    """Of several workers that begin together one makes the master, the others wait for it; who needs another one does not."""
    FOLDER.mkdir(exist_ok=True, mode=0o700)
    with (FOLDER / f"{master}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _use(name: str) -> None:
    """Every connection of this process leads to the database of this name from now on."""
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"] = name


def _migrate(name: str) -> None:
    _use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()


class SQLite:
    """The master is a file; a copy of it is the worker's database."""

    def __init__(self) -> None:
        self.master = FOLDER / f"{migrations_hash()}.sqlite3"
        self.copy = Path(settings.DATABASES["default"]["TEST"]["NAME"])

    def begin(self) -> None:
        with _one_at_a_time(self.master.stem):
            if not self.master.exists():
                building = FOLDER / f"{os.getpid()}.sqlite3"
                _migrate(str(building))
                with sqlite3.connect(building) as raw:
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    raw.execute("PRAGMA journal_mode=DELETE")
                building.replace(self.master)
                for suffix in ("-wal", "-shm"):
                    Path(f"{building}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.master, self.copy)
        _use(str(self.copy))

    def bring_back(self) -> None:
        """SQLite's own backup: safe beside connections that other threads still hold."""
        source, target = sqlite3.connect(self.master), sqlite3.connect(self.copy, timeout=20)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()

    def end(self) -> None:
        connections["default"].close()


class PostgreSQL:
    """The master is a template database; the worker's database is created from it."""

    def __init__(self, worker: str) -> None:
        self.master = f"qihang_master_{migrations_hash()}"
        self.copy = f"qihang_test_{worker}_{os.getpid()}"

    def _run(self, *statements: str) -> list[tuple[object, ...]]:
        with connections["default"]._nodb_cursor() as cursor:  # no database can be dropped from inside itself
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def begin(self) -> None:
        with _one_at_a_time(self.master):
            if not self._run(f"SELECT 1 FROM pg_database WHERE datname = '{self.master}'"):
                building = f"{self.master}_building"
                self._run(f"DROP DATABASE IF EXISTS {building} WITH (FORCE)", f"CREATE DATABASE {building}")
                _migrate(building)
                self._run(f"ALTER DATABASE {building} RENAME TO {self.master}")
        self.bring_back()
        _use(self.copy)

    def bring_back(self) -> None:
        connections["default"].close()
        self._run(
            f"DROP DATABASE IF EXISTS {self.copy} WITH (FORCE)", f"CREATE DATABASE {self.copy} TEMPLATE {self.master}"
        )

    def end(self) -> None:
        connections["default"].close()
        self._run(f"DROP DATABASE IF EXISTS {self.copy} WITH (FORCE)")


def of_worker(worker: str) -> SQLite | PostgreSQL:
    """The database of one pytest worker (`master`, `gw0` …), of the kind that `DATABASE_URL` asks for."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return SQLite() if engine.endswith("sqlite3") else PostgreSQL(worker)

"""A consistent copy of the database while the site runs, and putting one back."""

import gzip
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction

NAMES = {"sqlite": "database.sqlite3.gz", "postgresql": "database.pgdump"}


class DatabaseProblem(Exception):
    """The copy could not be made or put back. The text says why."""


@contextmanager
def snapshot(folder: Path) -> Iterator[tuple[Path, str]]:
    """A copy in `folder`, and the alias of a connection that sees exactly what is in it."""
    if connections["default"].vendor == "sqlite":
        with _sqlite_snapshot(folder) as found:
            yield found
    else:
        with _postgresql_snapshot(folder) as found:
            yield found


@contextmanager
def _sqlite_snapshot(folder: Path) -> Iterator[tuple[Path, str]]:
    """SQLite's online backup: one read transaction, so that writers go on and the copy is of one moment."""
    copy = folder / "database.sqlite3"
    name = str(connections["default"].settings_dict["NAME"])
    with closing(sqlite3.connect(name, timeout=60)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        verdict = target.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise DatabaseProblem(f"The database is damaged: {verdict}")
    packed = folder / NAMES["sqlite"]
    with copy.open("rb") as plain, gzip.open(packed, "wb", compresslevel=6) as gz:
        shutil.copyfileobj(plain, gz, 1 << 20)
    connections.databases["snapshot"] = {**connections["default"].settings_dict, "NAME": str(copy)}
    try:
        yield packed, "snapshot"
    finally:
        connections["snapshot"].close()
        del connections["snapshot"], connections.databases["snapshot"]


@contextmanager
def _postgresql_snapshot(folder: Path) -> Iterator[tuple[Path, str]]:
    """pg_dump and our own questions see the same exported snapshot."""
    dump = folder / NAMES["postgresql"]
    with transaction.atomic(durable=True), connections["default"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        exported = cursor.fetchone()[0]
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={exported}", f"--file={dump}"]
        _run("pg_dump", arguments)
        yield dump, "default"


def others_connected() -> int:
    """How many other connections PostgreSQL has on this database; SQLite cannot tell."""
    if connections["default"].vendor != "postgresql":
        return 0
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def put_back(copy: Path, aside: Path) -> None:
    """Make the copy the site's database. What was there before goes to the folder `aside`; a failure leaves it in place."""
    if connections["default"].vendor == "sqlite":
        _put_back_sqlite(copy, aside)
    else:
        _put_back_postgresql(copy, aside)


def _put_back_sqlite(copy: Path, aside: Path) -> None:
    name = Path(connections["default"].settings_dict["NAME"])
    unpacked = name.with_name(f"{name.name}.restoring")
    name.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with gzip.open(copy, "rb") as gz, unpacked.open("wb") as plain:
        shutil.copyfileobj(gz, plain, 1 << 20)
        plain.flush()
        os.fsync(plain.fileno())
    unpacked.chmod(0o600)
    with closing(sqlite3.connect(unpacked)) as check:
        if (verdict := check.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise DatabaseProblem(f"The database in the backup is damaged: {verdict}")
    used = bool(connections["default"].introspection.table_names())
    connections["default"].close()
    for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
        if path.exists() and not used:
            path.unlink()  # made by asking whether there is anything
        elif path.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.move(path, aside / path.name)
    unpacked.replace(name)


def _put_back_postgresql(copy: Path, aside: Path) -> None:
    """The old tables wait under another name until the new ones stand, and are kept as a dump."""
    if connections["default"].introspection.table_names():
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        _run("pg_dump", ["--format=custom", f"--file={aside / NAMES['postgresql']}"])
    _sql("ALTER SCHEMA public RENAME TO before_restore", "CREATE SCHEMA public")
    connections["default"].close()
    try:
        _run(
            "pg_restore", ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(copy)], "-d"
        )
    except DatabaseProblem:
        _sql("DROP SCHEMA public CASCADE", "ALTER SCHEMA before_restore RENAME TO public")
        raise
    _sql("DROP SCHEMA before_restore CASCADE")


def _sql(*statements: str) -> None:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _run(program: str, arguments: list[str], database_flag: str = "") -> None:
    """One of PostgreSQL's programs on our database; the password travels in the environment, not in the process list."""
    set_to: dict[str, Any] = connections["default"].settings_dict
    command = [program, "--no-password"]
    for flag, key in (("-U", "USER"), ("-h", "HOST"), ("-p", "PORT")):
        command += [flag, str(set_to[key])] if set_to[key] else []
    command += [database_flag, set_to["NAME"], *arguments] if database_flag else [*arguments, set_to["NAME"]]
    environment = {**os.environ, **({"PGPASSWORD": set_to["PASSWORD"]} if set_to["PASSWORD"] else {})}
    for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
        if value := set_to["OPTIONS"].get(option):
            environment[f"PG{option.upper()}"] = str(value)
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise DatabaseProblem(f"{program} is not installed. Debian: apt install postgresql-client.") from None
    if done.returncode:
        raise DatabaseProblem(f"{program}: {done.stderr.strip()}")

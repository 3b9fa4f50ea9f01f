"""A site of its own for one measurement: a folder, a database beside those of the tests, a web server and a worker."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

from tests.bench.processes import cpu_seconds


@dataclass
class Site:
    """The folder, the database and, while they run, the processes."""

    folder: Path
    url: str
    database: Any
    port: int = 0
    children: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def on_postgresql(self) -> bool:
        return not self.url.startswith("sqlite")

    @property
    def roots(self) -> list[int]:
        """The web server's and the worker's first processes."""
        return [child.pid for child in self.children]

    def database_roots(self) -> list[int]:
        """The database server's first process: nothing on SQLite, nor where it runs on another machine."""
        if not self.on_postgresql:
            return []
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or "postgres" not in stat.read_text():
            return []
        return [int(stat.read_text().rpartition(")")[2].split()[1])]

    def serve(self, *, worker: bool = True) -> None:
        """Start web server and worker as a site does, and wait for the first answer."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.children.append(self._started(["serve", "--port", str(self.port)]))
        if worker:
            self.children.append(self._started(["worker"]))
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.children[0].poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/verify", timeout=20)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError("The web server did not start.")

    def restart_web(self) -> None:
        """Start a web server again that has ended, on the port that it had."""
        self.children[0] = self._started(["serve", "--port", str(self.port)])

    def settle(self, patience: float = 60) -> None:
        """Wait until the processes have nothing to do: the worker reads as much code at its start as the web server."""
        deadline, before = time.monotonic() + patience, -1.0
        while time.monotonic() < deadline and (now := cpu_seconds(self.roots)) - before > 0.1:
            before = now
            time.sleep(2)

    def _started(self, arguments: list[str]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "lms", *arguments]
        return subprocess.Popen(command, env=os.environ | {"DATABASE_URL": self.url}, start_new_session=True)

    def stop(self) -> None:
        from lms.cli.processes import stop

        stop(self.children)
        self.children = []


@contextmanager
def site(*, keep: bool = False, demo: bool = False) -> Iterator[Site]:
    """A fresh, migrated site with the embedded settings, on SQLite or on the server of `DATABASE_URL`; gone afterwards.

    `demo` allows identity numbers that belong to nobody; nothing else of the demonstration is there.
    """
    folder = Path(tempfile.mkdtemp(prefix="qihang-bench-"))
    server = os.environ.get("DATABASE_URL", "")
    os.environ["LMS_DEMO"] = "1" if demo else ""
    _use_embedded_settings(folder)
    from tests import database

    if server.startswith("postgres"):
        made: Any = database.PostgreSQL("bench")
        url = urlsplit(server)._replace(path=f"/{made.copy}").geturl()
    else:
        from django.conf import settings

        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "lms.sqlite3")
        made = database.SQLite()
        url = f"sqlite:///{folder / 'lms.sqlite3'}"
    print("making the database; the first time, and after a new migration, it takes a minute", flush=True)
    made.begin()
    here = Site(folder, url, made)
    try:
        yield here
    finally:
        here.stop()
        if keep:
            print(f"kept: LMS_DATA_DIR={folder} DATABASE_URL={url}")
        else:
            made.end()
            shutil.rmtree(folder, ignore_errors=True)


def _use_embedded_settings(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "LMS_DATA_DIR": str(folder)}
    django.setup()
    from lms.cli.processes import make_broker_folders

    make_broker_folders(folder)

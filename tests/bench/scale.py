"""The full demo: how long boards, reports, registers and searches take over 7,012 trainees and 200,000 marks.

The world is built once by `lms demo --scale full` into `--data` (minutes) and used again by later runs.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import django

from tests.bench.report import Figure, Report

SECOND = 1000
ROUNDS = 5
# name of the route, who asks, goal in ms; reports are added by their codes
SCREENS = (
    ("wagtailadmin_home", "admin_city", SECOND),
    ("wagtailadmin_home", "trainer_wang", SECOND),
    ("targets_board", "admin_city", SECOND),
    ("classes:index", "admin_city", SECOND),
    ("learners:index", "admin_city", SECOND),
    ("organisations:index", "admin_city", SECOND),
    ("attendance_today", "trainer_wang", SECOND),
    ("reports_index", "admin_city", SECOND),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path(".data/demo-full"), help="where the full demo is, or is built"
    )
    parser.add_argument("--port", type=int, default=8769)


def run(options: argparse.Namespace) -> Report:
    data = options.data.resolve()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "LMS_DATA_DIR": str(data), "LMS_DEMO": "1"}
    seconds = build(data, options.port)
    django.setup()
    from django.db import connection

    report = Report("scale", connection.vendor == "postgresql", vars(options))
    if seconds:
        report.add(Figure("building the full demo: s", seconds, None, 0))
    _sizes(report)
    for name, path, account, goal in screens():
        _screen(report, name, path, account, goal)
    return report


def build(data: Path, port: int) -> float:
    """Run `lms demo --scale full` until it answers, then stop it. Seconds; 0 where the world is there (PostgreSQL: always asked)."""
    if (data / "built").exists():
        return 0.0
    began = time.monotonic()
    command = [sys.executable, "-m", "lms", "demo", "--scale", "full", "--port", str(port)]
    child = subprocess.Popen(command, start_new_session=True)
    try:
        while child.poll() is None and not _answers(port):
            time.sleep(2)
        if child.poll() is not None:
            raise RuntimeError("lms demo --scale full did not start; the lines above say why.")
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            child.wait()
    (data / "built").touch()
    return time.monotonic() - began


def screens() -> list[tuple[str, str, str, int]]:
    """Name, address, account and goal of each screen that this version has."""
    from django.urls import NoReverseMatch, reverse

    found = []
    for name, account, goal in SCREENS:
        try:
            found.append((f"{name} ({account})", reverse(name), account, goal))
        except NoReverseMatch:
            continue
    found += [(f"report {code}", reverse("reports_report", args=[code]), "admin_city", SECOND) for code in _reports()]
    found += [(f"search for {word}", f"{reverse('learners:index')}?q={word}", "admin_city", SECOND) for word in ("王国强", "wgq")]  # fmt: skip
    from courses.classes.models import ClassSession
    from courses.people.models import User

    trainer = User.objects.get(username="trainer_wang")
    session = ClassSession.objects.markable_by(trainer).order_by("starts_at").first()
    if session:
        found.append(("register", reverse("attendance_register", args=[session.pk]), trainer.username, SECOND))
    return found


def _reports() -> list[str]:
    try:
        from lms.reports.registry import REPORTS
    except ImportError:
        return []
    return [one.code for one in REPORTS]


def _sizes(report: Report) -> None:
    from courses.attendance.models import AttendanceRecord
    from courses.people.models import Learner, Organisation

    for name, model in (("learners", Learner), ("organisations", Organisation), ("marks", AttendanceRecord)):
        report.add(Figure(name, model.objects.count(), None, 0))


def _screen(report: Report, name: str, path: str, account: str, goal: int) -> None:
    """Best of a few requests in this process, and the statements of one."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from courses.people.models import User

    client: Any = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=account))
    reply = client.get(path)
    if reply.status_code != 200:
        report.remarks.append(f"{name}: {reply.status_code}")
        return
    times = []
    for _round in range(ROUNDS):
        began = time.process_time()
        client.get(path)
        times.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    report.add(Figure(f"{name}: ms", min(times), goal, 0))
    report.add(Figure(f"{name}: SQL", len(found), None, 0))


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/verify", timeout=5)
    except (urllib.error.URLError, OSError):
        return False
    return True

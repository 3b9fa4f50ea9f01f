"""The computer dies while somebody types (kill -9): what was acknowledged is there, and writing goes on (4.9)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from courses.plans.models import PlanLog, values_of
from tests.courses.plans.building import plan_room, plan_scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ENOUGH = 25
TYPIST = """
import sys, django
django.setup()
from courses.people.models import Learner
from courses.plans.actions import save_field
plan, learner = int(sys.argv[1]), Learner.objects.get(pk=sys.argv[2])
for number in range(100_000):
    path = f"forecast.quantity.{number % 8 + 1}.m{number // 8 % 12 + 1}"
    saved = save_field(plan=plan, path=path, value=str(number), by=learner)
    print(path, saved.version, saved.value, flush=True)
"""


def _environment(folder):
    """The settings of a real site (SQLite: synchronous FULL) on the tests' database."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor != "sqlite":
        url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "DATABASE_URL": url, "LMS_DATA_DIR": str(folder),
        "LMS_SECRET_KEY": settings.SECRET_KEY, "LMS_ID_KEY": settings.LMS_ID_KEY,
        "LMS_ID_HASH_KEY": settings.LMS_ID_HASH_KEY, "LMS_DEMO": "1", "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip


def test_4_9_what_was_acknowledged_survives_kill_9(tmp_path):
    room = plan_room(plan_scene())
    plan = room.plan()
    command = [sys.executable, "-c", TYPIST, str(plan.pk), str(plan.enrolment.learner_id)]
    with subprocess.Popen(command, env=_environment(tmp_path), stdout=subprocess.PIPE, text=True) as typist:
        lines = [typist.stdout.readline() for _n in range(ENOUGH)]
        typist.kill()  # -9: no handler runs, no connection is closed
        lines += typist.stdout.readlines()
    acknowledged = [line.split() for line in lines if line.endswith("\n")]
    assert len(acknowledged) >= ENOUGH, "the typist did not begin"
    values = values_of(plan)
    log = set(PlanLog.objects.filter(plan=plan).values_list("path", "version", "value"))
    assert {(path, int(version), text) for path, version, text in acknowledged} <= log
    newest = {path: text for path, _version, text in acknowledged}
    ahead = {path for path, text in newest.items() if values[path] != text}
    assert len(ahead) <= 1, "at most the one that was stored and not acknowledged any more"
    assert len(log) <= len(acknowledged) + 1
    again = room.save(plan, "market.trend", "接着写")
    assert values_of(plan)["market.trend"] == again.value

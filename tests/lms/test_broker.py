"""A real worker over a real broker: the folder of a one-machine site, and Redis (`LMS_TEST_REDIS_URL`).

What a release queues gets done; and a worker that is killed in the middle leaves nothing that the sweep does not finish.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable

import pytest
import redis
from django.conf import settings
from django.db import connection
from kombu import pools

from certificates.issuing import actions
from certificates.issuing.models import Batch, Certificate
from certificates.issuing.tasks import sweep
from lms.celery import app
from lms.cli.processes import make_broker_folders, worker_command
from lms.settings import environment
from tests.certificates.conftest import build

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 40


def redis_url() -> str:
    url = os.environ.get("LMS_TEST_REDIS_URL", "")
    if not url:
        reason = "no Redis; set LMS_TEST_REDIS_URL"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


class Worker:
    """`lms worker` in a process of its own, on the tests' database, files and broker. Its clock first strikes after a minute."""

    def __init__(self, broker: str):
        self.broker = broker
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        database = connection.settings_dict
        if connection.vendor == "sqlite":
            url = f"sqlite:///{database['NAME']}"
        else:
            url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "DATABASE_URL": url, "CELERY_BROKER_URL": self.broker,
            "LMS_DATA_DIR": str(settings.DATA_DIR), "LMS_SECRET_KEY": settings.SECRET_KEY, "LMS_DEMO": "1",
            "LMS_ID_KEY": settings.LMS_ID_KEY, "LMS_ID_HASH_KEY": settings.LMS_ID_HASH_KEY,
            "LMS_PUBLIC_URL": settings.LMS_PUBLIC_URL,
        }  # fmt: skip
        command = worker_command(settings.DATA_DIR)
        self.process = subprocess.Popen(command, env=surroundings, start_new_session=True)

    def kill(self) -> None:
        """kill -9: no handler runs, no message goes back."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, f"not within {PATIENCE} s: {what}"
            assert self.process is not None and self.process.poll() is None, "the worker has ended"
            time.sleep(0.01)


def _remove_files() -> None:
    for name in ("broker", "private", "signing"):
        shutil.rmtree(settings.DATA_DIR / name, ignore_errors=True)


@pytest.fixture(params=["filesystem", pytest.param("redis", marks=pytest.mark.broker)])
def worker(request, monkeypatch):
    """Not running yet. What this process queues goes to the broker instead of being run at once; Redis is emptied after."""
    url = redis_url() if request.param == "redis" else "filesystem://"
    broker = environment.celery_broker(url, settings.DATA_DIR / "broker")
    _remove_files()
    make_broker_folders(settings.DATA_DIR)
    monkeypatch.setitem(app.conf.changes, "task_always_eager", False)
    monkeypatch.setitem(app.conf.changes, "broker_url", broker["CELERY_BROKER_URL"])
    monkeypatch.setitem(app.conf.changes, "broker_transport_options", broker["CELERY_BROKER_TRANSPORT_OPTIONS"])
    _forget_connections()
    one = Worker(url)
    yield one
    one.kill()
    if request.param == "redis":
        redis.Redis.from_url(url).flushdb()
    _forget_connections()
    _remove_files()


def _forget_connections() -> None:
    """Celery keeps its connections open; the next message goes to the broker of then."""
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


def is_done(batch: Batch) -> bool:
    return Batch.objects.get(pk=batch.pk).state == Batch.State.DONE and not Certificate.objects.undrawn().exists()


def each_learner_has_one(world) -> None:
    """In force, numbered without a gap, drawn, and with nothing for the auditors to find."""
    certificates = list(Certificate.objects.order_by("register_number"))
    assert sorted(one.learner_id for one in certificates) == sorted(learner.pk for learner in world.learners)
    assert [int(one.register_number[-6:]) for one in certificates] == list(range(1, len(certificates) + 1))
    for one in certificates:
        kept = one.pdf.read()
        assert kept.startswith(b"%PDF")
        assert hashlib.sha256(kept).hexdigest() == one.pdf_sha256
    assert actions.audit_register() == (len(certificates), [])


def test_the_worker_does_what_was_released_and_the_sweep_what_a_killed_one_left(worker):
    """CRT-9, G11: a release only says so, the certificates and their papers are the worker's. Then another batch, kill -9 in
    the middle of it, and the sweep, twice, as the clock would."""
    world = build()
    first = actions.release_batch(batch=world.prepared(), by=world.releaser)
    assert not Certificate.objects.exists(), "it waits in the queue while no worker runs"
    worker.start()
    worker.until(lambda: is_done(first), "the batch and its papers")
    each_learner_has_one(world)

    more = [
        world.passed(f"学员{'甲乙丙丁戊己庚辛壬'[number % 9]}{'子丑寅卯辰巳'[number // 9]}") for number in range(54)
    ]  # fmt: skip
    batch = actions.release_batch(batch=world.prepared(more), by=world.releaser)
    worker.until(lambda: Certificate.objects.count() > 3, "the first certificates")
    worker.kill()
    assert Certificate.objects.count() < 57, "killed in the middle"
    assert not is_done(batch)
    for _minute in range(2):
        sweep()
    assert is_done(batch)
    each_learner_has_one(world)

"""The web server is killed in the middle of an exam: nothing that was acknowledged is lost, and the attempt goes on (G1, G3)."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from courses.exams.booklet import Booklet
from courses.exams.models import Answer, AnswerLog, Attempt
from courses.exams.views.replies import TOKEN_COOKIE
from tests.courses.building import make_world
from tests.courses.exams.building import exam_room, sit_down

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CSRF = "k" * 32


class Server:
    """gunicorn as `lms serve` starts it, on the tests' database with the settings of a real site (synchronous FULL)."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        database = connection.settings_dict
        if connection.vendor == "sqlite":
            url = f"sqlite:///{database['NAME']}"
        else:
            url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "DATABASE_URL": url, "LMS_DATA_DIR": str(folder),
            "LMS_SECRET_KEY": settings.SECRET_KEY, "LMS_ID_KEY": settings.LMS_ID_KEY,
            "LMS_ID_HASH_KEY": settings.LMS_ID_HASH_KEY, "LMS_DEMO": "1",
        }  # fmt: skip
        self.process = None

    def start(self):
        command = [sys.executable, "-m", "lms", "serve", "--port", str(self.port), "--workers", "2", "--threads", "4"]
        self.process = subprocess.Popen(command, env=self.environment, start_new_session=True)
        for _i in range(600):
            try:
                self.request("GET", "/t/")
                return self
            except OSError:
                assert self.process.poll() is None, "the server did not start"
                time.sleep(0.1)
        raise AssertionError("the server did not answer within a minute")

    def kill(self):
        """kill -9, workers included: no handler runs, no connection is closed."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def request(self, method, path, body=None, cookies=None):
        """One request over a connection of its own; returns status, cookies set and JSON (or text)."""
        jar = {"csrftoken": CSRF} | (cookies or {})
        headers = {
            "Host": f"127.0.0.1:{self.port}", "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items()),
            "X-CSRFToken": CSRF, "Accept": "application/json", "Content-Type": "application/json",
        }  # fmt: skip
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            there.request(method, path, json.dumps(body) if body is not None else None, headers)
            reply = there.getresponse()
            text = reply.read().decode()
            new = [value.split(";")[0].split("=", 1) for name, value in reply.getheaders() if name == "Set-Cookie"]
            is_json = "json" in (reply.getheader("Content-Type") or "")
            return reply.status, dict(new), json.loads(text) if is_json else text
        finally:
            there.close()


@pytest.fixture
def server(tmp_path):
    one = Server(tmp_path).start()
    yield one
    if one.process.poll() is None:
        one.kill()


def _answer(server, attempt, number, cookies, seq=1):
    position = Booklet.of(attempt).pages[number - 1].item.position
    item = attempt.sitting.paper.items.get(position=position)
    posted = [item.key["value"]] if item.type == "numeric" else ["A"]
    return server.request("PUT", f"/exam/{attempt.pk}/{number}/", {"seq": seq, "answer": posted}, cookies)


def test_an_attempt_survives_kill_9_of_the_web_server(server):
    room = exam_room(make_world(), when=timezone.now())
    seat = sit_down(Client(), room)
    cookies = {name: morsel.value for name, morsel in seat.cookies.items()}
    status, new, _page = server.request("POST", f"/exam/sittings/{room.sitting.pk}/start/", {}, cookies)
    assert status in {302, 303}
    cookies |= new
    assert TOKEN_COOKIE in cookies
    attempt = Attempt.objects.get()
    started = attempt.started_at
    acknowledged = {}
    for number in range(1, 9):
        status, new, reply = _answer(server, attempt, number, cookies)
        cookies |= new
        assert (status, reply["reply"]) == (200, "ok"), reply
        acknowledged[number] = reply
    server.kill()
    with pytest.raises(OSError):
        server.request("GET", "/t/")

    server.start()
    assert Answer.objects.filter(attempt=attempt, seq__gte=1).count() == len(acknowledged), (
        "nothing acknowledged is lost"
    )
    assert AnswerLog.objects.filter(attempt=attempt).count() == len(acknowledged)
    status, _new, reply = _answer(server, attempt, 8, cookies)
    assert (status, reply["reply"]) == (200, "same"), "the page resends what it has no reply for"
    status, _new, reply = _answer(server, attempt, 9, cookies)
    assert (status, reply["reply"]) == (200, "ok"), "the attempt goes on with the token of before"
    attempt.refresh_from_db()
    assert (attempt.state, attempt.started_at) == (Attempt.State.OPEN, started), "and with the same deadline"
    status, _new, _page = server.request("POST", f"/exam/{attempt.pk}/submit/", {"believed": 9}, cookies)
    assert status in {200, 303}
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED

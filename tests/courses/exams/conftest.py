"""An open sitting with three terminals."""

from datetime import timedelta

import pytest

from courses.exams.actions.pulse import Process
from tests.courses.exams.building import OPENED, ExamRoom, exam_room


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    """What this process remembers of its heartbeat belongs to one test."""
    monkeypatch.setattr(Process, "pulsed_at", None)
    monkeypatch.setattr(Process, "started_at", OPENED - timedelta(hours=2))


@pytest.fixture
def room(world) -> ExamRoom:
    return exam_room(world)

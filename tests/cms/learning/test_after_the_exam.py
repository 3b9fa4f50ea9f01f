"""The learner's way, on the day of the exam."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.courses.building import make_world
from tests.courses.exams.building import exam_room, sit_down

pytestmark = pytest.mark.django_db


def test_after_handing_in_the_way_says_so_and_no_mark_is_shown_before_its_release(client):
    now = timezone.now()
    room = exam_room(make_world(), when=now - timedelta(minutes=1))
    sit_down(client, room)
    assert "已交卷" not in client.get("/learn/").content.decode()
    room.start(when=now).submit(when=now)
    page = client.get("/learn/").content.decode()
    assert "已交卷" in page and "有成绩了" not in page
    room.exam.grades.update(released_at=now)
    assert "有成绩了" in client.get("/learn/").content.decode()

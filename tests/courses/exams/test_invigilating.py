"""The invigilator's desk: the room at a glance, and its buttons."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from courses.exams.models import Attempt, Incident, Sitting
from tests.courses.exams.building import exam_room, exam_scene

pytestmark = pytest.mark.django_db


def build_scene():
    return exam_scene(timezone.now() - timedelta(minutes=5))


@pytest.fixture
def room(world):
    return exam_room(world, when=timezone.now() - timedelta(minutes=5))


@pytest.fixture
def desk_of(client, room):
    client.force_login(room.invigilator)
    return reverse("exams_sitting", args=[room.sitting.pk])


def test_the_room_shows_every_seat_and_what_is_saved(client, room, desk_of):
    seat = room.start(when=timezone.now())
    seat.save(1, 1, None, when=timezone.now())
    text = client.get(desk_of).content.decode()
    assert all(name in text for name in ("王国强", "李德顺", "陈小龙", "张志远"))
    assert "赵铁柱" not in text, "who may not sit is not here"
    assert "T-01" in text


@pytest.mark.parametrize("count", [1, 4])
def test_more_seats_cost_no_more_queries(client, room, desk_of, count, django_assert_max_num_queries):
    for number, name in enumerate(list(room.learners)[:count]):
        if number < 3:
            room.start(name, terminal=number, when=timezone.now())
    client.get(desk_of)
    with django_assert_max_num_queries(45):
        client.get(desk_of)


def test_a_pause_needs_a_reason_and_ends_with_a_press(client, room, desk_of):
    client.post(desk_of, {"act": "pause", "reason": ""})
    assert not room.sitting.pauses.exists()
    client.post(desk_of, {"act": "pause", "reason": "点名"})
    assert room.sitting.pauses.get().until is None
    client.post(desk_of, {"act": "resume"})
    assert room.sitting.pauses.get().until is not None


def test_more_time_for_one_and_handing_in_for_one(client, room, desk_of):
    seat = room.start(when=timezone.now())
    client.post(desk_of, {"act": "extend", "attempt": seat.attempt.pk, "minutes": "10", "reason": "键盘坏了"})
    assert Attempt.objects.get().extra_seconds == 600
    client.post(desk_of, {"act": "force", "attempt": seat.attempt.pk, "reason": "身体不适"})
    assert Attempt.objects.get().state == Attempt.State.SUBMITTED
    assert Incident.objects.filter(attempt=seat.attempt).count() == 2
    assert "王国强" in client.get(desk_of).content.decode(), "who has handed in stays on the list"


@pytest.mark.parametrize("minutes", ["900", "0", "abc", ""])
def test_time_that_is_refused_stays_typed_with_its_reason(client, room, desk_of, minutes):
    """More than four hours is refused, not shortened: time is never taken away again."""
    seat = room.start(when=timezone.now())
    for whom in ({}, {"attempt": seat.attempt.pk}):
        page = client.post(desk_of, {"act": "extend", "minutes": minutes, "reason": "停电", **whom})
        text = page.content.decode()
        assert page.status_code == 422 and "一次可以加 1 分钟到 4 小时。" in text
        assert 'value="停电"' in text and (not minutes or f'value="{minutes}"' in text)
    assert Attempt.objects.get().extra_seconds == 0 and not Incident.objects.filter(kind="extend").exists()


def test_a_button_pressed_twice_gives_its_time_once(client, room, desk_of):
    """The page names each press."""
    room.start(when=timezone.now())
    press = re.search(r'name="press" value="(\w+)"', client.get(desk_of).content.decode())[1]
    for _twice in range(2):
        client.post(desk_of, {"act": "extend", "minutes": "10", "reason": "停电", "press": press})
    assert Attempt.objects.get().extra_seconds == 600 and Incident.objects.filter(kind="extend").count() == 1


def test_help_for_one_seat_opens_below_it_and_can_be_left(client, room, desk_of):
    seat = room.start(when=timezone.now())
    address = f"{desk_of}?help={seat.attempt.pk}"
    assert f'href="?help={seat.attempt.pk}#seat-' in client.get(desk_of).content.decode()
    text = client.get(address).content.decode()
    assert all(f'name="act" value="{act}"' in text for act in ("extend", "move", "force", "void"))
    assert 'class="q-btn q-btn--bare" href="?"' in text, "the way out"
    assert 'value="void"' not in client.get(f"{desk_of}?help=nobody").content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, ""), (1, "1 second"), (59, "59 seconds"), (600, "10 minutes"), (90, "1 min 30 s")]
)
def test_the_log_says_minutes(seconds, words):
    with translation.override("en"):
        assert Incident(seconds=seconds).duration == words


def test_closing_and_what_is_no_button(client, room, desk_of):
    assert client.post(desk_of, {"act": "burn"}).status_code == 404
    client.post(desk_of, {"act": "close", "reason": "全部考完"})
    assert Sitting.objects.get().state == Sitting.State.CLOSED


def test_planning_and_opening_a_sitting(client, world):
    room = exam_room(world, when=timezone.now(), opened=False)
    client.force_login(room.invigilator)
    page = reverse("exams_plan_sitting", args=[room.exam.training_class_id])
    assert client.get(page).status_code == 200
    when = timezone.localtime() + timedelta(minutes=10)
    client.post(page, {"planned_for": when.strftime("%Y-%m-%dT%H:%M"), "room": world.room.pk})
    sitting = Sitting.objects.latest("pk")
    client.post(reverse("exams_sitting", args=[sitting.pk]), {"act": "open"})
    sitting.refresh_from_db()
    assert (sitting.state, sitting.paper.items.count()) == (Sitting.State.OPEN, 20)


def test_a_sitting_of_others_is_not_there(client, room, desk_of, django_user_model):
    stranger = django_user_model.objects.create(username="stranger")
    stranger.groups.add(*room.invigilator.groups.all())
    client.force_login(stranger)
    assert client.get(desk_of).status_code == 404
    assert client.post(desk_of, {"act": "pause", "reason": "x"}).status_code == 404


def test_an_answer_is_a_sign_of_life(client, room, desk_of):
    """The page sends no other beside it; whoever has done neither for a while is named."""
    now = timezone.now()
    started = now - timezone.timedelta(minutes=5)
    writes, gone = room.start("王国强", when=started), room.start("李德顺", terminal=1, when=started)
    writes.save(1, 1, None, when=now)
    rows = {row["attempt"].pk: row for row in client.get(desk_of).context["seats"] if row["attempt"]}
    assert not rows[writes.attempt.pk]["away"] and rows[gone.attempt.pk]["away"]

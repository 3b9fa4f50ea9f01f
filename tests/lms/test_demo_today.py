"""The demo stands at whatever hour it is started: today's lesson has begun today, and today's move was today."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from courses.classes.rules import minutes_of
from lms.demo.movements import times_of_moves
from lms.demo.staff import QUALIFICATIONS, valid_to
from lms.demo.today import already_begun, weekdays

HOURS = [
    "2026-11-22 23:59", "2026-11-23 00:00", "2026-11-23 00:03", "2026-11-23 00:59", "2026-11-23 07:50",
    "2026-11-23 08:10", "2026-12-31 23:50", "2027-01-01 00:10", "2028-02-29 00:10", "2028-03-01 12:00", "2031-12-31 12:00",
]  # fmt: skip


@pytest.fixture(params=HOURS)
def now(request):
    return timezone.make_aware(datetime.fromisoformat(request.param))


def test_the_lesson_of_today_has_begun_today(now):
    begun = timezone.localtime(already_begun(now))
    assert begun <= now and begun.date() == timezone.localdate(now)
    assert begun.time() == time(begun.hour)
    assert now - begun < timedelta(hours=2) or begun.hour == 20, "recently, but not into the night"
    assert (begun + timedelta(minutes=minutes_of(8))).date() == begun.date(), "tomorrow's may begin at midnight"


def test_one_moved_today_and_two_yesterday(now):
    today, *yesterday = times_of_moves(now)
    assert today <= now and timezone.localdate(today) == timezone.localdate(now)
    assert {timezone.localdate(at) for at in yesterday} == {timezone.localdate(now) - timedelta(days=1)}
    assert len({today, *yesterday}) == 3


def test_trainers_of_todays_classes_are_qualified_in_every_year(now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    found = {account: valid_to(until) for account, _kind, _level, until in QUALIFICATIONS}
    for account in ("trainer_lin", "trainer_su"):
        assert found[account] >= timezone.localdate() + timedelta(days=365)
    assert found["trainer_he"] < timezone.localdate(), "one whose qualification has ended"


def test_weekdays_go_over_the_end_of_a_february():
    found = weekdays(datetime(2028, 3, 1).date(), -1, 2)
    assert [day.isoformat() for day in found] == ["2028-02-29", "2028-02-28"]

"""Two requests of one learner at the same moment: a double click, two tabs, two terminals (EXM-5, G9)."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from courses.exams import actions as exams
from courses.exams.models import Answer, AnswerLog, Attempt, Grade
from courses.exams.rules.protocol import Reply
from tests.courses.building import make_world
from tests.courses.exams.building import exam_room, later

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned or refused with; all of them begin together, each with a connection of its own."""
    gate = threading.Barrier(len(calls))
    came: list[Any] = [None] * len(calls)

    def run(number: int) -> None:
        try:
            gate.wait(10)
            came[number] = calls[number]()
        except Exception as problem:
            came[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


@pytest.fixture
def room():
    return exam_room(make_world())


def single(room):
    return [item for item in room.sitting.paper.items.all() if item.type == "single"]


def test_two_starts_at_once_are_one_attempt_of_one_terminal(room):
    came = at_once(lambda: room.start(terminal=0), lambda: room.start(terminal=1))
    refused = [one for one in came if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [exams.Elsewhere], came
    (begun,) = [one for one in came if one not in refused]
    attempt = Attempt.objects.get()
    assert (attempt.pk, attempt.terminal) == (begun.attempt.pk, begun.terminal)
    assert refused[0].terminal == begun.terminal.name
    assert begun.save(1, 1, None, later(1)).reply == Reply.OK

    first, second = at_once(*[lambda: room.start("李德顺", terminal=2)] * 2)
    assert (first.attempt, first.token) == (second.attempt, second.token), "a double click"
    assert Attempt.objects.count() == 2

    exams.move_seat(attempt=attempt, by=room.invigilator, reason="显示器坏了", at=later(2))
    came = at_once(*[lambda there=there: room.start(terminal=there, when=later(3)) for there in (0, 1)])
    assert sum(isinstance(one, exams.Elsewhere) for one in came) == 1, "a moved seat goes to one of those who ask"


def test_of_two_saves_at_once_the_higher_number_stays_and_ten_submissions_are_one_g9(room):
    seat = room.start()
    for item, order in zip(single(room)[:2], [(1, 2), (2, 1)], strict=True):
        calls = [lambda item=item, seq=seq: seat.save(item.position, seq, seq, later(1)) for seq in order]
        replies = dict(zip(order, (one.reply for one in at_once(*calls)), strict=True))
        assert replies[2] == Reply.OK
        assert replies[1] in {Reply.OK, Reply.STALE}
        answer = Answer.objects.get(position=item.position)
        assert (answer.seq, answer.value) == (2, 2)
        accepted = [1, 2] if replies[1] == Reply.OK else [2]
        assert list(AnswerLog.objects.filter(position=item.position).values_list("seq", flat=True)) == accepted

    came = at_once(*[lambda: seat.submit(when=later(60))] * 10)
    assert sorted(one.reply for one in came) == [Reply.OK] + [Reply.SAME] * 9
    assert len({one.attempt.receipt for one in came}) == 1
    assert Grade.objects.get().score == 10
    assert seat.fresh().state == Attempt.State.SUBMITTED


def test_a_save_and_a_submission_at_once_lose_nothing_that_was_acknowledged(room):
    position = single(room)[0].position
    for terminal, name in enumerate(("王国强", "李德顺", "陈小龙")):
        seat = room.start(name, terminal)
        saved, handed_in = at_once(
            lambda seat=seat: seat.save(position, 1, 2, later(1)), lambda seat=seat: seat.submit(when=later(1))
        )
        assert handed_in.reply == Reply.OK
        acknowledged = saved.reply == Reply.OK
        assert acknowledged or saved.reply == Reply.CLOSED
        assert seat.answers() == ({position: 2} if acknowledged else {})
        assert Grade.objects.get(attempt=seat.attempt).score == (5 if acknowledged else 0), "it counts for the mark"

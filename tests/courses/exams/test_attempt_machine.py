"""The attempt against a model of it (G8): any order of messages, lost, late and repeated ones, pauses, moves and the clock.

Each example plays up to twenty steps on the real verbs in a savepoint of its own. After each step the product is compared
with what the model says was acknowledged. The second test breaks the product on purpose: the machine must notice.
"""

import copy
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from courses.exams import actions as exams
from courses.exams.actions import attempts, closing
from courses.exams.models import Answer, AnswerLog, Attempt, Grade
from courses.exams.rules import clock, protocol
from courses.exams.rules.protocol import Facts, Reply
from tests.courses.exams.attempt_model import Model
from tests.courses.exams.building import ExamRoom, exam_scene, later, right

build_scene = exam_scene
LIMIT = 90 * 60
NAME = "王国强"
FORWARD = {"open": {"open", "submitted", "expired"}, "submitted": {"submitted"}, "expired": {"expired"}}
WRONG: dict[str, list[Any]] = {
    "single": [0, 1], "multiple": [[0], [1], [0, 1, 2]], "true_false": [False], "numeric": ["0", "3.4"],
}  # fmt: skip

settings.register_profile(
    "attempt", max_examples=25, stateful_step_count=20, derandomize=True, deadline=None, database=None, print_blob=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
PLAYED = settings.get_profile("attempt")
NOTICED = settings(PLAYED, phases=[Phase.generate], max_examples=60, report_multiple_bugs=False)

questions = st.sampled_from([0, 0, 1, 2, 3])  # few, so that messages meet
steps = st.sampled_from([1, 1, 1, 2, 0, -1])
values = st.sampled_from(["right", 0, 1, 2, None])
terminals = st.integers(0, 2)
at_the_seat = st.sampled_from([True, True, True, False])


class AttemptMachine(RuleBasedStateMachine):
    """The verbs on one side, the model on the other. `place` is the open sitting."""

    place: ExamRoom
    sent = Bundle("sent")  # every message that ever left a terminal may arrive again, at any time

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.room = copy.deepcopy(self.place)
        self.items = self._one_of_each_type()
        self.model = Model(LIMIT)
        self.attempt: Attempt | None = None
        self.given: dict[int, str] = {}
        self.receipt = ""
        self.state = "open"

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def _one_of_each_type(self) -> list[Any]:
        items = sorted(self.room.sitting.paper.items.all(), key=lambda item: item.question_id)
        return [next(item for item in items if item.type == kind) for kind in WRONG]

    def _value(self, question: int, chosen: Any) -> Any:
        item = self.items[question]
        if chosen == "right":
            return right(item)
        return None if chosen is None else WRONG[item.type][chosen % len(WRONG[item.type])]

    def _holds(self, terminal: int, token: str) -> bool:
        return self.model.seat == terminal and token == self.model.tokens.get(terminal)

    @property
    def now(self) -> Any:
        return later(self.model.now)

    @initialize(terminal=terminals, paused=st.booleans())
    def sit_down(self, terminal: int, paused: bool) -> None:
        if paused:
            self.pause(60)
            self.start(terminal)
            self.resume(5)
        self.start(terminal)

    def _where(self, at_the_seat: bool) -> tuple[int, str]:
        """The terminal from which a message comes, and the newest token that it was given."""
        seat = self.model.seat or 0
        here = seat if at_the_seat else (seat + 1) % 3
        return here, self.given.get(here, "never held")

    # --- the learner ------------------------------------------------------------------------------------------------
    @rule(terminal=terminals)
    def start(self, terminal: int) -> None:
        expected = self.model.start(terminal)
        try:
            seat = self.room.start(NAME, terminal, self.now)
        except exams.Elsewhere:
            assert expected == "elsewhere"
            return
        except ValidationError:
            assert expected == "refused"
            return
        assert expected in {"begun", "on", "closed"}
        assert self.attempt in (None, seat.attempt), "one attempt"
        self.attempt = seat.attempt
        assert bool(seat.token) == (expected != "closed")
        if seat.token:
            self.given[terminal] = seat.token
            held = self.model.tokens.setdefault(terminal, seat.token)
            assert held == seat.token, "starting again gives the same token"

    @rule(target=sent, answers=st.lists(st.tuples(questions, steps, values), min_size=1, max_size=4), there=at_the_seat)
    def save(self, answers: list[tuple[int, int, Any]], there: bool) -> tuple[Any, ...]:
        """A step of 1 from the stored number is the next answer, 0 another tab, -1 one that was overtaken."""
        for question, step, value in answers:
            kept = self.model.kept.get(question)
            seq = max(0, (kept.seq if kept else 0) + step)
            message = (question, seq, self._value(question, value), *self._where(there))
            self.arrives(message)
        return message

    @rule(message=sent)
    def arrives(self, message: tuple[Any, ...]) -> None:
        """Once more, or late: the reply was lost, or the network held it back."""
        question, seq, value, terminal, token = message
        self._save(question, seq, value, terminal, token, None)

    @precondition(lambda self: self.model.seat is not None)
    @rule(question=questions, flagged=st.booleans())
    def flag(self, question: int, flagged: bool) -> None:
        kept, seat = self.model.kept.get(question), self.model.seat
        seq, value = (kept.seq, kept.value) if kept else (0, None)
        self._save(question, seq, value, seat, self.model.tokens[seat], flagged)

    def _save(
        self, question: int, seq: int, value: Any, terminal: int | None, token: str, flagged: bool | None
    ) -> None:  # fmt: skip
        expected = self.model.save(question, seq, value, self._holds(terminal, token), flagged)
        answered = exams.save_answer(
            attempt=self.attempt, position=self.items[question].position, seq=seq, value=value,
            terminal=self.room.terminals[terminal], token=token, flagged=flagged, at=self.now,
        )  # fmt: skip
        assert answered.reply == expected
        kept = self.model.kept.get(question)
        assert (answered.seq, answered.value) == ((kept.seq, kept.value) if kept else (0, None)), "the echo"

    @rule(believed=st.sampled_from(["right", "one more", "silent"]), there=at_the_seat)
    def submit(self, believed: str, there: bool) -> None:
        here, token = self._where(there)
        count = {"right": self.model.answered, "one more": self.model.answered + 1, "silent": None}[believed]
        expected = self.model.submit(count, self._holds(here, token))
        handed_in = exams.submit(
            attempt=self.attempt, terminal=self.room.terminals[here], token=token, believed=count, at=self.now
        )
        assert handed_in.reply == expected
        assert (handed_in.answered, len(handed_in.missing)) == (self.model.answered, 20 - self.model.answered)
        if expected == "same":
            assert handed_in.attempt.receipt == self.receipt, "twice is once"

    # --- the room and the clock -------------------------------------------------------------------------------------
    @rule(seconds=st.sampled_from([1, 9, 10, 11, 600, 1800]))
    def time_passes(self, seconds: int) -> None:
        self.model.wait(seconds)

    @precondition(lambda self: self.model.state == "open")
    @rule(seconds=st.sampled_from([5, 10, 11, 60]), first=st.sampled_from(["answer", "submit", "start", "sweep"]))
    def the_end_comes(self, seconds: int, first: str) -> None:
        """And one message, or the sweep, is the first to find out."""
        if self.model.paused_for is not None:
            self.resume(0)
        self.model.wait(max(0, self.model.left + seconds))
        if first == "answer":
            self.next_answer()
        elif first == "submit":
            self.submit("right", True)
        elif first == "start":
            self.start(self.model.seat or 0)
        else:
            self.sweep()

    def next_answer(self) -> None:
        kept = self.model.kept.get(0)
        here, token = self._where(True)
        self._save(0, kept.seq + 1 if kept else 1, right(self.items[0]), here, token, None)

    @precondition(lambda self: self.model.paused_for is not None)
    @rule(seconds=st.sampled_from([0, 5, 300]))
    def resume(self, seconds: int) -> None:
        self.model.wait(seconds)
        exams.resume_room(sitting=self.room.sitting, by=self.room.invigilator, at=self.now)
        self.model.paused_for = None

    @rule(
        act=st.sampled_from(["pause", "extend", "move_seat"]),
        seconds=st.sampled_from([1, 10, 11, 600]),
        one=st.booleans(),
    )
    def invigilator(self, act: str, seconds: int, one: bool) -> None:
        """One rule for the three: else an example would be all of these and no answers."""
        if act == "extend":
            self.extend(seconds, one)
        elif act == "pause":
            self.pause(seconds)
        elif self.model.state == "open":
            self.move_seat(int(one))

    def pause(self, seconds: int) -> None:
        exams.pause_room(sitting=self.room.sitting, by=self.room.invigilator, reason="点名", at=self.now)
        if self.model.paused_for is None:
            self.model.paused_for = 0
        self.model.wait(seconds)
        if self.attempt:
            self.next_answer()

    def extend(self, seconds: int, one: bool) -> None:
        writing = self.model.state == "open"
        try:
            exams.extend(
                sitting=self.room.sitting, seconds=seconds, reason="停电", by=self.room.invigilator, at=self.now,
                attempt=self.attempt if one else None,
            )  # fmt: skip
        except ValidationError:
            assert not writing
            return
        assert writing
        self.model.given += seconds

    def move_seat(self, terminal: int) -> None:
        """Moved; the learner sits down at once, perhaps where he was, while his old page still sends."""
        exams.move_seat(attempt=self.attempt, by=self.room.invigilator, reason="显示器坏了", at=self.now)
        if self.model.seat is not None:
            self.model.seat = None
            self.model.tokens.clear()
        self.start(terminal)

    def sweep(self) -> None:
        assert exams.close_overdue(at=self.now) == self.model.sweep()

    # --- what holds after every step --------------------------------------------------------------------------------
    @invariant()
    def what_was_acknowledged_is_what_is_stored(self) -> None:
        of_question = {item.position: question for question, item in enumerate(self.items)}
        stored = {
            of_question[position]: (seq, value, flagged)
            for position, seq, value, flagged in Answer.objects.values_list("position", "seq", "value", "flagged")
        }
        assert stored == {q: (kept.seq, kept.value, kept.flagged) for q, kept in self.model.kept.items()}
        log = AnswerLog.objects.order_by("pk").values_list("position", "seq", "value")
        assert [(of_question[position], seq, value) for position, seq, value in log] == self.model.log

    @invariant()
    def one_attempt_that_only_goes_forward(self) -> None:
        assert Attempt.objects.count() == int(self.model.started)
        if self.attempt is None:
            return
        row = exams.attempts.locked(self.attempt.pk)
        assert row.state == self.model.state
        assert row.state in FORWARD[self.state]
        self.state = row.state
        if row.state == "open":
            assert closing.facts_of(row).left(self.now).total_seconds() == self.model.left, "to the second"
            assert (row.closed_at, row.receipt) == (None, "")
        else:
            assert row.closed_at == later(self.model.closed)
            self.receipt = self.receipt or row.receipt
            assert row.receipt == self.receipt != ""

    @invariant()
    def one_mark_that_is_the_models(self) -> None:
        marks = list(Grade.objects.values_list("score", flat=True))
        if self.model.state == "open":
            assert marks == []
        else:
            assert marks == [Decimal(self.model.points(lambda q, value: value == right(self.items[q])))]


def play(room: ExamRoom, how: settings) -> None:
    class Here(AttemptMachine):
        place = room

    run_state_machine_as_test(Here, settings=how)


def test_the_attempt_agrees_with_its_model_in_any_order_of_messages_g8(room):
    play(room, PLAYED)


def last_arrival_wins(facts, stored, save):
    return protocol.decide_save(facts, protocol.Stored(), save)


def never_the_same(facts, stored, save):
    reply = protocol.decide_save(facts, stored, save)
    return Reply.STALE if reply == Reply.SAME else reply


def closes_again(facts, answered, submit):
    reply = protocol.decide_submit(facts, answered, submit)
    return Reply.LATE if reply == Reply.SAME else reply


DEFECTS = {
    "the last to arrive wins": (attempts, "decide_save", last_arrival_wins),
    "a lost reply is not recognised": (attempts, "decide_save", never_the_same),
    "a second submission closes again": (attempts, "decide_submit", closes_again),
    "no grace": (protocol, "GRACE", clock.GRACE * 0),
    "too much grace": (protocol, "GRACE", clock.GRACE * 2),
    "a pause takes time": (clock, "paused_within", lambda _pauses, _start, end: end - end),
    "any terminal may write": (attempts, "holds", lambda *_: True),
    "closed when found, not at the deadline": (Facts, "deadline", lambda _facts, now: now),
    "nothing is marked": (closing.grading, "grade_attempt", lambda **_: None),
}


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("defect", DEFECTS)
def test_the_machine_notices_when_g8(room, monkeypatch, defect):
    monkeypatch.setattr(*DEFECTS[defect])
    with pytest.raises(AssertionError):
        play(room, NOTICED)

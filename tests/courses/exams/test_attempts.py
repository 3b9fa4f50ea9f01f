"""The learner's messages (EXM-5, EXM-6): start, answer, hand in; lost replies, late ones, two terminals."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from courses.exams import actions as exams
from courses.exams.booklet import Booklet
from courses.exams.models import Answer, AnswerLog, Attempt, Grade, PaperItem
from courses.exams.rules.protocol import Reply
from tests.courses.exams.building import OPENED, exam_room, exam_scene, later, right

END = 90 * 60
build_scene = exam_scene


@pytest.fixture
def seat(room):
    return room.start()


def keyed(room) -> dict[int, PaperItem]:
    return {item.position: item for item in room.sitting.paper.items.all()}


def choice_question(room) -> int:
    return next(item.position for item in keyed(room).values() if item.type == "single")


def test_starting_twice_is_one_attempt_with_the_same_order_and_token_exm_6(room, seat):
    again = room.start(when=later(60))
    assert (again.attempt.pk, again.token, again.attempt.order) == (seat.attempt.pk, seat.token, seat.attempt.order)
    assert again.attempt.started_at == OPENED
    assert Attempt.objects.count() == 1


def test_each_attempt_has_its_own_order_of_questions_and_choices_exm_6(room, seat):
    other = room.start("李德顺", 1)
    assert other.attempt.order != seat.attempt.order
    assert sorted(position for position, _choices in seat.attempt.order) == list(range(1, 21))


def test_a_page_of_the_booklet_carries_no_key_exm_6(room, seat):
    for page in Booklet.of(exams.attempts.locked(seat.attempt.pk)):
        assert not hasattr(page.item, "key")
        assert page.parse(page.posted(right(keyed(room)[page.item.position]))) == right(keyed(room)[page.item.position])


def test_another_terminal_is_refused_until_the_seat_is_moved(room, seat):
    with pytest.raises(exams.Elsewhere, match="T-01"):
        room.start(terminal=1)
    assert exams.seat_held_by(room.learners["王国强"].pk) == room.terminals[0].pk
    exams.move_seat(attempt=seat.attempt, by=room.invigilator, reason="显示器坏了", at=later(100))
    assert seat.save(1, 1, None, later(101)).reply == Reply.ELSEWHERE
    moved = room.start(terminal=1, when=later(120))
    assert (moved.attempt.pk, moved.token != seat.token) == (seat.attempt.pk, True)
    assert moved.save(choice_question(room), 1, 2, later(121)).reply == Reply.OK
    assert seat.save(choice_question(room), 2, 1, later(122)).reply == Reply.ELSEWHERE


@pytest.mark.parametrize("token", ["", "0" * 32])
def test_a_wrong_token_saves_nothing(room, seat, token):
    seat.token = token
    assert seat.save(choice_question(room), 1, 2).reply == Reply.ELSEWHERE
    assert seat.submit().reply == Reply.ELSEWHERE
    assert not Answer.objects.exists()


def test_who_is_not_on_the_list_or_short_of_hours_cannot_start_exm_2(room):
    with pytest.raises(ValidationError, match=r"名单|list"):
        room.start("赵铁柱")


def test_nobody_starts_before_the_sitting_is_open(world):
    closed = exam_room(world, opened=False)
    with pytest.raises(ValidationError):
        closed.start()


def test_a_lost_reply_is_the_same_answer_and_an_old_one_never_overwrites(room, seat):
    position = choice_question(room)
    assert seat.save(position, 1, 0, later(10)).reply == Reply.OK
    assert seat.save(position, 2, 2, later(20)).reply == Reply.OK
    assert seat.save(position, 2, 2, later(25)).reply == Reply.SAME
    late_arrival = seat.save(position, 1, 0, later(30))
    assert (late_arrival.reply, late_arrival.seq, late_arrival.value) == (Reply.STALE, 2, 2)
    other_tab = seat.save(position, 2, 3, later(31))
    assert (other_tab.reply, other_tab.value) == (Reply.STALE, 2)
    assert seat.answers() == {position: 2}
    assert list(AnswerLog.objects.values_list("seq", "value")) == [(1, 0), (2, 2)]


def test_an_answer_can_be_taken_back_and_a_flag_survives(room, seat):
    position = choice_question(room)
    seat.save(position, 1, 0)
    exams.save_answer(
        attempt=seat.attempt, position=position, seq=1, value=0, terminal=seat.terminal, token=seat.token, flagged=True,
        at=OPENED,
    )  # fmt: skip
    assert seat.save(position, 2, None).reply == Reply.OK
    answer = Answer.objects.get()
    assert (answer.value, answer.flagged, answer.seq) == (None, True, 2)
    assert seat.submit(believed=0).reply == Reply.OK


def test_a_flag_alone_needs_no_answer(room, seat):
    reply = exams.save_answer(
        attempt=seat.attempt, position=3, seq=0, value=None, terminal=seat.terminal, token=seat.token, flagged=True,
        at=OPENED,
    )  # fmt: skip
    assert (reply.reply, reply.saved_at) == (Reply.SAME, None)
    assert Answer.objects.get().flagged


@pytest.mark.parametrize("value", [7, -1, "A", True, [1], {"a": 1}, "x" * 5000])
def test_what_cannot_be_an_answer_is_refused_and_not_stored(room, seat, value):
    with pytest.raises(ValidationError):
        seat.save(choice_question(room), 1, value)
    with pytest.raises(ValidationError):
        seat.save(99, 1, None)
    assert not Answer.objects.exists()


def test_an_answer_within_the_grace_counts_one_after_it_does_not_exm_5(room, seat):
    position = choice_question(room)
    assert seat.save(position, 1, 2, later(END + 10)).reply == Reply.OK
    late = seat.save(position, 2, 0, later(END + 10.001))
    assert late.reply == Reply.LATE
    attempt = seat.fresh()
    assert (attempt.state, attempt.closed_at) == (Attempt.State.EXPIRED, later(END))
    assert late.attempt.receipt == attempt.receipt != ""
    assert seat.answers() == {position: 2}
    assert seat.save(position, 3, 1, later(END + 20)).reply == Reply.CLOSED


def test_handing_in_twice_gives_the_same_receipt_and_one_mark(room, seat):
    for item in list(keyed(room).values())[:17]:
        seat.save(item.position, 1, right(item), later(60))
    first = seat.submit(believed=17, when=later(100))
    again = seat.submit(when=later(105))
    assert (first.reply, again.reply) == (Reply.OK, Reply.SAME)
    assert first.attempt.receipt == again.attempt.receipt
    assert (first.answered, len(first.missing)) == (17, 3)
    assert Grade.objects.get().score == Decimal(85)
    assert Grade.objects.get().released_at is None


def test_handing_in_with_another_count_closes_nothing_and_names_what_is_missing(room, seat):
    seat.save(choice_question(room), 1, 2)
    reply = seat.submit(believed=2)
    assert reply.reply == Reply.DIFFERS
    assert seat.fresh().state == Attempt.State.OPEN
    assert choice_question(room) not in reply.missing
    assert len(reply.missing) == 19


def test_handing_in_after_the_end_shows_a_receipt_with_the_deadline(room, seat):
    reply = seat.submit(when=later(END + 60))
    assert (reply.reply, seat.fresh().state, seat.fresh().closed_at) == (Reply.LATE, "expired", later(END))


def test_the_sweep_closes_what_ran_out_with_the_deadline_as_time_and_marks_it(room, seat):
    seat.save(choice_question(room), 1, 2)
    assert exams.close_overdue(at=later(END + 10)) == 0
    assert exams.close_overdue(at=later(END + 11)) == 1
    assert exams.close_overdue(at=later(END + 11)) == 0
    assert seat.fresh().closed_at == later(END)
    assert Grade.objects.get().score == Decimal(5)


def test_a_beat_says_what_is_left_and_where_the_learner_is(room, seat):
    reply = seat.beat(later(60), number=7)
    assert (reply.reply, reply.remaining) == (Reply.OK, END - 60)
    assert (seat.fresh().at_number, seat.fresh().last_beat_at) == (7, later(60))
    assert seat.beat(later(70), number=99).reply == Reply.OK
    assert seat.fresh().at_number == 7
    assert seat.beat(later(END + 11)).reply == Reply.LATE
    assert seat.beat(later(END + 12)).reply == Reply.CLOSED


def test_a_raised_hand_is_up_once_and_down_when_somebody_comes(room, seat):
    for _twice in range(2):
        exams.raise_hand(attempt=seat.attempt, at=later(5))
    assert room.sitting.incidents.filter(kind="hand").count() == 1
    exams.go_to_seat(attempt=seat.attempt, by=room.invigilator)
    assert seat.fresh().hand_raised_at is None


def test_a_save_takes_at_most_six_statements(room, seat, django_assert_max_num_queries):
    position = choice_question(room)
    seat.save(position, 1, 2)
    for seq, value in ((2, 0), (3, 1)):
        with django_assert_max_num_queries(6 + 2):  # and the two of the savepoint that a test adds
            seat.save(position, seq, value)

"""What the invigilator does (EXM-5): freeze, pause, extend, move, give back, open again, void, close."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from courses.classes.models import TrainingClass
from courses.exams import actions as exams
from courses.exams.actions import pulse as pulsing
from courses.exams.actions import sittings as sitting_verbs
from courses.exams.models import Attempt, Grade, Heartbeat, Incident, Outage, Pause, Sitting
from courses.exams.rules.protocol import Reply
from courses.journal.models import JournalEntry
from courses.people.models import Room, User
from courses.questions import actions as questions
from tests.courses.building import at
from tests.courses.exams.building import OPENED, exam_room, exam_scene, later, right

END = 90 * 60
build_scene = exam_scene


@pytest.fixture
def seat(room):
    return room.start()


def single(room):
    return next(item for item in room.sitting.paper.items.all() if item.type == "single")


# --- planning and opening -------------------------------------------------------------------------------------------
def test_the_same_plan_again_is_the_same_sitting(world):
    room = exam_room(world, opened=False)
    again = exams.plan_sitting(exam=room.exam, planned_for=OPENED, room=world.room, by=room.invigilator)
    assert again == room.sitting
    assert again.limit_seconds == END


def test_plans_that_cannot_be(world):
    room = exam_room(world, opened=False)
    elsewhere = Room.objects.create(organisation=world.city, name="会议室")
    plan = {"exam": room.exam, "by": room.invigilator}
    with pytest.raises(ValidationError):
        exams.plan_sitting(planned_for=OPENED, room=elsewhere, **plan)
    with pytest.raises(ValidationError):
        exams.plan_sitting(planned_for=at(1, month=8), **plan)
    room.exam.mode = "paper"
    room.exam.save()
    with pytest.raises(ValidationError):
        exams.plan_sitting(planned_for=later(86400), **plan)
    with pytest.raises(PermissionDenied):
        exams.plan_sitting(exam=room.exam, planned_for=OPENED, by=world.officer)


def test_after_the_class_only_its_resit_is_planned_exm_3(world):
    room = exam_room(world, opened=False)
    room.exam.training_class.state = TrainingClass.State.CLOSED
    room.exam.training_class.save()
    plan = {"exam": room.exam, "planned_for": later(86400), "room": world.room, "by": room.invigilator}
    with pytest.raises(ValidationError):
        exams.plan_sitting(**plan)
    assert exams.plan_sitting(resit=True, **plan).resit


def test_opening_freezes_the_paper_and_later_edits_do_not_reach_it_exm_6(room):
    item = single(room)
    before = sitting_verbs.seal_of(room.sitting.paper.seed, list(room.sitting.paper.items.all()))
    questions.revise(question=item.question, text="改过的题", key={"right": 0}, by=room.world.admin_provider)
    questions.retire(question=room.sitting.paper.items.last().question, by=room.world.admin_provider)
    paper = Sitting.objects.get().paper
    assert sitting_verbs.seal_of(paper.seed, list(paper.items.all())) == before == paper.sha256
    assert not paper.items.filter(text="改过的题").exists()


def test_a_changed_word_breaks_the_seal(room):
    items = list(room.sitting.paper.items.all())
    items[0].key = {"right": 1} if items[0].key != {"right": 1} else {"right": 0}
    assert sitting_verbs.seal_of(room.sitting.paper.seed, items) != room.sitting.paper.sha256


def test_opening_twice_is_one_paper(room):
    again = exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=later(5))
    assert (again.paper, again.opened_at) == (room.sitting.paper, OPENED)
    assert room.exam.papers.count() == 1


def test_a_sitting_opens_at_most_an_hour_early(world):
    room = exam_room(world, opened=False)
    with pytest.raises(ValidationError, match="2025-09-10 09:00"):
        exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=later(-3601))
    assert exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=later(-3600)).state == "open"


def test_a_bank_that_has_become_too_small_is_refused(world):
    room = exam_room(world, opened=False)
    questions.retire(question=room.exam.bank.questions.first(), by=world.admin_provider)
    with pytest.raises(ValidationError, match="19"):
        exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=OPENED)
    assert Sitting.objects.get().paper is None


def test_a_server_that_could_forget_answers_does_not_open_a_sitting(world, settings):
    if connection.vendor != "sqlite":
        pytest.skip("the tests' SQLite runs without fsync; PostgreSQL keeps its own")
    room = exam_room(world, opened=False)
    settings.LMS_DURABLE = True
    with pytest.raises(ValidationError):
        exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=OPENED)


def test_a_full_disk_does_not_open_a_sitting(world, monkeypatch):
    room = exam_room(world, opened=False)
    full = type("Usage", (), {"free": 2**30 - 1, "total": 2**40})
    monkeypatch.setattr(sitting_verbs.shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(ValidationError):
        exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=OPENED)


def test_a_list_with_nobody_on_it_is_refused(world):
    room = exam_room(world, opened=False)
    room.exam.training_class.enrolments.update(state="suspended")
    from courses.exams.models import ExamEntry

    ExamEntry.objects.update(eligible=False)
    with pytest.raises(ValidationError):
        exams.open_sitting(sitting=room.sitting, by=room.invigilator, at=OPENED)


# --- the room -------------------------------------------------------------------------------------------------------
def test_a_pause_gives_everybody_exactly_what_they_had_exm_5(room, seat):
    other = room.start("李德顺", 1, later(100))
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="点名", at=later(600))
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="点名", at=later(601))
    assert Pause.objects.count() == 1
    for now in (601, 900, 9000):
        assert (seat.beat(later(now)).remaining, other.beat(later(now)).remaining) == (END - 600, END - 500)
        assert seat.beat(later(now)).reply == Reply.PAUSED
    exams.resume_room(sitting=room.sitting, by=room.invigilator, at=later(9000))
    exams.resume_room(sitting=room.sitting, by=room.invigilator, at=later(9001))
    assert seat.beat(later(9000)).remaining == END - 600
    assert list(Incident.objects.values_list("kind", flat=True)) == ["open", "pause", "resume"]


def test_what_was_under_way_when_the_room_stopped_is_kept_and_later_answers_wait(room, seat):
    item = single(room)
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="警报", at=later(600))
    assert seat.save(item.position, 1, 0, later(610)).reply == Reply.OK
    assert seat.save(item.position, 1, 0, later(700)).reply == Reply.SAME
    assert seat.save(item.position, 2, 1, later(700)).reply == Reply.PAUSED
    assert seat.submit(when=later(700)).reply == Reply.PAUSED
    exams.resume_room(sitting=room.sitting, by=room.invigilator, at=later(800))
    assert seat.save(item.position, 2, 1, later(801)).reply == Reply.OK


def test_nobody_starts_in_a_paused_room(room):
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="点名", at=later(1))
    with pytest.raises(ValidationError):
        room.start(when=later(2))


def test_extending_one_or_all_never_takes_time_and_one_press_counts_once(room, seat):
    other = room.start("李德顺", 1)
    give = {"sitting": room.sitting, "by": room.invigilator, "reason": "大字试卷", "at": later(60)}
    for _twice in range(2):
        exams.extend(seconds=1200, attempt=seat.attempt, press="p1", **give)
    exams.extend(seconds=300, press="p2", **give)
    assert (seat.fresh().extra_seconds, other.fresh().extra_seconds) == (1500, 300)
    for seconds in (0, -60, 4 * 3600 + 1):
        with pytest.raises(ValidationError):
            exams.extend(seconds=seconds, **give)


@pytest.mark.parametrize(
    "act",
    [
        lambda room, seat: exams.pause_room(sitting=room.sitting, by=room.invigilator, reason=" "),
        lambda room, seat: exams.extend(sitting=room.sitting, by=room.invigilator, reason="", seconds=60),
        lambda room, seat: exams.move_seat(attempt=seat.attempt, by=room.invigilator, reason=""),
        lambda room, seat: exams.void(attempt=seat.attempt, by=room.invigilator, reason=""),
        lambda room, seat: exams.force_submit(attempt=seat.attempt, by=room.invigilator, reason=""),
        lambda room, seat: exams.note(sitting=room.sitting, by=room.invigilator, text=" "),
    ],
)
def test_every_act_but_going_on_needs_a_reason(room, seat, act):
    with pytest.raises(ValidationError):
        act(room, seat)


@pytest.mark.parametrize(
    "act",
    [
        lambda room, seat, by: exams.open_sitting(sitting=room.sitting, by=by),
        lambda room, seat, by: exams.pause_room(sitting=room.sitting, by=by, reason="x"),
        lambda room, seat, by: exams.resume_room(sitting=room.sitting, by=by),
        lambda room, seat, by: exams.extend(sitting=room.sitting, by=by, reason="x", seconds=60),
        lambda room, seat, by: exams.close_sitting(sitting=room.sitting, by=by, reason="x"),
        lambda room, seat, by: exams.move_seat(attempt=seat.attempt, by=by, reason="x"),
        lambda room, seat, by: exams.reopen(attempt=seat.attempt, by=by, reason="x"),
        lambda room, seat, by: exams.void(attempt=seat.attempt, by=by, reason="x"),
        lambda room, seat, by: exams.force_submit(attempt=seat.attempt, by=by, reason="x"),
        lambda room, seat, by: exams.note(sitting=room.sitting, by=by, text="x"),
        lambda room, seat, by: exams.go_to_seat(attempt=seat.attempt, by=by),
    ],
)
def test_a_stranger_may_do_none_of_it(room, seat, act):
    with pytest.raises(PermissionDenied):
        act(room, seat, User.objects.create_user("stranger"))


# --- one learner ----------------------------------------------------------------------------------------------------
def test_a_paper_handed_in_by_mistake_comes_back_with_what_was_left(room, seat):
    seat.submit(when=later(1000))
    first = Grade.objects.get()
    exams.reopen(attempt=seat.attempt, by=room.invigilator, reason="误点交卷", seconds=60, at=later(1500))
    assert seat.beat(later(1500)).remaining == END - 1000 + 60
    assert seat.save(single(room).position, 1, 2, later(1501)).reply == Reply.OK
    receipt = seat.submit(when=later(1600)).attempt.receipt
    first.refresh_from_db()
    assert first.superseded_at == later(1500)
    assert Grade.objects.live().get().score == Decimal(5)
    assert receipt == seat.fresh().receipt


def test_a_mark_that_the_learner_has_seen_is_not_taken_back(room, seat):
    seat.submit(when=later(1000))
    Grade.objects.update(released_at=later(1100))
    for verb in (exams.reopen, exams.void):
        with pytest.raises(ValidationError):
            verb(attempt=seat.attempt, by=room.invigilator, reason="误点", at=later(1200))


def test_a_void_paper_keeps_its_answers_earns_no_mark_and_allows_another_sitting(room, seat):
    seat.save(single(room).position, 1, 2)
    seat.submit(when=later(1000))
    exams.void(attempt=seat.attempt, by=room.invigilator, reason="夹带", at=later(1100))
    assert seat.answers() and not Grade.objects.live().exists()
    assert exams.submit(attempt=seat.attempt, terminal=seat.terminal, token=seat.token).reply == Reply.CLOSED
    second = exams.plan_sitting(exam=room.exam, planned_for=later(7200), by=room.invigilator)
    exams.open_sitting(sitting=second, by=room.invigilator, at=later(7200))
    new, _token = exams.start(
        sitting=second, learner=room.learners["王国强"], terminal=room.terminals[0], at=later(7200)
    )
    assert new.pk != seat.attempt.pk
    assert new.sitting.paper != room.sitting.paper


def test_nobody_sits_the_same_exam_twice(room, seat):
    seat.submit(when=later(1000))
    second = exams.plan_sitting(exam=room.exam, planned_for=later(7200), by=room.invigilator)
    exams.open_sitting(sitting=second, by=room.invigilator, at=later(7200))
    with pytest.raises(ValidationError):
        exams.start(sitting=second, learner=room.learners["王国强"], terminal=room.terminals[0], at=later(7200))


def test_closing_hands_in_what_is_open_and_needs_a_reason_while_time_is_left(room, seat):
    seat.save(single(room).position, 1, right(single(room)))
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="撤离", at=later(600))
    with pytest.raises(ValidationError):
        exams.close_sitting(sitting=room.sitting, by=room.invigilator, at=later(700))
    for _twice in range(2):
        exams.close_sitting(sitting=room.sitting, by=room.invigilator, reason="撤离", at=later(700))
    assert seat.fresh().state == Attempt.State.SUBMITTED
    assert Grade.objects.get().score == Decimal(5)
    assert Pause.objects.get().until == later(700)
    assert list(Incident.objects.values_list("kind", flat=True)) == ["open", "pause", "force", "close"]
    with pytest.raises(ValidationError):
        room.start("李德顺", 1, later(800))


def test_a_sitting_that_nobody_closed_is_closed_half_a_day_later(room, seat):
    exams.close_overdue(at=later(END + 12 * 3600 - 60))
    assert Sitting.objects.get().state == "open"
    exams.close_overdue(at=later(END + 12 * 3600 + 60))
    assert Sitting.objects.get().state == "closed"


def test_every_act_is_in_the_journal(room, seat):
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="点名", at=later(1))
    seat.submit(when=later(5))
    verbs = set(JournalEntry.objects.filter(verb__startswith="exams.").values_list("verb", flat=True))
    assert {"exams.plan_sitting", "exams.open_sitting", "exams.start", "exams.pause_room", "exams.submit"} <= verbs


# --- outages and clocks ---------------------------------------------------------------------------------------------
@pytest.fixture
def away(room, seat, monkeypatch):
    """The server was killed at 600 s and answered again at 850 s."""
    pulsing.pulse(later(600))
    monkeypatch.setattr(pulsing.Process, "started_at", later(848))
    monkeypatch.setattr(pulsing.Process, "pulsed_at", None)
    pulsing.pulse(later(850))
    return Outage.objects.get()


def test_a_kill_shows_as_an_outage_and_is_given_back_once_exm_5(room, seat, away):
    assert (away.seconds, seat.beat(later(850)).remaining) == (250, END - 850)
    for _twice in range(2):
        exams.give_back_outage(sitting=room.sitting, outage=away, by=room.invigilator, at=later(900))
    assert seat.beat(later(900)).remaining == END - 900 + 250


def test_without_the_invigilator_the_clock_runs_on_exm_5(room, seat, away):
    exams.keep_outage(sitting=room.sitting, outage=away, by=room.invigilator, reason="当时在换教室", at=later(900))
    exams.give_back_outage(sitting=room.sitting, outage=away, by=room.invigilator, at=later(901))
    assert seat.fresh().extra_seconds == 0


def test_a_paper_that_ran_out_during_the_outage_comes_back_with_what_was_left(room, seat, monkeypatch):
    pulsing.pulse(later(END - 100))
    monkeypatch.setattr(pulsing.Process, "started_at", later(END + 298))
    monkeypatch.setattr(pulsing.Process, "pulsed_at", None)
    exams.close_overdue(at=later(END + 299))  # the worker is quicker than the first page
    pulsing.pulse(later(END + 300))
    assert seat.fresh().state == Attempt.State.EXPIRED
    given = {"sitting": room.sitting, "outage": Outage.objects.get(), "by": room.invigilator}
    exams.give_back_outage(at=later(END + 900), **given)
    assert seat.beat(later(END + 900)).remaining == 100
    assert not Grade.objects.live().exists()


def test_silence_without_a_restart_is_no_outage(room, seat):
    pulsing.pulse(later(600))
    pulsing.pulse(later(2000))
    assert not Outage.objects.exists()


@pytest.mark.parametrize("jump", [-3 * 86400, 13 * 3600], ids=["three days back", "half a day ahead"])
def test_a_clock_that_jumped_pauses_the_room_and_nobody_loses_a_second(room, seat, monkeypatch, jump):
    pulsing.pulse(later(600))
    monkeypatch.setattr(pulsing.Process, "pulsed_at", None)
    pulsing.pulse(later(620 + jump))
    assert exams.close_overdue(at=later(621 + jump)) == 0
    assert seat.beat(later(622 + jump)).reply == Reply.PAUSED
    assert Heartbeat.objects.get().at == later(620 + jump)
    exams.resume_room(sitting=room.sitting, by=room.invigilator, at=later(1200))
    assert seat.beat(later(1200)).remaining == END - 600
    assert seat.fresh().state == Attempt.State.OPEN


def test_the_heartbeat_is_written_at_most_every_five_seconds(room, django_assert_num_queries):
    pulsing.pulse(later(600))
    with django_assert_num_queries(0):
        pulsing.pulse(later(604))

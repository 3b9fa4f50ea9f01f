"""The time of an attempt (EXM-5): pauses to the second, extensions, outages, clocks that jump."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exams.rules.clock import Still, clock_jumped, deadline, outage, time_left, whole_seconds
from courses.exams.rules.protocol import Facts, seconds_lost, seconds_to_return

START = datetime(2025, 9, 10, 1, 0, tzinfo=UTC)
LIMIT = 90 * 60


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def left(now: float, *pauses: tuple[float, float | None], extra: int = 0) -> float:
    stills = [Still(at(since), None if until is None else at(until)) for since, until in pauses]
    found = time_left(started_at=START, limit_seconds=LIMIT, extra_seconds=extra, pauses=stills, now=at(now))
    return found.total_seconds()


@pytest.mark.parametrize(
    ("now", "pauses", "extra", "seconds"),
    [
        (0, [], 0, 5400),
        (600, [], 0, 4800),
        (600, [], 300, 5100),
        (5400, [], 0, 0),
        (5410, [], 0, -10),
        (900, [(600, None)], 0, 4800),  # stands still
        (900, [(600, 900)], 0, 4800),  # the same after the pause
        (1000, [(600, 900)], 0, 4700),
        (1000, [(600, 900.25)], 0, 4700.25),  # exactly, not in minutes
        (1000, [(-60, 100)], 0, 4500),  # began before this attempt
        (1000, [(-60, -10)], 0, 4400),
        (2000, [(100, 200), (600, 900), (1500, None)], 0, 4300),
        (7000, [(5300, None)], 0, 100),  # a pause at the end keeps what was left
    ],
)
def test_time_left_exm_5(now, pauses, extra, seconds):
    assert left(now, *pauses, extra=extra) == seconds


def test_a_clock_that_runs_backwards_does_not_close_an_attempt_that_stands_still():
    assert left(-3 * 86400, (600, None)) == left(600)
    assert left(3 * 86400, (600, None)) == left(600)


spans = st.lists(st.integers(0, 5000), min_size=2, max_size=8, unique=True).map(sorted)


@given(spans=spans, now=st.integers(0, 9000))
def test_pauses_give_back_exactly_what_they_took(spans, now):
    pauses = [p for p in zip(spans[::2], spans[1::2], strict=False) if p[1] <= now]
    assert left(now, *pauses) == 5400 - now + sum(until - since for since, until in pauses)


@given(spans=spans, now=st.integers(0, 9000), later=st.integers(0, 500))
def test_time_never_grows_by_itself(spans, now, later):
    pauses = list(zip(spans[::2], spans[1::2], strict=False))
    known = [p for p in pauses if p[0] <= now]
    stills = [(since, until if until <= now else None) for since, until in known]
    assert left(now + later, *stills) <= left(now, *stills)


def test_the_deadline_moves_with_an_open_pause_and_stays_after_the_end():
    def ends(now, *pauses):
        stills = tuple(Still(at(since), None if until is None else at(until)) for since, until in pauses)
        return Facts("open", START, LIMIT, 0, stills).deadline(at(now))

    assert ends(100) == at(5400)
    assert ends(6000) == at(5400)
    assert ends(6000, (600, 900)) == at(5700)
    assert ends(1000, (600, None)) == at(1000 + 4800)
    assert ends(9000, (5400, None)) == at(5400)
    assert deadline(started_at=START, limit_seconds=60, extra_seconds=30, pauses=[], now=START) == at(90)


@pytest.mark.parametrize(("seconds", "shown"), [(-5, 0), (0, 0), (0.2, 1), (59.0, 59), (59.01, 60)])
def test_seconds_for_a_page(seconds, shown):
    assert whole_seconds(timedelta(seconds=seconds)) == shown


@pytest.mark.parametrize(
    ("last", "now", "process", "away"),
    [
        (0, 250, 248, True),  # killed, and started again
        (0, 250, -100, False),  # nobody asked for a while
        (0, 14, 10, False),  # a quick restart
        (0, 15, 10, True),
    ],
)
def test_an_outage_is_a_silence_in_which_the_process_did_not_run(last, now, process, away):
    found = outage(last=at(last), now=at(now), process_started=at(process))
    assert (found is not None) == away
    if found:
        assert (found.since, found.until) == (at(last), at(now))


@pytest.mark.parametrize(("now", "jumped"), [(0, False), (-59, False), (-61, True), (43200, False), (43201, True)])
def test_a_clock_that_cannot_be_right(now, jumped):
    assert clock_jumped(last=START, now=at(now)) == jumped


@pytest.mark.parametrize(
    ("started", "pauses", "lost"),
    [(0, [], 250), (100, [], 200), (0, [(100, 150)], 200), (0, [(0, None)], 0), (400, [], 0), (0.5, [], 250)],
)
def test_what_an_outage_took_exm_5(started, pauses, lost):
    away = Still(at(50), at(300))
    stills = [Still(at(since), None if until is None else at(until)) for since, until in pauses]
    assert seconds_lost(away, started_at=at(started), pauses=stills) == (lost if started != 0.5 else 250)


def test_an_attempt_opened_again_has_what_it_had_and_a_little_more():
    facts = Facts("expired", START, LIMIT)
    assert seconds_to_return(facts, closed_at=at(5000), now=at(6000)) == 1000
    assert seconds_to_return(facts, closed_at=at(5400), now=at(6000), more=300) == 900
    assert seconds_to_return(facts, closed_at=at(5410), now=at(6000)) == 600  # the grace is not kept

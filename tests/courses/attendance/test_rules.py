"""Hours in pure rules: ATT-2, ATT-3, ATT-4, ATT-5, ATT-7, with the boundaries of the law and the figures of story P1."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.attendance.rules import (
    EarnedHours,
    Mark,
    Risk,
    SessionHours,
    Status,
    correction_deadline,
    earned_half_hours,
    earned_hours,
    half_hours_needed,
    held_half_hours,
    hours_met,
    mark_problem,
    percent_text,
    presence,
    risk_of,
)

P, L, E = Status.PRESENT, Status.LATE, Status.LEFT_EARLY
FOUR, HALF = SessionHours(8), SessionHours(1)  # four class hours are 180 minutes
BROKEN = SessionHours(8, held_minutes=90)


@pytest.mark.parametrize(
    ("why", "mark", "session", "half_hours"),
    [
        ("ATT-1 present earns all that was planned", Mark(P), FOUR, 8),
        ("ATT-1 half a class hour is a whole half-hour", Mark(P), HALF, 1),
        ("ATT-2 ten minutes late is within the tolerance", Mark(L, 10), FOUR, 8),
        ("ATT-2 eleven minutes late counts by minutes: 169 of 180", Mark(L, 11), FOUR, 7),
        ("ATT-2 thirty minutes late: 150 minutes are 6 half-hours (P1, 陈 S2)", Mark(L, 30), FOUR, 6),
        ("ATT-2 late by exactly a class hour", Mark(L, 45), FOUR, 6),
        ("ATT-2 one minute past a half-hour floors down", Mark(L, 46), FOUR, 5),
        ("ATT-2 late to the last minute", Mark(L, 179), FOUR, 0),
        ("ATT-2 late beyond the session never goes below zero", Mark(L, 400), FOUR, 0),
        ("ATT-2 there is no tolerance for leaving early", Mark(E, 1), FOUR, 7),
        ("ATT-2 left 45 minutes early: 135 minutes (the register's 蒙光明)", Mark(E, 45), FOUR, 6),
        ("ATT-2 left after 22 minutes: not half a class hour", Mark(E, 158), FOUR, 0),
        ("ATT-2 left after 23 minutes: half a class hour", Mark(E, 157), FOUR, 1),
        ("ATT-2 another tolerance is the programme's number", Mark(L, 15), SessionHours(8, None, 15), 8),
        ("ATT-2 no tolerance at all", Mark(L, 1), SessionHours(8, None, 0), 7),
        ("ATT-4 leave adds nothing", Mark(Status.LEAVE), FOUR, 0),
        ("ATT-4 absence adds nothing", Mark(Status.ABSENT), FOUR, 0),
        ("ATT-4 other duty adds nothing", Mark(Status.DUTY), FOUR, 0),
        ("ATT-3 no mark adds nothing", None, FOUR, 0),
        ("ATT-2 interrupted after 90 minutes: two class hours for everyone present (P1, S4)", Mark(P), BROKEN, 4),
        ("ATT-2 interrupted, late within the tolerance", Mark(L, 10), BROKEN, 4),
        ("ATT-2 interrupted, 30 minutes late: 60 of 90 minutes", Mark(L, 30), BROKEN, 2),
        ("ATT-2 interrupted, late beyond the interruption", Mark(L, 100), BROKEN, 0),
        ("ATT-2 interrupted, left 45 minutes before that", Mark(E, 45), BROKEN, 2),
        ("ATT-2 interrupted, absent", Mark(Status.ABSENT), BROKEN, 0),
        ("ATT-2 interrupted before the first half-hour", Mark(P), SessionHours(8, held_minutes=22), 0),
        ("ATT-2 interrupted at 23 minutes", Mark(P), SessionHours(8, held_minutes=23), 1),
        ("ATT-2 not held at all", Mark(P), SessionHours(8, held_minutes=0), 0),
        ("ATT-2 a session of 67.5 minutes, present", Mark(P), SessionHours(3), 3),
        ("ATT-2 a session of 67.5 minutes, 12 late: 55.5 minutes", Mark(L, 12), SessionHours(3), 2),
        ("ATT-2 held longer than planned earns no more", Mark(P), SessionHours(4, held_minutes=500), 4),
    ],
)
def test_earned_half_hours(why, mark, session, half_hours):
    assert earned_half_hours(mark, session) == half_hours, why


FIVE = [FOUR, FOUR, FOUR, BROKEN, FOUR, SessionHours(4)]
ABSENT, LEAVE = Mark(Status.ABSENT), Mark(Status.LEAVE)


@pytest.mark.parametrize(
    ("name", "marks", "class_hours", "percent"),
    [
        ("王国强", [Mark(P)] * 6, 20, "100.0"),
        ("李德顺", [Mark(P)] * 4 + [LEAVE, Mark(P)], 16, "80.0"),
        ("陈小龙", [Mark(P), Mark(L, 30)] + [Mark(P)] * 4, 19, "95.0"),
        ("张志远", [Mark(P)] * 6, 20, "100.0"),
        ("赵铁柱", [Mark(P), Mark(P), ABSENT, Mark(P), Mark(P), ABSENT], 14, "70.0"),
    ],
)
def test_p1_figures_att_2_att_3(name, marks, class_hours, percent):
    earned = earned_hours(zip(marks, FIVE, strict=True))
    assert (earned, percent_text(earned, 40)) == (2 * class_hours, percent)
    assert hours_met(earned, 40, 80) is (name != "赵铁柱")


@pytest.mark.parametrize(
    ("hours", "enough", "short"), [(180, 144, 143), (160, 128, 127), (80, 64, 63), (56, 45, 44), (24, 20, 19)]
)
def test_eligibility_boundary_att_3(hours, enough, short):
    assert hours_met(2 * enough, 2 * hours, 80)
    assert not hours_met(2 * short, 2 * hours, 80)


@pytest.mark.parametrize(("hours", "needed"), [(180, 288), (160, 256), (80, 128), (56, 90), (24, 39), (20, 32)])
def test_fewest_half_hours_that_suffice_att_3(hours, needed):
    assert half_hours_needed(2 * hours, 80) == needed
    assert hours_met(needed, 2 * hours, 80)
    assert not hours_met(needed - 1, 2 * hours, 80)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(63, 80, "78.8"), (64, 80, "80.0"), (0, 80, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (0, 0, "—")],
)
def test_percentages_are_for_reading_half_up_att_7(part, whole, text):
    assert percent_text(part, whole) == text


def test_a_percentage_that_reads_as_the_bar_does_not_pass_att_7():
    """3,199 of 4,000 half-hours read 80.0 % and are not enough."""
    assert percent_text(3199, 4000) == "80.0"
    assert not hours_met(3199, 4000, 80)


def test_credited_hours_count_att_3():
    assert earned_hours([(Mark(P), FOUR)], credited_half_hours=24) == 32
    assert EarnedHours(32, 32, 0, 40, 0, min_pct=80).met
    short = EarnedHours(28, 12, 16, 40, 1, absences=2, min_pct=80)
    assert (short.met, short.needed_half_hours, short.missing_half_hours, short.percent) == (False, 32, 4, "70.0")


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        (Mark(P), ""),
        (Mark(L, 30), ""),
        (Mark(L), "minutes_needed"),
        (Mark(E, -5), "minutes_needed"),
        (Mark(E, 180), "minutes_too_many"),
        (Mark(Status.ABSENT, 5), "minutes_not_here"),
    ],
)
def test_minutes_belong_to_late_and_early_att_1(mark, problem):
    assert mark_problem(mark, 180) == problem


NINE = datetime(2025, 9, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mark", "held", "minutes"),
    [
        (Mark(P), 180, (0, 180)),
        (Mark(P), 90, (0, 90)),
        (Mark(L, 30), 180, (30, 180)),
        (Mark(E, 30), 180, (0, 150)),
        (Mark(E, 30), 90, (0, 60)),
        (Mark(L, 100), 90, None),
        (LEAVE, 180, None),
    ],
)
def test_who_was_in_the_room_when(mark, held, minutes):
    span = minutes and tuple(NINE + timedelta(minutes=one) for one in minutes)
    assert presence(mark, NINE, held) == span


def test_the_time_for_corrections_runs_from_the_later_moment_att_5():
    end = NINE + timedelta(hours=3)
    assert correction_deadline(end, NINE, 24) == end + timedelta(hours=24)
    paper = NINE + timedelta(days=5)
    assert correction_deadline(end, paper, 24) == paper + timedelta(hours=24)


marks = st.builds(Mark, st.sampled_from(Status), st.integers(0, 400))
sessions = st.builds(SessionHours, st.integers(1, 16), st.none() | st.integers(0, 500), st.integers(0, 30))


@given(marks, sessions)
def test_nobody_earns_more_than_was_held_att_2(mark, session):
    assert 0 <= earned_half_hours(mark, session) <= held_half_hours(session) <= session.planned_half_hours


@given(st.sampled_from([L, E]), st.integers(0, 300), st.integers(0, 300), sessions)
def test_missing_more_minutes_never_earns_more_att_2(status, one, other, session):
    less, more = sorted((one, other))
    assert earned_half_hours(Mark(status, less), session) >= earned_half_hours(Mark(status, more), session)


@given(st.lists(st.tuples(st.none() | marks, sessions), max_size=20), st.integers(0, 40))
def test_the_sum_is_the_sum_of_the_sessions_att_3(rows, credited):
    assert earned_hours(rows, credited) == credited + sum(earned_half_hours(*row) for row in rows)


@given(st.integers(0, 800), st.integers(1, 800), st.integers(0, 100))
def test_the_needed_half_hours_are_the_bar_att_3(earned, required, pct):
    assert hours_met(earned, required, pct) == (earned >= half_hours_needed(required, pct))


@pytest.mark.parametrize(
    ("why", "earned", "unmarked", "left", "absences", "risk"),
    [
        # 40 half-hours, 32 needed, 8 may be missed; sessions of 4
        ("all still to come", 0, 0, 40, 0, None),
        ("nothing missed, half way", 20, 0, 20, 0, None),
        ("three missed half-hours: five to spare, more than a session", 0, 0, 37, 1, None),
        ("one session missed: one to spare", 0, 0, 36, 1, Risk.NEAR),
        ("two sessions missed: none to spare", 0, 0, 32, 2, Risk.NEAR),
        ("what is unmarked may still count", 0, 8, 32, 0, None),
        ("what is unmarked may just suffice", 4, 4, 24, 0, Risk.NEAR),
        ("too much missed by a half-hour", 0, 0, 31, 2, Risk.LOST),
        ("lost comes before three absences", 0, 0, 31, 3, Risk.LOST),
        ("near comes before three absences", 0, 0, 36, 3, Risk.NEAR),
        ("the last session is over, and it did not suffice", 31, 0, 0, 0, Risk.LOST),
        ("the bar is reached", 32, 0, 0, 0, None),
        ("the bar is reached, two absences", 32, 0, 0, 2, None),
        ("ATT-4 the bar is reached, three absences", 32, 0, 0, 3, Risk.ABSENT),
        ("ATT-4 three absences, and still enough to spare", 20, 0, 20, 3, Risk.ABSENT),
    ],
)
def test_who_is_at_risk_att_3_att_4(why, earned, unmarked, left, absences, risk):
    hours = EarnedHours(earned, earned, 0, 40, bool(unmarked), absences, min_pct=80, unmarked_half_hours=unmarked)
    assert risk_of(hours, left, 4) == risk, why


def test_a_course_without_reserve_puts_nobody_at_risk_who_missed_nothing_att_3():
    """All hours are needed: nobody has any to spare, and whoever misses one half-hour has lost."""
    assert risk_of(EarnedHours(20, 20, 0, 40, 0, min_pct=100), 20, 8) is None
    assert risk_of(EarnedHours(19, 19, 0, 40, 0, min_pct=100), 20, 8) == Risk.LOST

"""Targets in pure rules: the figures of the trade, with the ids of its rules."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.targets.rules import (
    Direction,
    InvalidNumber,
    State,
    check_stated,
    completion_text,
    number_text,
    proportional,
    rate_text,
    read_number,
    state_of_count,
    state_of_rate,
    sum_beside,
    targets_that_give,
    time_gone,
)

YEAR = date(2025, 1, 1), date(2025, 12, 31)
AT_LEAST = Direction.AT_LEAST


@pytest.mark.parametrize(
    ("done", "target", "text"),
    [
        (701, 450, "155.8 %"),
        (412, 250, "164.8 %"),
        (289, 200, "144.5 %"),
        (21, 60, "35.0 %"),
        (96, 100, "96.0 %"),
        (7012, 4500, "155.8 %"),
        (7012, 41150, "17.0 %"),
        (4500, 450, "1,000.0 %"),  # Z-3
        (1, 8, "12.5 %"),
        (1, 800, "0.1 %"),  # 0.125: half up
        (1, 2000, "0.1 %"),  # 0.05: half up
        (0, 450, "0.0 %"),
        (0, 0, "—"),
        (5, None, "—"),
        (None, 450, "—"),
    ],
)
def test_tgt_5_completion_has_one_decimal_half_up(done, target, text):
    assert completion_text(done, target) == text


def test_tgt_5_rates_have_two_decimals_and_nothing_to_divide_by_is_a_dash():
    assert rate_text(13124, 13271) == "98.89 %"  # G-2
    assert rate_text(13267, 13271) == "99.97 %"
    assert rate_text(65, 13271) == "0.49 %"
    assert rate_text(0, 0) == "—"


@pytest.mark.parametrize("target", [4500, 4501, 4502])
def test_z_1_which_targets_give_155_8(target):
    assert completion_text(7012, target) == "155.8 %"


def test_z_1_the_neighbours_do_not():
    assert completion_text(7012, 4499) == "155.9 %"
    assert completion_text(7012, 4503) == "155.7 %"


def test_z_1_a_stated_rate_that_does_not_follow_is_a_mismatch():
    found = check_stated(41150, 7012, Decimal("155.8"))
    assert found.computed == Decimal("17.0")
    assert found.implied == 4500
    assert found.fitting == (4500, 4502)


@pytest.mark.parametrize(
    ("done", "stated", "fitting"),
    [(7012, "155.80", (4500, 4502)), (7012, "156", (4494, 4496)), (7, "33", (21, 21)), (3, "77", None)],
)
def test_z_1_noughts_at_the_end_say_nothing_and_a_whole_rate_may_be_rounded(done, stated, fitting):
    assert targets_that_give(done, Decimal(stated)) == fitting


def test_z_1_a_stated_rate_that_follows_is_none():
    assert check_stated(4500, 7012, Decimal("155.8")) is None
    assert check_stated(4500, 7012, Decimal("155.82")) is None
    assert check_stated(450, 701, Decimal("155.9")) is not None  # 0.12 points off


def test_z_1_a_stated_rate_of_nought_implies_nothing():
    found = check_stated(100, 7, Decimal("0"))
    assert (found.computed, found.implied, found.fitting) == (Decimal("7.0"), 0, None)


@given(st.integers(1, 100_000), st.integers(1, 100_000))
def test_z_1_the_true_target_is_always_among_those_that_fit(done, target):
    rate = Decimal(completion_text(done, target).removesuffix(" %").replace(",", ""))
    fitting = targets_that_give(done, rate)
    if rate >= Decimal("0.1"):
        assert fitting and fitting[0] <= target <= fitting[1]


def test_z_2_the_time_that_has_gone_is_counted_in_months():
    gone = time_gone(*YEAR, date(2025, 9, 30))
    assert gone == Fraction(9, 12)
    assert proportional(450, gone) == Decimal("337.5")
    assert proportional(4500, gone) == Decimal("3375.0")
    assert completion_text(7012, proportional(4500, gone)) == "207.8 %"


def test_z_2_before_during_and_after():
    assert time_gone(*YEAR, date(2024, 12, 31)) == 0
    assert time_gone(*YEAR, date(2025, 1, 31)) == Fraction(1, 12)
    assert time_gone(*YEAR, date(2025, 2, 14)) == Fraction(3, 24)
    assert time_gone(*YEAR, date(2026, 3, 1)) == 1
    assert time_gone(date(2025, 3, 16), date(2025, 4, 15), date(2025, 3, 31)) == Fraction(16, 31) / (
        Fraction(16, 31) + Fraction(15, 30)
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [("41,150", 41150), ("41150", 41150), ("７，０１２", 7012), (" 1,234,567.5 ", "1234567.5"), ("155.8 %", "155.8")],
)
def test_z_4_numbers_are_read(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["4,50", "1,2150", "12,15,06", ",150", "41,150,", "1.234.567", "-5", "约 450", "", "1e3"]
)
def test_z_4_separators_in_wrong_places_are_refused(typed):
    with pytest.raises(InvalidNumber):
        read_number(typed)


def test_z_4_and_z_5_the_sum_stands_beside_the_headline():
    assert sum_beside([4690, 2301], 6991).difference == 0
    found = sum_beside([121506, 15073], 20000)
    assert (found.parts, found.difference) == (136579, 116579)
    assert sum_beside([12150, 15073], 20000).parts == 27223


def test_tgt_4_children_may_add_up_to_more_or_less():
    assert sum_beside([250, 200], 450).difference == 0
    assert sum_beside([250, 210], 450).difference == 10
    assert sum_beside([412, 290], 701).difference == 1  # one person in both


@pytest.mark.parametrize(
    ("done", "target", "gone", "state"),
    [
        (701, 450, Fraction(3, 4), State.REACHED),
        (96, 100, Fraction(3, 4), State.AHEAD),
        (75, 100, Fraction(3, 4), State.AHEAD),
        (74, 100, Fraction(3, 4), State.BEHIND),
        (21, 60, Fraction(3, 4), State.BEHIND),
        (59, 60, Fraction(1), State.MISSED),
        (0, 60, Fraction(0), State.AHEAD),
    ],
)
def test_z_2_a_count_is_ahead_or_behind_of_time(done, target, gone, state):
    assert state_of_count(done, Decimal(target), AT_LEAST, gone) == state


@pytest.mark.parametrize(
    ("part", "whole", "goal", "direction", "state"),
    [
        (65, 13271, "2", Direction.BELOW, State.REACHED),  # G-3: 0.49 % against "< 2 %"
        (2, 100, "2", Direction.BELOW, State.MISSED),
        (2, 100, "2", Direction.AT_MOST, State.REACHED),
        (9, 10, "90", AT_LEAST, State.REACHED),
        (899, 1000, "90", AT_LEAST, State.MISSED),
        (0, 0, "90", AT_LEAST, State.UNKNOWN),
    ],
)
def test_g_3_a_rate_is_on_its_side_or_not(part, whole, goal, direction, state):
    assert state_of_rate(part, whole, Decimal(goal), direction) == state


def test_a_ceiling_holds_until_it_is_passed():
    assert state_of_count(3, Decimal(5), Direction.AT_MOST, Fraction(1, 2)) == State.AHEAD
    assert state_of_count(5, Decimal(5), Direction.AT_MOST, Fraction(1)) == State.REACHED
    assert state_of_count(5, Decimal(5), Direction.BELOW, Fraction(1, 2)) == State.MISSED


def test_numbers_are_written_for_people():
    assert [number_text(value) for value in (Decimal("450.00"), 41150, Decimal("337.5"), None)] == [
        "450", "41,150", "337.5", "—",
    ]  # fmt: skip

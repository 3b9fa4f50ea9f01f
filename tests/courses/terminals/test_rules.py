"""PINs, lock-outs and idleness as tables."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.terminals import rules
from courses.terminals.rules import Seat, SignInRules

RULES = SignInRules()
NOON = datetime(2025, 9, 30, 12)


@pytest.mark.parametrize(
    "pin", ["1234", "123456", "654321", "890123", "000000", "7777", "121212", "1212", "13579135"[:4], "100004"]
)
def test_a_pin_that_others_would_try_first_is_trivial(pin):
    assert rules.is_trivial(pin, learner_no="100004")


@pytest.mark.parametrize("pin", ["100004", "123457", "112233", "908172", "4071"])
def test_other_pins_are_not(pin):
    assert not rules.is_trivial(pin)


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a456", "１２３４５６", "12 456"])
def test_a_pin_is_four_to_eight_plain_digits(text):
    assert not rules.is_pin(text)


@given(st.integers(4, 8))
def test_new_pins_are_usable(digits):
    pin = rules.new_pin(digits)
    assert len(pin) == digits and rules.is_pin(pin) and not rules.is_trivial(pin)


@pytest.mark.parametrize(
    ("value", "key", "after"),
    [("", "5", "5"), ("12", "0", "120"), ("12", "back", "1"), ("", "back", ""), ("12", "clear", ""), ("12345678", "9", "12345678"), ("12", "x", "12"), ("12", "99", "12"), ("12", "५", "12")],
)  # fmt: skip
def test_keys_of_the_number_pad(value, key, after):
    assert rules.press(value, key, 8) == after


@pytest.mark.parametrize(
    ("seconds", "locked_at"),
    [
        ([], None),
        ([0, 10, 20, 30], None),
        ([0, 10, 20, 30, 40], 340),
        ([0, 75, 150, 225, 300], 600),  # spread over the whole window: still five minutes from the fifth
        ([0, 75, 150, 225, 301], None),  # five, but never within one window
        ([0, 1, 2, 3, 4, 400], 304),  # a failure after the lock-out is the first of the next
        ([40, 0, 30, 10, 20], 340),  # the order of reading does not matter
    ],
)
def test_five_wrong_pins_within_five_minutes_lock_for_five_minutes(seconds, locked_at):
    failures = [NOON + timedelta(seconds=second) for second in seconds]
    expected = NOON + timedelta(seconds=locked_at) if locked_at is not None else None
    assert rules.locked_until(failures, RULES) == expected


@pytest.mark.parametrize(
    ("idle", "locked_for", "state"),
    [
        (0, None, Seat.OPEN),
        (239, None, Seat.OPEN),  # three minutes and one beat's grace: the page may have been touched since
        (240, None, Seat.LOCKED),
        (359, None, Seat.LOCKED),
        (360, None, Seat.OVER),
        (180, 0, Seat.LOCKED),  # the page said so itself: no grace
        (299, 119, Seat.LOCKED),
        (300, 120, Seat.OVER),  # five minutes after the last touch
    ],
)
def test_idle_three_minutes_locks_and_five_ends(idle, locked_for, state):
    """P3 step 5."""
    locked = None if locked_for is None else NOON - timedelta(seconds=locked_for)
    active = NOON - timedelta(seconds=idle)
    started = NOON - timedelta(hours=1)
    assert rules.seat(now=NOON, started=started, active=active, locked=locked, rules=RULES) == state


def test_a_session_does_not_outlast_the_day():
    started = NOON - timedelta(hours=10)
    assert rules.seat(now=NOON, started=started, active=NOON, locked=None, rules=RULES) == Seat.OVER


def test_a_site_sets_its_own_numbers_and_a_misspelt_one_is_refused():
    assert SignInRules.from_settings({"idle_lock_seconds": 60}).idle_lock_seconds == 60
    with pytest.raises(ValueError, match="idle_lok"):
        SignInRules.from_settings({"idle_lok": 60})
    with pytest.raises(ValueError, match="4 to 8"):
        SignInRules.from_settings({"pin_digits": 9})

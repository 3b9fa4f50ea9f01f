"""Signing in at a shared computer, in pure rules: PINs, lock-outs, idleness, secrets."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no look-alikes: people type the code at the other computer
CARD_DIGITS = 30  # 99 bits; digits only: a scanner types them, and no input method for Chinese catches them


@dataclass(frozen=True)
class SignInRules:
    """The numbers of signing in; a site may set others (`LMS_TERMINAL_RULES`)."""

    pin_digits: int = 6
    failures: int = 5  # wrong PINs within the window that lock a number
    window_seconds: int = 300
    lock_out_seconds: int = 300
    failures_a_terminal: int = 20  # an hour, whatever the numbers
    idle_lock_seconds: int = 180
    idle_end_seconds: int = 300
    warning_seconds: int = 60  # before the lock (WCAG 2.2.1)
    beat_seconds: int = 60  # how often an active page tells the server so
    session_hours: int = 10
    code_minutes: int = 30  # how long the code works that enrols a computer

    @classmethod
    def from_settings(cls, numbers: dict[str, Any]) -> "SignInRules":
        """The defaults with a site's own numbers. Refuses (ValueError) unknown names and a PIN of other than 4 to 8 digits."""
        unknown = set(numbers) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"LMS_TERMINAL_RULES has unknown names: {', '.join(sorted(unknown))}")
        rules = cls(**numbers)
        if not 4 <= rules.pin_digits <= 8:
            raise ValueError("A PIN has 4 to 8 digits.")
        return rules


# --- secrets --------------------------------------------------------------------------------------------------------
def new_token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def new_card_code() -> str:
    """What the pattern on a card says."""
    return "".join(secrets.choice("0123456789") for _position in range(CARD_DIGITS))


def new_enrolment_code() -> str:
    """What enrols a computer, e.g. `7K3M-9QWD`: 40 bits that work once and for half an hour."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _position in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def normal_code(typed: str) -> str:
    """An enrolment code however it was typed: lower case, blanks, without the hyphen."""
    letters = "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)
    return f"{letters[:4]}-{letters[4:]}"


def digest(secret: str) -> str:
    """What is stored of a random secret. (PINs are too short for this: they go through Argon2.)"""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_pin(digits: int) -> str:
    """A random PIN that nobody would guess first."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _position in range(digits))
        if not is_trivial(pin):
            return pin


def is_pin(text: str) -> bool:
    """4 to 8 digits, 0 to 9."""
    return 4 <= len(text) <= 8 and text.isascii() and text.isdigit()


def is_trivial(pin: str, learner_no: str = "") -> bool:
    """One digit repeated, a run up or down, a pair repeated, or the learner's own number."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    pairs = {pin[start : start + 2] for start in range(0, len(pin), 2)}
    return len(steps) == 1 or len(pairs) == 1 or pin == learner_no


def press(value: str, key: str, longest: int) -> str:
    """What stands in the field after a key of the number pad: a digit, `back` or `clear`."""
    if key == "clear":
        return ""
    if key == "back":
        return value[:-1]
    return (value + key)[:longest] if key.isascii() and key.isdigit() and len(key) == 1 else value


# --- lock-outs ------------------------------------------------------------------------------------------------------
def locked_until(failures: Iterable[datetime], rules: SignInRules) -> datetime | None:
    """When the last lock-out of a number ends that its failures caused, also one in the past; None: there was none.

    A lock-out begins with the failure that makes `failures` of them within the window.
    """
    times = sorted(failures)
    ends = [
        last + timedelta(seconds=rules.lock_out_seconds)
        for first, last in zip(times, times[rules.failures - 1 :], strict=False)
        if last - first <= timedelta(seconds=rules.window_seconds)
    ]
    return max(ends, default=None)


def seconds_that_count(rules: SignInRules) -> int:
    """How old a failure may be and still be part of a lock-out that lasts."""
    return rules.window_seconds + rules.lock_out_seconds


# --- idleness -------------------------------------------------------------------------------------------------------
class Seat(StrEnum):
    """How a live session stands."""

    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


def seat(*, now: datetime, started: datetime, active: datetime, locked: datetime | None, rules: SignInRules) -> Seat:
    """How a session stands at a moment.

    `locked` is when the page locked itself, after `idle_lock_seconds` without a touch. A page without that help is judged
    by when it was last heard of, with one beat's grace: it may have been touched since.
    """
    if now - started >= timedelta(hours=rules.session_hours):
        return Seat.OVER
    if locked is not None:
        rest = timedelta(seconds=rules.idle_end_seconds - rules.idle_lock_seconds)
        return Seat.OVER if now - locked >= rest else Seat.LOCKED
    idle = (now - active).total_seconds() - rules.beat_seconds
    if idle >= rules.idle_end_seconds:
        return Seat.OVER
    return Seat.LOCKED if idle >= rules.idle_lock_seconds else Seat.OPEN

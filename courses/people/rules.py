"""Persons in pure rules: identity numbers (PER-1 to PER-4), names (PER-7), masks (PRV-1), releases ahead (XFR-4, XFR-5)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
TEST_PREFIX = "99"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
MIN_AGE, MAX_AGE = 14, 100
DOTS = "•‧・．.∙⋅"  # all the ways in which the middle dot of a name is typed


class InvalidIdentity(ValueError):
    """An identity number that cannot be right. `code` says why; the screens turn it into a sentence."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ResidentId:
    """A valid resident identity number and what it says about its holder."""

    number: str
    birth_date: date
    gender: str  # "male" | "female"


def mod_11_2(digits: str) -> str:
    """Check character of ISO 7064 MOD 11-2 over 17 digits (PER-1); certificates use the same one (CRT-3)."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def normalise_id(typed: str) -> str:
    """What was typed, as it is compared: half-width, upper case, without blanks or hyphens (PER-1), 15 digits as 18 (PER-3)."""
    text = re.sub(r"[\s\-–—]", "", unicodedata.normalize("NFKC", typed)).upper()
    if re.fullmatch(r"\d{15}", text):
        text = text[:6] + "19" + text[6:]
        text += mod_11_2(text)
    return text


def resident_id(typed: str, *, today: date, allow_test_ids: bool = False) -> ResidentId:
    """Read a resident identity number (PER-1 to PER-4). Refuses (InvalidIdentity) with one of the codes
    `shape`, `check_digit`, `province`, `test_number`, `birth_date`, `age`."""
    number = normalise_id(typed)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise InvalidIdentity("shape")
    if mod_11_2(number[:17]) != number[17]:
        raise InvalidIdentity("check_digit")
    if number[:2] == TEST_PREFIX:
        if not allow_test_ids:
            raise InvalidIdentity("test_number")
    elif number[:2] not in PROVINCES:
        raise InvalidIdentity("province")
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidIdentity("birth_date") from None
    if birth_date > today:
        raise InvalidIdentity("birth_date")
    if not MIN_AGE <= age_on(birth_date, today) <= MAX_AGE:
        raise InvalidIdentity("age")
    return ResidentId(number, birth_date, "male" if int(number[16]) % 2 else "female")


def age_on(birth_date: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def mask_id(number: str) -> str:
    """First six and last four characters (PRV-1): `990101********0110`."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_name(name: str) -> str:
    """A name on a public page (PRV-1): first character and `**`; a name with a dot keeps its dot: 阿**·***."""
    first, dot, rest = name.partition("·")
    return f"{first[:1]}**·***" if dot and rest else f"{name[:1]}**"


def clean_name(typed: str) -> str:
    """A person's name as it is stored (PER-7): NFC, one kind of middle dot, no blanks at the ends or between Chinese
    characters, no invisible characters. Refuses (ValueError `name_length` or `name_characters`) other than 2–50 characters."""
    text = unicodedata.normalize("NFC", typed).strip()
    text = re.sub(f"[{re.escape(DOTS)}]", "·", text)
    text = re.sub(r"(?<=[^\x00-\x7f])[\s\u3000]+|[\s\u3000]+(?=[^\x00-\x7f])", "", text)
    text = re.sub(r"\s+", " ", text)
    if not 2 <= len(text) <= 50:
        raise ValueError("name_length")
    if any(unicodedata.category(character)[0] in "CNSZ" and character != " " for character in text):
        raise ValueError("name_characters")
    return text


def comparable_name(typed: str) -> str:
    """A name for comparing (CRT-5): NFKC, no blanks, one kind of dot, Latin letters in lower case."""
    text = unicodedata.normalize("NFKC", typed)
    text = re.sub(f"[{re.escape(DOTS)}]", "·", text)
    return re.sub(r"\s", "", text).casefold()


def alias(learner_no: str) -> str:
    """The name other people in the room may read: 学员 and the last four digits of the learner number."""
    return f"学员{learner_no[-4:]}"


NOTICE_DAYS = 30  # XFR-4: the notice to whoever takes over is due a month before
PREPARE_DAYS = 90  # XFR-4: preparation begins three months before


class Release(StrEnum):
    """How near the day is on which somebody is expected to leave, most pressing first."""

    CHECK = "check"  # the day is over and the person still here: find out
    NOTICE = "notice"
    PREPARE = "prepare"
    LATER = "later"


def release_due(expected: date, today: date) -> Release:
    """What the expected day of release asks for today (XFR-4); a day that is over, with the person still here, asks to be checked (XFR-5)."""
    days = (expected - today).days
    if days < 0:
        return Release.CHECK
    if days <= NOTICE_DAYS:
        return Release.NOTICE
    return Release.PREPARE if days <= PREPARE_DAYS else Release.LATER


def part_of_day(hour: int) -> str:
    """`morning`, `afternoon` or `evening`: which greeting fits an hour of the day. The night belongs to the evening."""
    if 5 <= hour < 12:
        return "morning"
    return "afternoon" if 12 <= hour < 18 else "evening"

"""The two numbers of a certificate (CRT-3): a public one that tells nothing, and the issuer's gap-free register number."""

import re
import unicodedata

from courses.people.rules import mod_11_2

LENGTH = 18
SHAPE = re.compile(r"[0-9]{17}[0-9X]")
REGISTER_SHAPE = re.compile(r"([0-9]{4})-([0-9]{6})-([1-4])-([0-9]{6})")
RANDOM_DIGITS = 10
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-‐-―−_.·]")


def make(year: int, issuer_code: str, random: int) -> str:
    """The public number: year (4), issuer code (3, one for all places), ten random digits, check character.

    Refuses (ValueError) parts of another size. `random` is drawn by the caller below 10^10: a counter would tell how
    many were issued and let people guess.
    """
    if not (1000 <= year <= 9999 and re.fullmatch(r"[0-9]{3}", issuer_code) and 0 <= random < 10**RANDOM_DIGITS):
        raise ValueError("A certificate number is made of a year, three digits and ten digits.")
    digits = f"{year}{issuer_code}{random:0{RANDOM_DIGITS}d}"
    return digits + mod_11_2(digits)


def normalise(typed: str) -> str:
    """What was typed, as numbers are compared: half-width, no blanks, hyphens or dots, O as 0, I and l as 1, x as X."""
    text = unicodedata.normalize("NFKC", typed)
    return _SEPARATORS.sub("", text).upper().translate(_LOOKALIKES)


def is_valid(number: str) -> bool:
    """Whether a normalised number has the right shape and check character (ISO 7064 MOD 11-2)."""
    return bool(SHAPE.fullmatch(number)) and mod_11_2(number[:17]) == number[17]


def grouped(number: str) -> str:
    """In groups of four, as printed: to be read aloud and typed without losing the place."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def register_number(year: int, organisation_code: str, register_type: int, sequence: int) -> str:
    """The register number (流水号), e.g. `2025-990103-2-000001`: internal, on no public page.

    Refuses (ValueError) parts of another size; 999,999 certificates a year and type are the end of a register.
    """
    text = f"{year}-{organisation_code}-{register_type}-{sequence:06d}"
    if sequence < 1 or not REGISTER_SHAPE.fullmatch(text):
        raise ValueError(f"{text} is not a register number.")
    return text

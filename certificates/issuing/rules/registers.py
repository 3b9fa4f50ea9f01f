"""How a register goes on after its database was put back from an older copy (CRT-3: no number twice)."""

import re

from certificates.issuing.rules.number import REGISTER_SHAPE

BLOCK = 10_000  # no site issues so many certificates of one kind between a copy and the loss that made it needed
FULL = 999_999
Register = tuple[int, str, int]


def next_block(last: int, block: int = BLOCK) -> int:
    """The last number to leave out where nobody knows what was given out after `last`: at least `block` numbers, to a full block.

    Refuses (ValueError) where the register would be full.
    """
    end = -(-(last + block) // block) * block
    if end >= FULL:
        raise ValueError("The register has no room for a block that is left out.")
    return end


def parse(text: str) -> tuple[Register, int]:
    """The register and the sequence of a register number such as `2025-990103-2-000001`. Refuses (ValueError) other texts."""
    match = re.fullmatch(REGISTER_SHAPE, text.strip())
    if not match:
        raise ValueError(f"{text} is not a register number.")
    year, organisation_code, register_type, sequence = match.groups()
    return (int(year), organisation_code, int(register_type)), int(sequence)


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs from first to last: 3 4 5 9 is 3–5 and 9–9."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found

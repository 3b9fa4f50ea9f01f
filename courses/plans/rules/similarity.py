"""Do two plans say the same? A note for the reviewer; no plan fails by it."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses.plans.rules.figures import Decimal

GRAM = 5
SHORTEST = 80  # characters, without blanks and punctuation: less is alike by chance
ALIKE_OF_TEN = 9  # nine of ten pieces of text are the same
FEWEST_NUMBERS = 3  # a table with fewer is alike by chance
FLAGGED_FROM = 3  # sections


@dataclass(frozen=True)
class SectionContent:
    """The words of one section, and the numbers of each of its tables as they stand in it."""

    text: str = ""
    tables: tuple[tuple[Decimal, ...], ...] = ()


def normalised(text: str) -> str:
    """Letters, characters and digits alone: no blanks, no punctuation, full width as half width, small letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _pieces(text: str) -> set[str]:
    return {text[start : start + GRAM] for start in range(len(text) - GRAM + 1)}


def texts_alike(first: str, second: str) -> bool:
    """Both at least 80 characters, and identical or nine of ten five-character pieces (Jaccard) the same."""
    one, two = normalised(first), normalised(second)
    if min(len(one), len(two)) < SHORTEST:
        return False
    ours, theirs = _pieces(one), _pieces(two)
    return one == two or 10 * len(ours & theirs) >= ALIKE_OF_TEN * len(ours | theirs)


def tables_alike(first: Sequence[Decimal], second: Sequence[Decimal]) -> bool:
    """All numbers of the table are equal, and there are some."""
    return len(first) >= FEWEST_NUMBERS and tuple(first) == tuple(second)


def alike(first: SectionContent, second: SectionContent, examples: Sequence[SectionContent] = ()) -> bool:
    """Two sections say the same. What both took over from a teaching example is no copying: without it as much must be left as
    is compared at all, so two who changed the same word of the example have not copied from each other either."""
    if texts_alike(first.text, second.text) and all(_own(one.text, examples) >= SHORTEST for one in (first, second)):
        return True
    taught = Counter(number for each in examples for table in each.tables for number in table)
    return any(
        tables_alike(ours, theirs) and (Counter(ours) - taught).total() >= FEWEST_NUMBERS
        for ours in first.tables
        for theirs in second.tables
    )


def _own(text: str, examples: Sequence[SectionContent]) -> int:
    """How many characters of a text stand in no example."""
    taught = set().union(*(_pieces(normalised(each.text)) for each in examples))
    own = normalised(text)
    return GRAM - 1 + sum(own[start : start + GRAM] not in taught for start in range(len(own) - GRAM + 1))


def same_sections(
    first: Mapping[str, SectionContent],
    second: Mapping[str, SectionContent],
    examples: Sequence[Mapping[str, SectionContent]] = (),
) -> tuple[str, ...]:
    """The codes of the sections that say the same in both plans, in the order of the book."""
    return tuple(
        code
        for code, content in first.items()
        if code in second and alike(content, second[code], [each[code] for each in examples if code in each])
    )


def flagged(sections: Sequence[str]) -> bool:
    """Three or more sections that say the same as one classmate's: the reviewer is told."""
    return len(sections) >= FLAGGED_FROM

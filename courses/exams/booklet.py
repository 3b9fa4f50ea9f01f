"""The frozen paper as one attempt sees it: its own order of questions and of choices, fixed at the start (EXM-6).

A *position* is a question's place on the paper, the same for everybody; a *number* is its place in one attempt. Pages and
their addresses know numbers and letters only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from random import Random
from typing import Any

from courses.exams.models import Attempt, Paper, PaperItem
from courses.questions.types import Choice, QuestionType, by_code


@dataclass(frozen=True)
class Item:
    """One question of a frozen paper, without its key: what may leave the server."""

    position: int
    type: str
    text: str
    body: dict[str, Any]
    points: Decimal


@dataclass(frozen=True)
class Page:
    """One question as the learner of one attempt sees it."""

    number: int
    item: Item
    order: tuple[int, ...]

    @property
    def kind(self) -> QuestionType:
        return by_code(self.item.type)

    def parse(self, posted: Sequence[str]) -> Any:
        """The value that posted fields mean. Raises `types.Refused` with a sentence."""
        return self.kind.parse(posted, self.item.body, self.order)

    def posted(self, value: Any) -> list[str]:
        """The fields that mean a value, in this attempt's letters."""
        return self.kind.posted(value, self.order)

    def choices(self, value: Any = None) -> list[Choice]:
        return self.kind.shown(self.item.body, self.order, value)


class Booklet:
    """All questions of an attempt in its order."""

    def __init__(self, items: tuple[Item, ...], order: Sequence[Sequence[Any]]):
        self._items = {item.position: item for item in items}
        self._order = order

    @classmethod
    def of(cls, attempt: Attempt) -> "Booklet":
        """The booklet of an attempt; the paper is read once per process, because it never changes."""
        paper = attempt.sitting.paper
        if paper is None:
            raise ValueError("An attempt's sitting has a paper.")
        return cls(_items(paper.pk, paper.sha256), attempt.order)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages)

    @cached_property
    def pages(self) -> list[Page]:
        return [
            Page(number, self._items[position], tuple(choices))
            for number, (position, choices) in enumerate(self._order, start=1)
        ]

    @cached_property
    def number_of(self) -> dict[int, int]:
        """Position on the paper → number in this attempt."""
        return {position: number for number, (position, _choices) in enumerate(self._order, start=1)}

    def page(self, number: int) -> Page | None:
        """The question with a number; None where there is none."""
        return self.pages[number - 1] if 1 <= number <= len(self) else None

    def at_position(self, position: int) -> Page | None:
        number = self.number_of.get(position)
        return self.page(number) if number else None


def order_for(paper: Paper, seed: str) -> list[list[Any]]:
    """An order of the paper's questions and of each one's choices that `seed` alone decides."""
    random = Random(f"{paper.seed}:{seed}")  # noqa: S311  (not a secret: it must give the same order again)
    items = list(_items(paper.pk, paper.sha256))
    random.shuffle(items)
    return [[item.position, by_code(item.type).order(item.body, random)] for item in items]


@lru_cache(maxsize=64)
def _items(paper_id: int, sha256: str) -> tuple[Item, ...]:
    """Cached by content as well as number: a frozen paper cannot change, and another paper cannot pass for it."""
    rows = PaperItem.objects.filter(paper=paper_id).order_by("position").defer("key")
    return tuple(Item(row.position, row.type, row.text, row.body, row.points) for row in rows)

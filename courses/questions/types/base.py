"""What every question type can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from courses.questions.types.writing import QuestionForm
from courses.words import listed

Value = Any  # what JSON can hold: the shape is the type's own; None is "not answered"


class Refused(ValueError):
    """What was posted cannot be an answer to this question. The message is a sentence for the learner."""


@dataclass(frozen=True)
class Choice:
    """One choice as a learner sees it: the letter follows from the attempt's order and tells nothing about the key."""

    letter: str
    text: str
    chosen: bool = False
    state: str = ""  # "right" where the key may be seen: on the author's desk, never on a page of a learner


class QuestionType:
    """The contract of a type.

    `body` (what is shown) and `key` (what is right) are JSON objects of the type's own shape. A *value* is an answer in the
    body's terms, whatever order an attempt shows; what a page posts and gets back is in the terms of that order, so that
    the place of the right choice in the bank never reaches a page (EXM-6).
    """

    code: str
    label: Any
    hint: Any  # one line for the author who chooses a type
    icon: str
    template_name: str  # what a learner sees
    form_class: type[QuestionForm]  # what an author fills in

    def validate(self, body: Any, key: Any) -> list[str]:
        """Sentences about what is missing or contradictory; empty where the question can be used."""
        raise NotImplementedError

    def order(self, body: dict[str, Any], random: Random) -> list[int]:
        """The order in which the choices of one attempt stand: places in the body. Empty for types without choices."""
        return []

    def shown(self, body: dict[str, Any], order: Sequence[int], value: Value = None) -> list[Choice]:
        """The choices in the order of an attempt, with what is chosen."""
        return []

    def parse(self, posted: Sequence[str], body: dict[str, Any], order: Sequence[int]) -> Value:
        """The value that a page's fields mean; None where nothing was chosen or typed. Raises Refused for anything else."""
        raise NotImplementedError

    def posted(self, value: Value, order: Sequence[int]) -> list[str]:
        """The fields that mean a value: the inverse of `parse`."""
        raise NotImplementedError

    def right(self, key: dict[str, Any]) -> Value:
        """The value that earns all points."""
        return key["right"]

    def mark(self, value: Value, body: dict[str, Any], key: dict[str, Any]) -> Fraction:
        """The share of the points that a value earns, from 0 to 1. None earns 0."""
        raise NotImplementedError

    def in_words(self, value: Value, body: dict[str, Any], order: Sequence[int]) -> str:
        """A value as it is printed: letters or the number."""
        return listed(self.posted(value, order))

    def key_in_words(self, body: dict[str, Any], key: dict[str, Any]) -> str:
        """The right answer as an author reads it, in the order of the bank."""
        return self.in_words(self.right(key), body, range(len(body.get("choices", ()))))

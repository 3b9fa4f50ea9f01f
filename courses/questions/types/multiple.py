"""Several right choices (多选)."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.types.base import LETTERS, Choice, QuestionType, Value
from courses.questions.types.single import choices, is_place, shuffled, to_places, validate_choices


class Multiple(QuestionType):
    """body {"choices": [text, …]}; key {"right": [place, …], "partial": bool}; value: list of places.

    Exactly the right ones earn all. With `partial`, some of the right ones and no wrong one earn their share (少选得部分分).
    """

    code = "multiple"
    label = gettext_lazy("several choices")
    template_name = "questions/types/multiple.html"

    def validate(self, body: Any, key: Any) -> list[str]:
        problems = validate_choices(body)
        right = key.get("right") if isinstance(key, dict) else None
        if not isinstance(right, list) or not right or not all(is_place(place, body) for place in right):
            problems.append(_("Say which choices are right."))
        elif len(set(right)) < len(right):
            problems.append(_("A right choice is named twice."))
        return problems

    def order(self, body: dict[str, Any], random: Random) -> list[int]:
        return shuffled(body, random)

    def shown(self, body: dict[str, Any], order: Sequence[int], value: Value = None) -> list[Choice]:
        return choices(body, order, set(value or []))

    def parse(self, posted: Sequence[str], body: dict[str, Any], order: Sequence[int]) -> Value:
        return to_places(posted, order) or None

    def posted(self, value: Value, order: Sequence[int]) -> list[str]:
        return sorted(LETTERS[list(order).index(place)] for place in value or [])

    def mark(self, value: Value, body: dict[str, Any], key: dict[str, Any]) -> Fraction:
        chosen, right = set(value or []), set(key["right"])
        if chosen == right:
            return Fraction(1)
        if chosen - right or not key.get("partial"):
            return Fraction(0)
        return Fraction(len(chosen), len(right))

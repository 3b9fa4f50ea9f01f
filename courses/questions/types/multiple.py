"""Several right choices (多选)."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.types.base import Choice, QuestionType, Value
from courses.questions.types.single import choices, is_place, shuffled, to_places, validate_choices
from courses.questions.types.writing import LETTERS, ChoicesForm


class MultipleForm(ChoicesForm):
    """The choices, and a tick at each right one."""

    right = forms.MultipleChoiceField(label=gettext_lazy("The right answers"), widget=forms.CheckboxSelectMultiple)
    partial = forms.BooleanField(
        label=gettext_lazy("Some of the right ones, and no wrong one, earn a part of the points"), required=False
    )
    marking = gettext_lazy("Write two to eight choices and tick all that are right. Empty lines are left out.")

    @classmethod
    def initial_of(cls, body: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
        right = [str(place) for place in key["right"]]
        return cls.choices_of(body) | {"right": right, "partial": bool(key.get("partial"))}

    def key(self) -> dict[str, Any]:
        right = sorted(self.place_of(row) for row in self.cleaned_data["right"])
        return {"right": right} | ({"partial": True} if self.cleaned_data["partial"] else {})


class Multiple(QuestionType):
    """body {"choices": [text, …]}; key {"right": [place, …], "partial": bool}; value: list of places.

    Exactly the right ones earn all. With `partial`, some of the right ones and no wrong one earn their share (少选得部分分).
    """

    code = "multiple"
    label = gettext_lazy("several choices")
    hint = gettext_lazy("Several choices, one or more of them are right.")
    icon = "check"
    template_name = "questions/types/multiple.html"
    form_class = MultipleForm

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

"""One right choice out of several (单选)."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.types.base import Choice, QuestionType, Refused, Value
from courses.questions.types.writing import LETTERS, ChoicesForm


class SingleForm(ChoicesForm):
    """The choices, and the circle at the right one."""

    right = forms.ChoiceField(label=gettext_lazy("The right answer"), widget=forms.RadioSelect)
    marking = gettext_lazy("Write two to eight choices and mark the right one. Empty lines are left out.")

    @classmethod
    def initial_of(cls, body: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
        return cls.choices_of(body) | {"right": str(key["right"])}

    def key(self) -> dict[str, Any]:
        return {"right": self.place_of(self.cleaned_data["right"])}


class Single(QuestionType):
    """body {"choices": [text, …]}; key {"right": place}; value: place."""

    code = "single"
    label = gettext_lazy("one choice")
    hint = gettext_lazy("Several choices, one of them is right.")
    icon = "ok"
    template_name = "questions/types/single.html"
    form_class = SingleForm

    def validate(self, body: Any, key: Any) -> list[str]:
        problems = validate_choices(body)
        right = key.get("right") if isinstance(key, dict) else None
        if not is_place(right, body):
            problems.append(_("Say which choice is right."))
        return problems

    def order(self, body: dict[str, Any], random: Random) -> list[int]:
        return shuffled(body, random)

    def shown(self, body: dict[str, Any], order: Sequence[int], value: Value = None) -> list[Choice]:
        return choices(body, order, set() if value is None else {value})

    def parse(self, posted: Sequence[str], body: dict[str, Any], order: Sequence[int]) -> Value:
        places = to_places(posted, order)
        if len(places) > 1:
            raise Refused(_("Choose one answer only."))
        return places[0] if places else None

    def posted(self, value: Value, order: Sequence[int]) -> list[str]:
        return [] if value is None else [LETTERS[list(order).index(value)]]

    def mark(self, value: Value, body: dict[str, Any], key: dict[str, Any]) -> Fraction:
        return Fraction(int(value is not None and value == key["right"]))


def validate_choices(body: Any) -> list[str]:
    """Sentences about the choices of a body: two to eight, none empty, none twice."""
    texts = body.get("choices") if isinstance(body, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return [_("Write the choices.")]
    problems = []
    if not 2 <= len(texts) <= len(LETTERS):
        problems.append(_("A question has two to eight choices."))
    if any(not text.strip() for text in texts):
        problems.append(_("A choice is empty."))
    if len({text.strip() for text in texts}) < len(texts):
        problems.append(_("Two choices are the same."))
    return problems


def is_place(place: Any, body: Any) -> bool:
    """Whether a number names a choice of the body."""
    texts = body.get("choices") if isinstance(body, dict) else None
    return (
        isinstance(texts, list)
        and isinstance(place, int)
        and not isinstance(place, bool)
        and 0 <= place < len(texts)
    )  # fmt: skip


def shuffled(body: dict[str, Any], random: Random) -> list[int]:
    """The places of the choices in an order that only `random` decides."""
    places = list(range(len(body["choices"])))
    random.shuffle(places)
    return places


def choices(body: dict[str, Any], order: Sequence[int], chosen: set[int]) -> list[Choice]:
    """The choices with the letters of an attempt."""
    return [Choice(LETTERS[at], body["choices"][place], place in chosen) for at, place in enumerate(order)]


def to_places(posted: Sequence[str], order: Sequence[int]) -> list[int]:
    """Letters as places, each once, in the body's order. Raises Refused for a letter that the page did not show."""
    known = dict(zip(LETTERS, order, strict=False))
    letters = [letter.strip().upper() for letter in posted if letter.strip()]
    if any(letter not in known for letter in letters):
        raise Refused(_("Choose one of the answers shown."))
    return sorted({known[letter] for letter in letters})

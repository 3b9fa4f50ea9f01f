"""True or false (判断)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from courses.questions.types.base import Choice, QuestionType, Refused, Value
from courses.questions.types.writing import QuestionForm


class TrueFalseForm(QuestionForm):
    """Is the sentence true?"""

    text_hint = gettext_lazy("One sentence, clearly true or clearly false.")
    right = forms.ChoiceField(
        label=gettext_lazy("The sentence is"),
        choices=[("true", pgettext_lazy("answer", "True")), ("false", pgettext_lazy("answer", "False"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the sentence is true or false.")},
    )

    @classmethod
    def initial_of(cls, body: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
        return {"right": "true" if key["right"] else "false"}

    def key(self) -> dict[str, Any]:
        return {"right": self.cleaned_data["right"] == "true"}


class TrueFalse(QuestionType):
    """body {}; key {"right": bool}; value: bool. The order is always the same: "true" first."""

    code = "true_false"
    label = gettext_lazy("true or false")
    hint = gettext_lazy("One sentence: is it true or not?")
    icon = "swap"
    template_name = "questions/types/true_false.html"
    form_class = TrueFalseForm

    def validate(self, body: Any, key: Any) -> list[str]:
        if not isinstance(key, dict) or not isinstance(key.get("right"), bool):
            return [_("Say whether the sentence is true or false.")]
        return []

    def shown(self, body: dict[str, Any], order: Sequence[int], value: Value = None) -> list[Choice]:
        return [
            Choice("A", pgettext("answer", "True"), value is True),
            Choice("B", pgettext("answer", "False"), value is False),
        ]

    def parse(self, posted: Sequence[str], body: dict[str, Any], order: Sequence[int]) -> Value:
        letters = [letter.strip().upper() for letter in posted if letter.strip()]
        if not letters:
            return None
        if letters not in (["A"], ["B"]):
            raise Refused(_("Choose one of the answers shown."))
        return letters == ["A"]

    def posted(self, value: Value, order: Sequence[int]) -> list[str]:
        return [] if value is None else ["A" if value else "B"]

    def mark(self, value: Value, body: dict[str, Any], key: dict[str, Any]) -> Fraction:
        return Fraction(int(value is not None and value == key["right"]))

    def in_words(self, value: Value, body: dict[str, Any], order: Sequence[int]) -> str:
        return "" if value is None else (pgettext("answer", "True") if value else pgettext("answer", "False"))

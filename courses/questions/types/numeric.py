"""A number with a tolerance (填数字)."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.questions.types.base import QuestionType, Refused, Value
from courses.questions.types.writing import QuestionForm

NUMBER = re.compile(r"[+-]?(\d{1,12})(\.\d{1,6})?")


class NumericForm(QuestionForm):
    """The number, its unit, and how far off an answer may be."""

    value = forms.CharField(
        label=gettext_lazy("Right number"), max_length=24, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": gettext_lazy("Write the right number.")},
    )  # fmt: skip
    unit = forms.CharField(
        label=gettext_lazy("Unit"), max_length=20, required=False,
        help_text=gettext_lazy("It stands behind the field, for instance mm; the learner types the number only."),
    )  # fmt: skip
    tolerance = forms.CharField(
        label=gettext_lazy("Tolerance"), max_length=24, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("By so much an answer may be higher or lower and still be right. Empty: exactly the number."),
    )  # fmt: skip

    @classmethod
    def initial_of(cls, body: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
        return {"value": key["value"], "tolerance": key.get("tolerance", "0"), "unit": body.get("unit", "")}

    def clean_value(self) -> str:
        found = number(self.cleaned_data["value"])
        if found is None:
            raise forms.ValidationError(_("Type a number, for instance 12.5."))
        return plain(found)

    def clean_tolerance(self) -> str:
        found = number(self.cleaned_data["tolerance"] or "0")
        if found is None or found < 0:
            raise forms.ValidationError(_("The tolerance is a number from 0 upwards."))
        return plain(found)

    def body(self) -> dict[str, Any]:
        return {"unit": self.cleaned_data["unit"]}

    def key(self) -> dict[str, Any]:
        return {"value": self.cleaned_data["value"], "tolerance": self.cleaned_data["tolerance"]}


class Numeric(QuestionType):
    """body {"unit": text}; key {"value": "12.5", "tolerance": "0.1"}; value: the number as text, normalised.

    Numbers are Decimal from the first character to the mark: never binary fractions.
    """

    code = "numeric"
    label = pgettext_lazy("type of question", "number")
    hint = gettext_lazy("The learner works out a number and types it.")
    icon = "keypad"
    template_name = "questions/types/numeric.html"
    form_class = NumericForm

    def validate(self, body: Any, key: Any) -> list[str]:
        problems = []
        if not isinstance(body, dict) or not isinstance(body.get("unit", ""), str):
            problems.append(_("The unit is a word such as mm."))
        data = key if isinstance(key, dict) else {}
        if number(data.get("value")) is None:
            problems.append(_("Write the right number."))
        tolerance = number(data.get("tolerance", "0"))
        if tolerance is None or tolerance < 0:
            problems.append(_("The tolerance is a number from 0 upwards."))
        return problems

    def parse(self, posted: Sequence[str], body: dict[str, Any], order: Sequence[int]) -> Value:
        typed = [text for text in posted if text.strip()]
        if not typed:
            return None
        found = number(typed[0]) if len(typed) == 1 else None
        if found is None:
            raise Refused(_("Type a number, for instance 12.5."))
        return plain(found)

    def posted(self, value: Value, order: Sequence[int]) -> list[str]:
        return [] if value is None else [value]

    def right(self, key: dict[str, Any]) -> Value:
        return key["value"]

    def mark(self, value: Value, body: dict[str, Any], key: dict[str, Any]) -> Fraction:
        if value is None:
            return Fraction(0)
        distance = abs(Decimal(value) - Decimal(key["value"]))
        return Fraction(int(distance <= Decimal(key.get("tolerance", "0"))))

    def in_words(self, value: Value, body: dict[str, Any], order: Sequence[int]) -> str:
        return "" if value is None else f"{value} {body.get('unit', '')}".strip()

    def key_in_words(self, body: dict[str, Any], key: dict[str, Any]) -> str:
        exact, tolerance = super().key_in_words(body, key), key.get("tolerance", "0")
        return f"{exact} (± {tolerance})" if number(tolerance) else exact


def number(typed: Any) -> Decimal | None:
    """A number as people type it: full-width digits, a true minus, commas for thousands, blanks. None for anything else."""
    if not isinstance(typed, str):
        return None
    text = unicodedata.normalize("NFKC", typed).replace("−", "-").replace("。", ".")
    text = re.sub(r"\s", "", text)
    if "," in text and not re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return None
    text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def plain(found: Decimal) -> str:
    """One spelling for one number: no exponent, no zeros at the end, no minus zero."""
    text = f"{found.normalize():f}"
    return "0" if text in {"-0", "+0"} else text

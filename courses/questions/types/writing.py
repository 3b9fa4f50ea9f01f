"""What an author fills in: the part that every type's form shares, and the form of types with choices."""

from typing import Any, ClassVar, Self, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

LETTERS = "ABCDEFGH"
FIRST, LAST = ("text",), ("explanation", "topic", "code")


class QuestionForm(forms.Form):
    """A question in its author's hands. A type's form adds fields of its own, `body` and `key`, and `initial_of`, their inverse.

    Where the fields need more than one below the other, the type names a template of its own as `fields_template`.
    """

    fields_template: ClassVar[str] = "questions/fields/plain.html"
    text_hint: ClassVar[Any] = gettext_lazy("Short and in plain words: it is read on a screen, or read out.")

    text = forms.CharField(
        label=gettext_lazy("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the question.")},
    )  # fmt: skip
    explanation = forms.CharField(
        label=gettext_lazy("Why it is so"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For your colleagues. Learners do not see it in the exam."),
    )  # fmt: skip
    topic = forms.CharField(
        label=gettext_lazy("Topic"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
        help_text=gettext_lazy("An exam may ask for so many questions of each topic: write it the same way each time."),
    )  # fmt: skip
    code = forms.CharField(
        label=pgettext_lazy("of a question", "Code"), max_length=30, required=False,
        help_text=gettext_lazy("Left empty, the question gets the next number of the bank."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]
        self.fields["text"].help_text = self.text_hint
        self.order_fields([*FIRST, *(name for name in self.fields if name not in FIRST + LAST), *LAST])

    @classmethod
    def initial_of(cls, body: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
        """What stands in the type's own fields for a stored question."""
        raise NotImplementedError

    @classmethod
    def again(cls, data: Any, **kwargs: Any) -> Self:
        """The form with what was typed and nothing checked: the author asked for more room, not to save."""
        fields = cls(data, **kwargs).fields
        typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields.items()}
        return cls(initial=cls.roomier(typed), **kwargs)

    @classmethod
    def roomier(cls, typed: dict[str, Any]) -> dict[str, Any]:
        """What was typed, with more rows in types that have rows."""
        return typed

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the type."""
        return [self[name] for name in self.fields if name not in FIRST + LAST]

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean_explanation(self) -> str:
        return self.cleaned_data["explanation"].replace("\r\n", "\n")

    def body(self) -> dict[str, Any]:
        """What is shown, in the type's shape. Like `key` for a valid form only."""
        return {}

    def key(self) -> dict[str, Any]:
        """What is right, in the type's shape."""
        raise NotImplementedError

    def facts(self) -> dict[str, Any]:
        """The question as `actions.add` and `actions.revise` take it."""
        names = [name for name in (*FIRST, *LAST) if name in self.fields]
        return {name: self.cleaned_data[name] for name in names} | {"body": self.body(), "key": self.key()}


class ChoicesForm(QuestionForm):
    """Rows of choices; what is marked in `right`, a field of the type's own, are numbers of rows. Empty rows are left out."""

    fields_template = "questions/fields/choices.html"
    marking: ClassVar[Any]
    rows_at_first, rows_more = 4, 2

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        count = self._row_count()
        self.initial["rows"] = count
        self.names = [f"choice_{row}" for row in range(count)]
        for letter, name in zip(LETTERS, self.names, strict=False):
            self.fields[name] = forms.CharField(
                label=_("Choice %(letter)s") % {"letter": letter}, max_length=200, required=False
            )
        right = cast(forms.ChoiceField, self.fields["right"])
        right.choices = [(str(row), LETTERS[row]) for row in range(count)]
        right.error_messages["required"] = _("Say which choice is right.")
        if focus := self.initial.get("focus"):
            self.fields[focus].widget.attrs["autofocus"] = True
        own = [name for name in self.fields if name not in FIRST + LAST and name not in self.names]
        self.order_fields([*FIRST, *self.names, *own, *LAST])

    def _row_count(self) -> int:
        typed = str(self.data.get("rows", "")) if self.is_bound else str(self.initial.get("rows", ""))
        asked = int(typed) if typed.isdecimal() and len(typed) < 3 else 0
        return min(max(asked, self.rows_at_first), len(LETTERS))

    @classmethod
    def choices_of(cls, body: dict[str, Any]) -> dict[str, Any]:
        """What stands in the rows for a stored question."""
        texts = body["choices"]
        return {"rows": len(texts)} | {f"choice_{row}": text for row, text in enumerate(texts)}

    @classmethod
    def roomier(cls, typed: dict[str, Any]) -> dict[str, Any]:
        rows = sum(name.startswith("choice_") for name in typed)
        return typed | {"rows": rows + cls.rows_more, "focus": f"choice_{rows}" if rows < len(LETTERS) else ""}

    @property
    def has_room(self) -> bool:
        return len(self.names) < len(LETTERS)

    def lines(self) -> list[dict[str, Any]]:
        """The rows: a letter, the field for the words, the circle or box for "right"."""
        marks = self["right"].subwidgets
        return [
            {"letter": letter, "field": self[name], "mark": mark}
            for letter, name, mark in zip(LETTERS, self.names, marks, strict=False)
        ]

    def rest_fields(self) -> list[forms.BoundField]:
        """The type's fields besides the rows."""
        return [field for field in self.own_fields() if field.name not in {*self.names, "rows", "right"}]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        texts = {name: data.get(name, "") for name in self.names}
        written = [name for name in self.names if texts[name]]
        if len(written) < 2 and not any(name in self.errors for name in self.names):
            empty = next(name for name in self.names if name not in written)
            self.add_error(empty, _("A question has two to eight choices. Write one more."))
        for place, name in enumerate(written):
            if texts[name] in [texts[earlier] for earlier in written[:place]]:
                self.add_error(name, _("This choice is there twice. Word it differently, or leave it empty."))
        marked = data.get("right") or []
        if any(f"choice_{row}" not in written for row in ([marked] if isinstance(marked, str) else marked)):
            self.add_error("right", _("The choice that is marked as right is empty. Write it, or mark another one."))
        return data

    def body(self) -> dict[str, Any]:
        return {"choices": [self.cleaned_data[name] for name in self.names if self.cleaned_data[name]]}

    def place_of(self, row: str) -> int:
        """The place among the choices of a row, when the empty ones are left out."""
        return sum(bool(self.cleaned_data[name]) for name in self.names[: int(row)])

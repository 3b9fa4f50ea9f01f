"""Check-yourself questions: answered by who reads, marked by nobody, no part of any exam."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.rules import KEYS, Choice, Question


class ChoiceBlock(StructBlock):
    text = CharBlock(max_length=60, label=_("Choice"))
    is_right = BooleanBlock(required=False, label=_("Right"))

    class Meta:
        icon = "check"
        label = _("Choice")


class QuestionBlock(StructBlock):
    """A question with two to five choices, the right one or ones, and why."""

    question = PlainTextBlock(max_length=120, rows=2, label=_("Question"))
    choices = ListBlock(ChoiceBlock(), min_num=2, max_num=len(KEYS), label=_("Choices"))
    explanation = PlainTextBlock(
        max_length=200, rows=3, label=_("Why"), help_text=_("Everybody reads this after answering, right or not.")
    )

    def clean(self, value: Any) -> Any:
        """Refuses a question of which no choice, or every choice, is right."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            right = [bool(choice["is_right"]) for choice in cleaned["choices"]]
            if not any(right) or all(right):
                sentence = _("Mark the right choice, and leave at least one that is not right.")
                raise StructBlockValidationError(non_block_errors=[ValidationError(sentence)])
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["question"] = question_of(value, "")
        return context

    class Meta:
        icon = "help"
        label = _("Check yourself")
        description = _("A question that everybody may try. It is no exam and nobody is marked.")
        template = "blocks/question_read.html"
        preview_value = {
            "question": "引弧以前，先做哪一件？",
            "choices": [
                {"text": "把面罩落下来", "is_right": True},
                {"text": "把焊条对准焊缝看一眼", "is_right": False},
                {"text": "把电流调到最大", "is_right": False},
            ],
            "explanation": "弧光一闪就伤眼睛。面罩先落下，手再动。",
        }


def question_of(value: Any, block_id: str) -> Question:
    """The value of a `QuestionBlock` as a `Question`."""
    choices = tuple(
        Choice(key, choice["text"], bool(choice["is_right"]))
        for key, choice in zip(KEYS, value["choices"], strict=False)
    )
    return Question(block_id, value["question"], choices, value["explanation"])

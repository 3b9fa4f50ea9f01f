"""A question on its author's desk, drawn by the template that the learner's page uses."""

from dataclasses import dataclass, replace
from typing import Any

from courses.questions.models import Question
from courses.questions.types import Choice, QuestionType, by_code


@dataclass(frozen=True)
class Preview:
    """What the template of a type asks of a question; the choices stand in the order of the bank, the right ones marked."""

    item: Question
    number: int = 0
    typed: str = ""

    @property
    def kind(self) -> QuestionType:
        return by_code(self.item.type)

    @property
    def order(self) -> range:
        return range(len(self.item.body.get("choices", ())))

    @property
    def choices(self) -> list[Choice]:
        right = self.kind.posted(self.kind.right(self.item.key), self.order)
        shown = self.kind.shown(self.item.body, self.order)
        return [replace(choice, state="right") if choice.letter in right else choice for choice in shown]

    @property
    def is_shuffled(self) -> bool:
        return len(self.order) > 1

    @property
    def answer(self) -> str:
        return self.kind.key_in_words(self.item.body, self.item.key)


def rows(questions: Any) -> list[dict[str, Any]]:
    """Questions with their types, for a list."""
    return [{"question": question, "kind": by_code(question.type)} for question in questions]

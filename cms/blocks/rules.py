"""A check-yourself question as a value: who reads a lesson answers it, nobody marks it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

KEYS = "ABCDE"  # at most five choices


@dataclass(frozen=True)
class Choice:
    key: str
    text: str
    is_right: bool


@dataclass(frozen=True)
class ShownChoice:
    """A choice as a screen shows it. `state`: "" before answering; then "right", "mine" (chosen, not right) or "off"."""

    key: str
    text: str
    checked: bool
    state: str


@dataclass(frozen=True)
class Question:
    """`id` is the block's own number in the lesson: it stays when words are mended."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    explanation: str

    @property
    def is_multiple(self) -> bool:
        """Whether more than one choice is right, so that boxes stand where circles would."""
        return len(self.right_keys) > 1

    @property
    def right_keys(self) -> frozenset[str]:
        return frozenset(choice.key for choice in self.choices if choice.is_right)

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Of what a form sent, the keys that this question has; one at most where one choice is right."""
        found = [choice.key for choice in self.choices if choice.key in keys]
        return frozenset(found if self.is_multiple else found[:1])

    def is_right(self, keys: Collection[str]) -> bool:
        """All right choices and no other."""
        return self.known(keys) == self.right_keys

    def shown(self, keys: Collection[str] | None = None) -> tuple[ShownChoice, ...]:
        """The choices for a screen: untouched where `keys` is None, else with the answer beside what was chosen."""
        if keys is None:
            return tuple(ShownChoice(choice.key, choice.text, False, "") for choice in self.choices)
        chosen = self.known(keys)
        return tuple(
            ShownChoice(choice.key, choice.text, choice.key in chosen, _state(choice, choice.key in chosen))
            for choice in self.choices
        )


def _state(choice: Choice, chosen: bool) -> str:
    if choice.is_right:
        return "right"
    return "mine" if chosen else "off"

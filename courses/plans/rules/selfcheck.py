"""Am I ready to start? Eleven statements, answered by oneself and, if possible, by somebody who knows one."""

from collections.abc import Mapping
from dataclasses import dataclass

# What the outcome is called; none of them says that somebody does not fit.
GO_ON = "go_on"  # more yes than no
STRENGTHEN_FIRST = "strengthen_first"  # more no than yes: first work on what is missing
UNFINISHED = "unfinished"  # as many yes as no, while answers are open


@dataclass(frozen=True)
class Answer:
    """One statement: True for yes, False for no, None for no answer."""

    own: bool | None = None
    second: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """`code` is one of GO_ON, STRENGTHEN_FIRST, UNFINISHED. `blank` statements count as neither; `to_do` are those with a no:
    each asks for what to do, how, and until when."""

    code: str
    yes_own: int
    no_own: int
    yes_second: int
    disagreements: tuple[str, ...]
    blank: tuple[str, ...]
    to_do: tuple[str, ...]


def answered(text: str) -> bool | None:
    """The answer in a yes/no field."""
    return {"yes": True, "no": False}.get(text)


def outcome(answers: Mapping[str, Answer]) -> Outcome:
    """What the answers say; the second person's answers are shown beside one's own and decide nothing."""
    yes = sum(answer.own is True for answer in answers.values())
    no = sum(answer.own is False for answer in answers.values())
    code = GO_ON if yes > no else STRENGTHEN_FIRST if no > yes else UNFINISHED
    return Outcome(
        code=code,
        yes_own=yes,
        no_own=no,
        yes_second=sum(answer.second is True for answer in answers.values()),
        disagreements=tuple(name for name, answer in answers.items() if _differ(answer)),
        blank=tuple(name for name, answer in answers.items() if answer.own is None),
        to_do=tuple(name for name, answer in answers.items() if answer.own is False),
    )


def _differ(answer: Answer) -> bool:
    return answer.own is not None and answer.second is not None and answer.own is not answer.second

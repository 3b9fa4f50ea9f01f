"""Drawing a paper from a bank: pure, and the same for the same seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any


@dataclass(frozen=True)
class PoolQuestion:
    """What drawing needs to know about a question."""

    id: int
    topic: str
    type: str


@dataclass(frozen=True)
class Part:
    """One line of a blueprint: so many questions of a topic and a type (empty: any), each worth so many points."""

    count: int
    points: Decimal
    topic: str = ""
    type: str = ""

    def accepts(self, question: PoolQuestion) -> bool:
        return (not self.topic or question.topic == self.topic) and (not self.type or question.type == self.type)


@dataclass(frozen=True)
class Drawn:
    """One question of the paper and its points."""

    id: int
    points: Decimal


@dataclass(frozen=True)
class Shortage:
    """A line of the blueprint that the bank cannot fill."""

    part: Part
    found: int


class BlueprintProblem(ValueError):
    """A blueprint that is none: `code` is `shape`, `empty`, `count` or `points`."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class NotEnough(ValueError):
    """The bank has too few questions: `shortages` says where."""

    def __init__(self, shortages: list[Shortage]):
        super().__init__(shortages)
        self.shortages = shortages


Blueprint = dict[str, Any] | Sequence[dict[str, Any]]


def parts_of(blueprint: Blueprint) -> list[Part]:
    """A blueprint as parts. It is one line, `{"count": 20, "points": 5}`, or several with `topic` and `type` as well.

    Refuses (BlueprintProblem) other shapes, no lines, a count that is not a whole number from 1 to 200, points not above 0.
    """
    lines = [blueprint] if isinstance(blueprint, dict) else blueprint
    if not isinstance(lines, list | tuple) or not all(isinstance(line, dict) for line in lines):
        raise BlueprintProblem("shape")
    if not lines or not lines[0]:
        raise BlueprintProblem("empty")
    return [_part(line) for line in lines]


def _part(line: dict[str, Any]) -> Part:
    if set(line) - {"count", "points", "topic", "type"}:
        raise BlueprintProblem("shape")
    count, points = line.get("count"), line.get("points", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 200:
        raise BlueprintProblem("count")
    if isinstance(points, bool) or not isinstance(points, int | str | Decimal):
        raise BlueprintProblem("points")
    try:
        worth = Decimal(points)
    except ArithmeticError:
        raise BlueprintProblem("points") from None
    if not 0 < worth < 1000 or worth != worth.quantize(Decimal("0.01")):
        raise BlueprintProblem("points")
    return Part(count, worth, str(line.get("topic") or ""), str(line.get("type") or ""))


def draw(blueprint: Blueprint, pool: Iterable[PoolQuestion], seed: str) -> list[Drawn]:
    """Choose the questions of a paper: each at most once, in the order of the blueprint, decided by `seed` alone.

    Whenever the pool can fill all lines it does, also where lines overlap (a line for any topic gives way to one that needs
    the question). Refuses (NotEnough) where it cannot, naming each short line.
    """
    parts = parts_of(blueprint)
    random = Random(seed)  # noqa: S311  (not a secret: it must give the same paper again)
    questions = sorted(pool, key=lambda question: question.id)
    random.shuffle(questions)
    seats = [index for index, part in enumerate(parts) for _place in range(part.count)]
    taken: dict[int, int] = {}  # question's place in `questions` -> seat
    filled = [_seat(seat, seats, parts, questions, taken, set()) for seat in range(len(seats))]
    if not all(filled):
        raise NotEnough(_shortages(parts, seats, filled))
    chosen = {seat: questions[place] for place, seat in taken.items()}
    return [Drawn(chosen[seat].id, parts[seats[seat]].points) for seat in range(len(seats))]


def _seat(
    seat: int,
    seats: list[int],
    parts: list[Part],
    questions: list[PoolQuestion],
    taken: dict[int, int],
    tried: set[int],
) -> bool:
    """Find a question for a seat; a question that sits elsewhere may move if another one can take its place there."""
    for place, question in enumerate(questions):
        if place in tried or not parts[seats[seat]].accepts(question):
            continue
        tried.add(place)
        if place not in taken or _seat(taken[place], seats, parts, questions, taken, tried):
            taken[place] = seat
            return True
    return False


def _shortages(parts: list[Part], seats: list[int], filled: list[bool]) -> list[Shortage]:
    found = [0] * len(parts)
    for seat, ok in zip(seats, filled, strict=True):
        found[seat] += ok
    return [Shortage(part, found[index]) for index, part in enumerate(parts) if found[index] < part.count]

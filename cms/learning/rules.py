"""Where a learner goes on, and how far the course has come. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby


@dataclass(frozen=True)
class Lesson:
    """A lesson of a course in reading order, and one learner's bookmark in it."""

    code: str
    title: str
    module: str  # title of its module; empty where the course has none
    number: int  # within its module
    screen: int = 0  # 0: never opened
    turned_at: datetime | None = None
    finished: bool = False


@dataclass(frozen=True)
class Leg:
    """A stretch of the way: a module with its lessons. `state` is "done", "now" or "" (not yet)."""

    title: str
    done: int
    total: int
    state: str


def lesson_to_go_on_with(lessons: Sequence[Lesson]) -> Lesson | None:
    """The unfinished lesson that was open last; else the first that is unfinished; None when all are finished."""
    open_ones = [lesson for lesson in lessons if lesson.turned_at and not lesson.finished]
    if open_ones:
        return max(open_ones, key=lambda lesson: lesson.turned_at or datetime.min)
    return next((lesson for lesson in lessons if not lesson.finished), None)


def legs(lessons: Sequence[Lesson]) -> list[Leg]:
    """The way through the modules; the leg of the lesson to go on with is "now"."""
    here = lesson_to_go_on_with(lessons)
    found = []
    for title, group in groupby(lessons, key=lambda lesson: lesson.module):
        part = list(group)
        done = sum(lesson.finished for lesson in part)
        state = "done" if done == len(part) else "now" if here in part else ""
        found.append(Leg(title, done, len(part), state))
    return found


def neighbours(codes: Sequence[str], code: str) -> tuple[str, str]:
    """The lessons before and after one; empty at the ends."""
    place = codes.index(code)
    return codes[place - 1] if place else "", codes[place + 1] if place + 1 < len(codes) else ""


def screen_to_open(bookmark: int, total: int) -> int:
    """The screen to show: the bookmark, or the last one where the words have become fewer since."""
    return min(max(1, bookmark), max(1, total))


def last_words_before(has_question: Sequence[bool], screen: int) -> int:
    """The screen to read again after a question on `screen`: the nearest one before it with words; 0: there is none."""
    return next((number for number in range(screen - 1, 0, -1) if not has_question[number - 1]), 0)

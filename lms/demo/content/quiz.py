"""The last lesson of a course: ten of its own questions once more, from every part. No exam, no mark."""

from typing import Any

Block = tuple[Any, ...]
COUNT = 10
CODE, TITLE = "quiz", "自己测一测：十道题"
WORDS = (
    "<p>学到这里，用十道题看看学会了多少。<b>不是考试，不记分。</b>答完每一题都会说为什么；想再学的，回到那一课。</p>"
)


def quiz_of(modules: tuple[Any, ...], more: tuple[Block, ...] = ()) -> tuple[str, str, tuple[Block, ...]]:
    """A lesson of `COUNT` questions: the first of each lesson, then the second, until there are enough; `more` come last.

    They stand in the order of the lessons. Refuses (ValueError) a course with too few.
    """
    lessons = [blocks for _code, _title, lessons in modules for _slug, _name, blocks in lessons]
    asked = [[block for block in blocks if block[0] == "question"] for blocks in lessons]
    wanted = COUNT - len(more)
    ranked = sorted((turn, place) for place, questions in enumerate(asked) for turn in range(len(questions)))
    first = _spread([one for one in ranked if one[0] == 0], wanted)
    chosen = first + ranked[len([one for one in ranked if one[0] == 0]) :][: wanted - len(first)]
    if len(chosen) < wanted:
        raise ValueError(f"{len(chosen) + len(more)} questions are no quiz of {COUNT}.")
    picked = [asked[place][turn] for place, turn in sorted((place, turn) for turn, place in chosen)]
    return CODE, TITLE, (("heading", "十道题"), ("text", WORDS), *picked, *more)


def _spread(rows: list[tuple[int, int]], wanted: int) -> list[tuple[int, int]]:
    """As many rows as are wanted, from the beginning to the end evenly."""
    if len(rows) <= wanted:
        return rows
    return [rows[number * len(rows) // wanted] for number in range(wanted)]

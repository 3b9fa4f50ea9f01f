"""What the pages of the sheets show (self-assessment to idea): texts by path, what the answers come to, and the points."""

from datetime import date

from courses.catalogue.rules import IDEA_BOOK
from courses.plans.book import BOOKS
from courses.plans.book.ideas import CRITERIA, STATEMENTS
from courses.plans.paper.cells import Shown, Texts, filled_rows, printable_texts, shown
from courses.plans.reading import Values, macro, micro, self_check
from courses.plans.reading.sheets import RATINGS
from courses.plans.rules.screening import Idea, MicroScore

PLACES = {place.path: place for place in BOOKS[IDEA_BOOK].places()}
QUESTIONS = ("sells", "possible", "learnable")


def sheets_data(values: Values, *, dated: date, mark: str = "") -> Shown:
    """Everything that the pages show. `mark` stands small on the cover, as on the plan book's."""
    printable, unprintable = printable_texts(values, PLACES)
    columns = [_column(printable, idea) for idea in macro(printable).kept]
    return {
        "day": dated.isoformat(),
        "mark": mark,
        "title": "创业构思练习册",
        "subtitle": "",
        "in_yuan": False,
        "text": {path: shown(PLACES[path], text) for path, text in printable.items() if text and path in PLACES},
        "rows": filled_rows(printable, PLACES),
        "unprintable": unprintable,
        "self": _self(printable),
        "macro": _macro(printable),
        "micro": _with_places(printable, columns),
        "winner": _winner(printable),
    }


def _self(values: Values) -> Shown:
    """What the eleven answers come to, and the statements that have, or are to get, a line of the action list."""
    found = self_check(values)
    planned = [
        code for code, _label in STATEMENTS if any(values.get(f"self.actions.{code}.{part}") for part in ("what", "how", "until"))
    ]  # fmt: skip
    answered = found.yes_own + found.no_own
    return {
        "code": found.code if answered else "",
        "yes": str(found.yes_own) if answered else "",
        "no": str(found.no_own) if answered else "",
        "to_do": [code for code, _label in STATEMENTS if code in (*found.to_do, *planned)],
    }


def _macro(values: Values) -> Texts:
    """By row what became of an idea: "kept", "over" (three times yes, but behind the third), "later"; nothing of one that is
    not answered."""
    found = macro(values)
    named = {"kept": found.kept, "over": found.over, "later": [one for one in found.dropped if _is_out(values, one)]}
    return {idea.row: name for name, ideas in named.items() for idea in ideas}


def _is_out(values: Values, idea: Idea) -> bool:
    return any(values.get(f"macro.questions.{idea.row}.{code}") == "no" for code in QUESTIONS)


def _column(values: Values, idea: Idea) -> Shown:
    """One kept idea on the sheet of points; the cells stand there as they are written."""
    cells = [values.get(f"{RATINGS}.{idea.row}.{code}", "") for code, _label in CRITERIA]
    return {"row": idea.row, "name": idea.name, "cells": cells, "total": "", "percent": "", "place": ""}


def _with_places(values: Values, columns: list[Shown]) -> list[Shown]:
    """The columns with their sums. One that lacks points has none yet, and while one lacks them nobody is first."""
    found = {score.name: score for score in _scores(values)}
    complete = all(not found[column["row"]].missing for column in columns)
    for column in columns:
        score = found[column["row"]]
        if not score.missing:
            column |= {"total": str(score.total), "percent": f"{score.percent.normalize():f}%"}
            column["place"] = str(score.place) if complete else ""
    return columns


def _scores(values: Values) -> tuple[MicroScore, ...]:
    """The scores, with the row of each idea for its name: two ideas of the same name stay two."""
    return micro({**values, **{f"ideas.list.{idea.row}.offer": idea.row for idea in macro(values).kept}})


def _winner(values: Values) -> str:
    """The name of the idea with the most points, once all points are given."""
    scores = _scores(values)
    if not scores or any(score.missing for score in scores):
        return ""
    return values.get(f"ideas.list.{scores[0].name}.offer", "")

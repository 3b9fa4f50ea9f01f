"""The sheets beside the plan: the self-assessment, and the way from many ideas to one."""

from courses.plans.book.ideas import CRITERIA, IDEAS, STATEMENTS, SWOT
from courses.plans.book.shape import Table
from courses.plans.reading.fields import Values, count, written_rows
from courses.plans.rules import screening, selfcheck

RATINGS = "micro.ratings"  # the table of points: a row for each idea of the list, a column for each criterion


def self_check(values: Values) -> selfcheck.Outcome:
    """The outcome of the eleven statements."""
    answers = {
        code: selfcheck.Answer(
            selfcheck.answered(values.get(f"self.check.{code}.own", "")),
            selfcheck.answered(values.get(f"self.check.{code}.second", "")),
        )
        for code, _label in STATEMENTS
    }
    return selfcheck.outcome(answers)


def macro(values: Values) -> screening.MacroOutcome:
    """Which ideas of the list are kept after the three questions."""
    rows = written_rows(values, ("ideas.list",), IDEAS)
    return screening.macro_kept(tuple(_idea(values, row) for row in rows))


def _idea(values: Values, row: str) -> screening.Idea:
    asked = tuple(values.get(f"macro.questions.{row}.{code}") == "yes" for code in ("sells", "possible", "learnable"))
    return screening.Idea(
        row, values.get(f"ideas.list.{row}.offer", ""), asked, count(values, f"macro.questions.{row}.rank")
    )


def micro(values: Values) -> tuple[screening.MicroScore, ...]:
    """The points of the kept ideas, best first. Points hang on the idea's row in the list: another rank moves none of them."""
    return screening.micro_scores(tuple((idea.name, _points(values, idea.row)) for idea in macro(values).kept))


def winner(values: Values) -> str:
    """The name of the idea with the most points, with which the last sheets go on; "" while points are missing, or none was kept."""
    scores = micro(values)
    return "" if any(score.missing for score in scores) else next((score.name for score in scores), "")


def _points(values: Values, row: str) -> dict[str, int]:
    cells = ((code, f"{RATINGS}.{row}.{code}") for code, _label in CRITERIA)
    return {code: count(values, path) for code, path in cells if values.get(path)}


def swot_missing(values: Values) -> tuple[str, ...]:
    """The lists of the SWOT sheet with fewer than two entries, and "conclusion" where none is drawn."""
    lists = {part.code: part for part in SWOT.parts if isinstance(part, Table)}
    entries = {
        code: tuple(values.get(f"swot.{code}.{row}.text", "") for row in table.row_codes())
        for code, table in lists.items()
    }
    return screening.swot_missing(entries, values.get("swot.conclusion", ""))

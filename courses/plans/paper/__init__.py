"""The workbooks on paper. The plan book: fourteen A4 pages in the order of the official form, for a bank, a reviewer and the
learner's own file. The sheets of the way to an idea: eight pages.

What is empty is a place to write by hand: a plan with nothing in it prints as the blank form. All figures are the printed cells
of the tables. Nothing is taken from the learner's file, the class or the place: only what the learner wrote into the plan.
"""

from datetime import date

from django.utils import timezone

from courses.catalogue.rules import PLAN_BOOK
from courses.papers import draw
from courses.plans.models import HandIn, Plan, values_of
from courses.plans.paper.cells import PLACES, page_data
from courses.plans.paper.sheets import sheets_data
from courses.plans.reading import Values
from courses.plans.rules.local import LocalValues, local_values

__all__ = ["PLACES", "draw_book", "draw_sheets", "page_data", "print_plan", "sheets_data", "texts_of"]
PAGE = "courses/plans/paper/typst/book.typ"
SHEETS = "courses/plans/paper/typst/ideas.typ"


def print_plan(written: Plan | HandIn, *, mark: str = "") -> bytes:
    """The PDF of a workbook as it stands now, or as it was handed in. The same texts give the same bytes.

    `mark` stands small on the cover: the number on the roster, where the books of a class are printed together.
    """
    plan = written.plan if isinstance(written, HandIn) else written
    values, dated = texts_of(written), _day(written)
    if plan.book == PLAN_BOOK:
        return draw_book(values, local_values(plan.local), dated=dated, mark=mark)
    return draw_sheets(values, dated=dated, mark=mark)


def texts_of(written: Plan | HandIn) -> dict[str, str]:
    """What stands in a plan by path: frozen, of one that was handed in. One query for a plan, none for a hand-in."""
    return {**written.values} if isinstance(written, HandIn) else values_of(written)


def draw_book(values: Values, local: LocalValues, *, dated: date, mark: str = "") -> bytes:
    """The PDF of a business plan of these texts, under these values of law and place."""
    return draw(PAGE, page_data(values, local, dated=dated, mark=mark), dated=dated)


def draw_sheets(values: Values, *, dated: date, mark: str = "") -> bytes:
    """The PDF of the sheets of the way to an idea, with these texts."""
    return draw(SHEETS, sheets_data(values, dated=dated, mark=mark), dated=dated)


def _day(written: Plan | HandIn) -> date:
    """The day in the file's own data: of handing in, or of the last change."""
    if isinstance(written, HandIn):
        return timezone.localdate(written.at)
    changed = written.sections.exclude(changed_at=None).order_by("-changed_at").values_list("changed_at", flat=True)
    return timezone.localdate(changed.first() or written.begun_at)

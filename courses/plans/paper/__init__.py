"""The plan book on paper: fourteen A4 pages in the order of the official form, for a bank, a reviewer and the learner's own file.

What is empty is a place to write by hand: a plan with nothing in it prints as the blank form. All figures are the printed cells
of the tables. Nothing is taken from the learner's file, the class or the place: only what the learner wrote into the plan.
"""

from datetime import date

from django.utils import timezone

from courses.catalogue.rules import PLAN_BOOK
from courses.papers import draw
from courses.plans.models import HandIn, Plan, values_of
from courses.plans.paper.cells import PLACES, page_data
from courses.plans.reading import Values
from courses.plans.rules.local import LocalValues, local_values

__all__ = ["PLACES", "NoBook", "draw_book", "page_data", "print_plan", "texts_of"]
PAGE = "courses/plans/paper/typst/book.typ"


class NoBook(ValueError):
    """Only a business plan has a printed book; the sheets of the way to an idea have none."""


def print_plan(written: Plan | HandIn) -> bytes:
    """The PDF of a plan as it stands now, or as it was handed in. The same texts give the same bytes.

    Refuses (NoBook) a workbook that is no business plan.
    """
    plan = written.plan if isinstance(written, HandIn) else written
    if plan.book != PLAN_BOOK:
        raise NoBook(plan.book)
    return draw_book(texts_of(written), local_values(plan.local), dated=_day(written))


def texts_of(written: Plan | HandIn) -> dict[str, str]:
    """What stands in a plan by path: frozen, of one that was handed in. One query for a plan, none for a hand-in."""
    return {**written.values} if isinstance(written, HandIn) else values_of(written)


def draw_book(values: Values, local: LocalValues, *, dated: date) -> bytes:
    """The PDF of these texts, under these values of law and place."""
    return draw(PAGE, page_data(values, local, dated=dated), dated=dated)


def _day(written: Plan | HandIn) -> date:
    """The day in the file's own data: of handing in, or of the last change."""
    if isinstance(written, HandIn):
        return timezone.localdate(written.at)
    changed = written.sections.exclude(changed_at=None).order_by("-changed_at").values_list("changed_at", flat=True)
    return timezone.localdate(changed.first() or written.begun_at)

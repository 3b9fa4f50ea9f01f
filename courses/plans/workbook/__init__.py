"""The plan as a workbook of sheets with working formulas, for whoever goes on reckoning in Excel, WPS or LibreOffice.

One sheet for the cover with the values of law and place, one for each of the ten sections, one for the checks. What the learner
typed stands as a text or a number; everything else is a formula, rounded where the paper prints a cell, with our value beside it.
"""

from io import BytesIO

from django.utils.translation import gettext as _

from courses.catalogue.rules import PLAN_BOOK
from courses.plans.book import BOOKS
from courses.plans.models import HandIn, Plan
from courses.plans.paper import texts_of
from courses.plans.reading import Values, workbook
from courses.plans.rules.local import LocalValues, local_values
from courses.plans.workbook import cash, checks, profit, written
from courses.plans.workbook.sheet import Sheet, Styles
from courses.sheets.workbooks import new_workbook


class NoBook(ValueError):
    """Only a business plan is written as sheets with formulas; the way to an idea has no sums."""


def plan_xlsx(plan: Plan | HandIn) -> bytes:
    """The workbook of a plan as it stands now, or as it was handed in. Refuses (NoBook) a workbook that is no business plan."""
    written_plan = plan.plan if isinstance(plan, HandIn) else plan
    if written_plan.book != PLAN_BOOK:
        raise NoBook(written_plan.book)
    return write_workbook(texts_of(plan), local_values(written_plan.local))


def write_workbook(values: Values, local: LocalValues) -> bytes:
    """The workbook of these texts, under these values of law and place."""
    file = BytesIO()
    book = new_workbook(file)
    style = Styles(book)
    found = workbook(values, local)
    places = written.Places(found, local)
    sections = [section for section in BOOKS[PLAN_BOOK].sections if section.code != "self"]
    for section in sections:
        title = f"{section.number} {section.title}" if section.number else str(section.title)
        places.sheets[section.code] = Sheet.begin(book, style, title, wide=section.code in WIDE)
    for section in sections:
        if section.code == "profit":  # its interest is that of the loan, which stands in section 10
            cash.inputs(places.sheets["cash"], sections[-1], places)
        MAKERS.get(section.code, written.section)(places.sheets[section.code], section, places)
    profit.finish(places)
    checks.sheet(Sheet.begin(book, style, _("Checks")), places)
    book.close()
    return file.getvalue()


WIDE = ("assets", "forecast", "profit", "cash")
MAKERS = {
    "cover": written.cover, "assets": written.assets, "capital": written.capital, "forecast": profit.forecast,
    "profit": profit.profit, "cash": cash.cash,
}  # fmt: skip

"""The workbooks of a class bound together, behind a list that says whose is where. The list is for the trainer and stays here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.catalogue.rules import PLAN_BOOK
from courses.classes.models import TrainingClass
from courses.papers import Bound, bind, draw, missing_glyphs, page_count, sheets_of_paper
from courses.plans.models import Plan
from courses.plans.paper.cells import BLANK

PAGE = "courses/plans/paper/typst/class.typ"
TITLES = {PLAN_BOOK: "创业计划书"}
SHEETS_TITLE = "创业构思练习册"


@dataclass(frozen=True)
class Printed:
    """A workbook that is drawn."""

    plan: Plan
    pdf: bytes


def bind_class(training_class: TrainingClass, printed: list[Printed], *, dated: date) -> bytes:
    """One PDF: the list, then the workbooks in the order of `printed`, each on sheets of its own."""
    data = _list_data(training_class, printed, dated)
    pages = page_count(draw(PAGE, data, dated=dated))  # how long it is does not depend on the numbers in it
    _number_pages(data["rows"], printed, sheets_of_paper(pages) + 1)
    papers = [Bound("名单", draw(PAGE, data, dated=dated))]
    papers += [
        Bound(f"{one.plan.enrolment.roster_no} {one.plan.enrolment.learner.full_name}", one.pdf) for one in printed
    ]
    return bind(papers, title=data["title"])


def _list_data(training_class: TrainingClass, printed: list[Printed], dated: date) -> dict[str, Any]:
    by_enrolment = {one.plan.enrolment_id: one.plan for one in printed}
    rows = []
    for enrolment in training_class.enrolments.on_roster().select_related("learner").order_by("roster_no"):
        plan = by_enrolment.get(enrolment.pk)
        rows.append({
            "no": str(enrolment.roster_no), "name": _printable(enrolment.learner.full_name),
            "learner_no": enrolment.learner.learner_no, "state": plan.state if plan else "",
            "attempt": str(plan.attempt) if plan else "", "plan": plan.pk if plan else 0, "pages": "",
        })  # fmt: skip
    edition = training_class.edition
    return {
        "title": f"{TITLES.get(edition.workbook, SHEETS_TITLE)}　{training_class.class_no}",
        "course": _printable(edition.title),
        "day": dated.isoformat(),
        "count": str(len(printed)),
        "rows": rows,
    }


def _number_pages(rows: list[dict[str, Any]], printed: list[Printed], first: int) -> None:
    """Write beside each name on which pages of the file the workbook stands."""
    spans = {}
    for one in printed:
        pages = page_count(one.pdf)
        spans[one.plan.pk] = f"{first}–{first + pages - 1}"
        first += sheets_of_paper(pages)
    for row in rows:
        row["pages"] = spans.get(row["plan"], "")


def _printable(text: str) -> str:
    """With a box for each character that the fonts do not have."""
    return text.translate({ord(lacking): BLANK for lacking in missing_glyphs(text)})

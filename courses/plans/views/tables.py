"""A section as the official form has it: every field and table on one page, months in two halves."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.plans import actions, guide
from courses.plans.book import BookSection, Field, Kind, Table
from courses.plans.book.shape import NUMBERS, Words
from courses.plans.models import Comment, Plan
from courses.plans.reading import row_name, rows_of
from courses.plans.reading.fields import written_rows
from courses.plans.rules import assets
from courses.plans.rules.amounts import printed
from courses.plans.views.amounts import amounts_of
from courses.plans.views.book import first_path
from courses.plans.views.control import FOLLOWING, bounds_of, default_of
from courses.plans.views.mine import Desk, frame, my_plan, packed, see, sentences, unpacked
from courses.plans.views.question import replaced_texts, section_progress
from courses.terminals.permissions import LearnerRequest

FREE_ROWS = 2  # so many empty rows stand below the written ones
HALVES = ((1, 6), (7, 12))
COUNTED = ("marketing", "organisation", "assets", "capital", "forecast", "profit", "cash")


@require_http_methods(["GET", "POST"])
@my_plan
def section(request: LearnerRequest, plan: Plan, code: str) -> HttpResponse:
    """GET shows the section; POST stores its fields, and shows again with a sentence what cannot stand in one."""
    try:
        found = plan.workbook.section(code)
    except KeyError:
        raise Http404 from None
    if request.method == "POST" and plan.is_open:
        return _save(request, plan, found)
    return _show(request, Desk.of(plan), found)


def _save(request: LearnerRequest, plan: Plan, found: BookSection) -> HttpResponse:
    lead = f"{found.code}."
    typed = {path: ",".join(request.POST.getlist(path)) for path in request.POST if path.startswith(lead)}
    for path in request.POST.getlist("many"):  # boxes of which none is ticked send nothing
        typed.setdefault(path, "")
    try:
        saved = actions.save_section(
            plan=plan, section=found.code, values=typed, shown=unpacked(request.POST.get("shown", "")), by=request.learner,
            terminal=request.terminal,
        )  # fmt: skip
        gone = _remove(request, plan)
    except actions.NoSuchField:
        raise Http404 from None
    except ValidationError as refusal:
        return _show(request, Desk.of(plan), found, typed=typed, problems=dict(sentences(refusal)))
    replaced = [path for path, one in saved.items() if one.replaced is not None]
    problems = {path: [one.refused] for path, one in saved.items() if one.refused and not path.startswith(gone)}
    if problems:
        wrong = {path: typed[path] for path in problems}
        return _show(request, Desk.of(plan), found, typed=wrong, problems=problems, replaced=replaced)
    return _after(request, plan, found, "&".join(f"other={path}" for path in replaced))


def _after(request: LearnerRequest, plan: Plan, found: BookSection, ask: str) -> HttpResponse:
    """Where one goes on when everything is stored."""
    if request.POST.get("go") == "next":
        sections = plan.workbook.sections
        after = sections.index(found) + 1
        if not ask and after < len(sections):
            actions.turn_to(plan=plan, path=first_path(sections[after]), by=request.learner)
            return see("plans:section", plan.pk, sections[after].code)
        return see("plans:book", plan.pk) if not ask else see("plans:section", plan.pk, found.code, ask=f"?{ask}")
    return see("plans:section", plan.pk, found.code, ask=f"?saved&{ask}")


def _remove(request: LearnerRequest, plan: Plan) -> tuple[str, ...]:
    """Take out the row that was asked for; what its paths begin with."""
    table, _sep, row = request.POST.get("remove", "").rpartition(".")
    if not row:
        return ()
    actions.remove_row(plan=plan, table=table, row=row, by=request.learner, terminal=request.terminal)
    return (f"{table}.{row}.",)


def _show(
    request: LearnerRequest, desk: Desk, found: BookSection, *, typed: dict[str, str] | None = None,
    problems: dict[str, list[str]] | None = None, replaced: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    cells = _Cells(desk, typed or {}, problems or {}, _comments(desk.plan, found))
    parts = [cells.part(found, part) for part in found.parts]
    sections = desk.plan.workbook.sections
    place = sections.index(found)
    numbers = _numbers(desk, found)
    context = frame(
        request, desk, section=found, parts=parts, shown=packed(desk.shown(cells.paths)), problems=problems or {},
        problem_list=cells.problem_list, progress=section_progress(desk.plan, found),
        before=sections[place - 1] if place else None, after=sections[place + 1] if place + 1 < len(sections) else None,
        others=replaced_texts(desk, [*replaced, *request.GET.getlist("other")]), saved="saved" in request.GET,
        numbers=numbers, year=_year(desk) if numbers else None, amounts=amounts_of(desk) if found.code == "forecast" else [],
        outcome=OUTCOMES.get(found.code, ""),
    )  # fmt: skip
    return render(request, "plans/section.html", context, status=422 if problems else 200)


OUTCOMES = {"self": "plans:self", "macro": "plans:screening", "micro": "plans:screening", "swot": "plans:screening",
    "forecast": "plans:result", "profit": "plans:result", "cash": "plans:cash"}  # fmt: skip


def _numbers(desk: Desk, found: BookSection) -> dict[str, Any] | None:
    """What the script adds up while somebody types, in the sections whose numbers count in the tables."""
    counts = desk.plan.workbook.is_plan and found.code in COUNTED and desk.plan.is_open
    return {"values": desk.texts, "local": desk.plan.local} if counts else None


def _year(desk: Desk) -> dict[str, Any]:
    """The three figures of the year that stand below every table that counts."""
    profit = desk.workbook.profit
    return {"sales": profit["sales"].total, "profit": profit["profit"].total, "lowest": desk.workbook.cash.lowest}


def _comments(plan: Plan, found: BookSection) -> dict[str, list[Comment]]:
    by_path: dict[str, list[Comment]] = {}
    for one in Comment.objects.open().filter(plan=plan, path__startswith=f"{found.code}.").select_related("by"):
        by_path.setdefault(one.path, []).append(one)
    return by_path


class _Cells:
    """The fields of a page, each with what stands in it; collects their paths and what is wrong."""

    def __init__(
        self, desk: Desk, typed: dict[str, str], problems: dict[str, list[str]], comments: dict[str, list[Comment]]
    ) -> None:
        self.desk, self.typed, self.problems, self.comments = desk, typed, problems, comments
        self.paths: list[str] = []
        self.problem_list: list[dict[str, str]] = []

    def cell(self, path: str, field: Field, label: str, default: str = "") -> dict[str, Any]:
        self.paths.append(path)
        value = self.typed.get(path, self.desk.texts.get(path, ""))
        problem = self.problems.get(path, [""])[0]
        if problem:
            self.problem_list.append({"path": path, "label": label, "sentence": problem})
        chosen = value.split(",") if value else []
        choices = [("yes", _("Yes")), ("no", _("No"))] if field.kind == Kind.YES_NO else field.choices
        return {
            "path": path, "field": field, "label": label, "value": value, "problem": problem, "default": default,
            "version": self.desk.versions.get(path, 0), "comments": self.comments.get(path, []),
            "is_number": field.kind in NUMBERS, "bounds": bounds_of(field), "is_whole": field.kind in (Kind.COUNT, Kind.MONTH),
            "choices": [{"code": code, "label": text, "chosen": code in chosen} for code, text in choices],
            "words": [text for code, text in choices if code in chosen],
        }  # fmt: skip

    def part(self, found: BookSection, part: Field | Table) -> dict[str, Any]:
        path = f"{found.code}.{part.code}"
        if isinstance(part, Field):
            return {"kind": "field", "part": part, "cell": self.cell(path, part, str(part.label))}
        rows = [self.row(found, part, row) for row in self._rows(path, part)]
        shared = {"part": part, "path": path, "rows": rows}
        if part.monthly:
            return {"kind": "months", "halves": [self._half(path, part, rows, *half) for half in HALVES],
                    "follows": part.code in FOLLOWING, **shared}  # fmt: skip
        kind = "list" if len(part.columns) == 1 and not part.fixed else "table"
        return {"kind": kind, "sums": _sum_name(path), **shared}

    def _rows(self, path: str, part: Table) -> list[str]:
        written = rows_of(path, part, self.desk.texts)
        if part.fixed or part.rows_of or not self.desk.plan.is_open:
            return written
        typed = written_rows(self.typed, (path,), part.rows)
        free = [row for row in part.row_codes() if row not in written and row not in typed]
        return [row for row in part.row_codes() if row in written or row in typed or row in free[:FREE_ROWS]]

    def row(self, found: BookSection, part: Table, row: str) -> dict[str, Any]:
        path = f"{found.code}.{part.code}"
        name = row_name(path, part, row, self.desk.texts)
        default = default_of(self.desk, guide.Stop(f"{path}.{row}", found, part, row)) if part.monthly else ""
        cells = [self.cell(f"{path}.{row}.{one.code}", one, f"{name}: {one.label}", default) for one in part.columns]
        begun = any(cell["value"] for cell in cells)
        return {
            "code": row, "name": name, "cells": cells, "default": default, "begun": begun,
            "wrong": any(cell["problem"] for cell in cells), "sum": _row_sum(self.desk, path, row),
            "asked": [] if part.monthly else self._whys(found, part, row),
        }  # fmt: skip

    def _whys(self, found: BookSection, part: Table, row: str) -> list[tuple[Words, str]]:
        """Why each field of a row is asked, by its name; where all are asked for one reason, that alone."""
        path = f"{found.code}.{part.code}.{row}"
        whys: dict[str, Words] = {}
        for column in part.columns:
            ask = guide.words(guide.Stop(f"{path}.{column.code}", found, part, row, column), self.desk.texts)
            if ask.why:
                whys.setdefault(str(ask.why), column.label)
        return [(label if len(part.columns) > 1 else "", why) for why, label in whys.items()]

    def _half(self, path: str, part: Table, rows: list[dict[str, Any]], first: int, last: int) -> dict[str, Any]:
        columns = part.columns[first - 1 : last]
        return {
            "first": first, "last": last, "columns": columns, "title": part.title,
            "rows": [{**row, "cells": row["cells"][first - 1 : last]} for row in rows],
        }  # fmt: skip


def _sum_name(path: str) -> str:
    return "asset" if path.startswith("assets.") else ""


def _row_sum(desk: Desk, path: str, row: str) -> str:
    """What a row of the fixed assets comes to."""
    if not path.startswith("assets."):
        return ""
    found = next((one for one in desk.workbook.figures.assets if one.row == f"{path.split('.')[1]}.{row}"), None)
    return printed(assets.amount(found)) if found else ""

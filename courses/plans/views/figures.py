"""What follows from the numbers: profit, cash, the fourteen checks, and the outcome of the sheets."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.plans import charts, reading
from courses.plans.book.ideas import CRITERIA, STATEMENTS
from courses.plans.book.rows import CASH_TAXES, ROW_NAMES
from courses.plans.models import HandIn, Plan
from courses.plans.notes import notes_of
from courses.plans.reading import Workbook
from courses.plans.rules import startup
from courses.plans.rules.cash import COMES_IN, GOES_OUT, CashTable
from courses.plans.rules.checks import Level
from courses.plans.rules.profit import COSTS
from courses.plans.rules.screening import MicroScore, Tie, tie_at_the_top
from courses.plans.rules.tables import Row, Rows
from courses.plans.views.mine import Desk, frame, my_plan
from courses.plans.wording import (
    Audience,
    month,
    months_text,
    place_name,
    said_of,
    text_of,
    verdict,
    year_sentence,
    yuan,
)
from courses.terminals.permissions import LearnerRequest

HALVES = ((1, 6), (7, 12))
Group = tuple[str, tuple[str, ...]]


def money_table(
    table: Rows, groups: tuple[Group, ...], red: tuple[int, ...] = (), by: tuple[Row, ...] = ()
) -> list[dict[str, Any]]:
    """A table by months in two halves. Rows with nothing but noughts are left out, except sums; `red` months are marked.

    A group is (heading, codes); a code with "=" before it is a sum, with "!" before it the last line.
    """
    lines: list[dict[str, Any]] = []
    for heading, codes in groups:
        rows = [_line(table, code) for code in codes]
        rows = [one for one in rows if one["kind"] or not one["row"].empty]
        if heading and rows:
            lines.append({"kind": "is-group", "label": heading})
        lines += rows
    return [
        {
            "first": first, "last": last, "with_total": last == 12,
            "months": [{"number": number, "red": number in red} for number in range(first, last + 1)],
            "lines": [_half(one, first, last, red) for one in lines],
        }
        for first, last in HALVES
    ]  # fmt: skip


def _line(table: Rows, code: str) -> dict[str, Any]:
    kind = {"=": "is-sum", "!": "is-close"}.get(code[0], "")
    name = code.lstrip("=!")
    words = CASH_TAXES if name == "taxes" and isinstance(table, CashTable) else ROW_NAMES[name]
    return {"kind": kind, "label": words, "row": table[name]}


def _half(line: dict[str, Any], first: int, last: int, red: tuple[int, ...]) -> dict[str, Any]:
    row = line.get("row")
    if row is None:
        return line
    cells = [
        {"amount": amount, "red": line["kind"] == "is-close" and number in red}
        for number, amount in enumerate(row.months[first - 1 : last], start=first)
    ]
    return {"kind": line["kind"], "label": line["label"], "cells": cells, "total": row.total}


def _profit_groups() -> tuple[Group, ...]:
    return (
        (_("What comes in"), ("sales", "vat", "=net_sales")),
        (_("What it costs"), (*COSTS, "materials", "=total_costs")),
        ("", ("!profit", "taxes", "=net_income")),
    )


def _cash_groups() -> tuple[Group, ...]:
    return (
        ("", ("=opening",)),
        (_("Money that comes in"), (*COMES_IN, "=total_in")),
        ("", ("=available",)),
        (_("Money that goes out"), (*GOES_OUT, "=total_out")),
        ("", ("!closing",)),
    )


def _book(plan: Plan) -> Desk:
    if not plan.workbook.is_plan:
        raise Http404
    return Desk.of(plan)


@require_GET
@my_plan
def result(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """Table 9 and what it says: sales, costs and profit of twelve months."""
    desk = _book(plan)
    return render(request, "plans/result.html", frame(request, desk, **result_of(desk.workbook)))


def result_of(book: Workbook) -> dict[str, Any]:
    profit = book.profit
    names = (_("sales"), _("costs"))
    losses = [number for number, amount in enumerate(profit["profit"].months, start=1) if amount < 0]
    return {
        "book": book, "verdict": verdict(book), "sentence": year_sentence(book), "losses": [month(number) for number in losses],
        "tables": money_table(profit, _profit_groups()), "names": names,
        "chart": charts.year(profit["sales"].months, _("Sales and costs of each month"), profit["total_costs"].months),
        "profit_chart": charts.year(profit["profit"].months, _("Profit of each month")),
        "break_even": book.break_even, "payback": book.payback, "net_margin": startup.net_margin(profit), "yuan": yuan,
    }  # fmt: skip


@require_GET
@my_plan
def cash(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """Table 10: what is in the cash box at the end of each month, and whether it lasts."""
    desk = _book(plan)
    return render(request, "plans/cash.html", frame(request, desk, **cash_of(desk.workbook)))


def cash_of(book: Workbook) -> dict[str, Any]:
    red = book.cash.red_months
    label = _("Cash at the end of each month, in yuan")
    if red:
        label = _("Cash at the end of each month; below nought in %(months)s") % {"months": months_text(red)}
    findings = {one.code: one for one in said_of(book, Audience.LEARNER)}
    return {
        "book": book, "verdict": verdict(book), "tables": money_table(book.cash, _cash_groups(), red),
        "chart": charts.year(book.cash.closing, label), "agrees": [findings[code] for code in ("C1", "C4", "C8", "C5")],
        "section": None,
    }  # fmt: skip


@require_GET
@my_plan
def check(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """The fourteen checks in sentences that say what to do; what must be mended stands first."""
    desk = _book(plan)
    found, said_first = said_of(desk.workbook, Audience.LEARNER), verdict(desk.workbook)
    if not said_first.kind:  # nothing is sold: of sums of noughts only what has no price is worth a word
        found = [one for one in found if one.code == "C14" and one.level is not Level.OK]
    context = frame(
        request, desk, verdict=said_first, notes=notes_of(desk.workbook) if said_first.kind else [],
        wrong=[one for one in found if one.level is Level.WRONG], advice=[one for one in found if one.level is Level.ADVICE],
        fine=[one for one in found if one.level is Level.OK],
    )  # fmt: skip
    return render(request, "plans/check.html", context)


@require_GET
@my_plan
def self_check(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """What the eleven answers say: go on, or first make the weak places stronger. Never that somebody does not fit."""
    desk = Desk.of(plan)
    labels = dict(STATEMENTS)
    found = reading.self_check(desk.texts)
    to_do = [
        {"code": code, "label": labels[code], **{part: desk.texts.get(f"self.actions.{code}.{part}", "") for part in ("what", "how", "until")}}
        for code in found.to_do
    ]  # fmt: skip
    context = frame(
        request, desk, outcome=found, to_do=to_do, blank=[{"code": code, "label": labels[code]} for code in found.blank],
        differ=[labels[code] for code in found.disagreements],
    )  # fmt: skip
    return render(request, "plans/self.html", context)


@require_GET
@my_plan
def screening(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """The way from many ideas to one: which were kept, their points, and what the four lists still lack."""
    if plan.workbook.is_plan:
        raise Http404
    desk = Desk.of(plan)
    labels = dict(CRITERIA)
    scores = [{"score": one, "missing": [labels[code] for code in one.missing]} for one in reading.micro(desk.texts)]
    parts = {part.code: part for part in plan.workbook.section("swot").parts}
    missing = [getattr(parts[code], "title", None) or parts[code].label for code in reading.swot_missing(desk.texts)]  # type: ignore[union-attr]
    conclusion = text_of(parts["conclusion"], desk.texts.get("swot.conclusion", ""))  # type: ignore[arg-type]
    context = frame(
        request, desk, macro=reading.macro(desk.texts), scores=scores, swot_missing=missing, winner=reading.winner(desk.texts),
        conclusion=conclusion, tie=_tie(reading.micro(desk.texts)),
    )  # fmt: skip
    return render(request, "plans/screening.html", context)


def _tie(scores: Sequence[MicroScore]) -> str:
    """Two ideas with the same points at the top: why the one stands first, and what one can do; "" without a tie."""
    why = tie_at_the_top(scores)
    if not why:
        return ""
    reasons = {
        Tie.MARKET: _("“%(first)s” stands first, because it has more points for the market."),
        Tie.RISK: _("“%(first)s” stands first, because its risk is lower."),
        Tie.NOTHING: _(
            "Market and risk are equal as well, so “%(first)s” stands first only because it was written first."
        ),
    }
    facts = {"first": scores[0].name, "second": scores[1].name, "total": scores[0].total}
    both = _("“%(first)s” and “%(second)s” both have %(total)s points.") % facts
    advice = _("If you would rather take the other one, look at the points of both once more and change them.")
    return f"{both} {reasons[why] % facts} {advice}"


@require_GET
@my_plan
def attempt(request: LearnerRequest, plan: Plan, number: int) -> HttpResponse:
    """A plan as it was handed in, with its review: readable while the next attempt is written."""
    handed_in = HandIn.objects.filter(plan=plan, number=number).first()
    if handed_in is None:
        raise Http404
    desk = Desk(plan, texts=handed_in.values)
    context = frame(request, desk, hand_in=handed_in, review=handed_in.review, parts=_written(plan, handed_in.values))
    if plan.workbook.is_plan:
        context |= cash_of(desk.workbook) | {"profit_tables": money_table(desk.workbook.profit, _profit_groups())}
    return render(request, "plans/attempt.html", context)


def _written(plan: Plan, values: dict[str, str]) -> list[dict[str, Any]]:
    """What stands in each section, as label and text; months are in the tables."""
    rows: dict[str, dict[str, Any]] = {}
    for place in plan.workbook.places():
        text = values.get(place.path, "")
        if not text or (place.table and place.table.monthly):
            continue
        section = rows.setdefault(place.section.code, {"section": place.section, "lines": []})
        line = {"label": place_name(place, values), "text": text_of(place.field, text), "unit": place.field.unit}
        section["lines"].append(line)
    return list(rows.values())

"""The book itself: begin it, see how far each section is, go on where one was; help for whoever writes in it."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from courses.catalogue.rules import IDEA_BOOK
from courses.classes.models import Enrolment
from courses.plans import actions
from courses.plans.book import BookSection, Field
from courses.plans.guide import Stop, place_in
from courses.plans.models import HandIn, Plan, may_begin
from courses.plans.progress import Progress, missing_of, progress_of, unanswered
from courses.plans.views.ending import is_written
from courses.plans.views.mine import Desk, frame, my_plan, see
from courses.plans.views.said import SaidHere, open_comments
from courses.terminals.permissions import LearnerRequest, learner_required


@require_GET
@learner_required
def door(request: LearnerRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    """My workbook; where none is begun yet, what it is and a button that begins it."""
    plans = list(Plan.objects.of(request.learner))
    if plans and not refusal:
        newest_open = next((plan for plan in plans if plan.is_open), plans[0])
        if newest_open.is_open or not may_begin(request.learner).exists():
            return see("plans:book", newest_open.pk)
    context = {
        "waiting": list(may_begin(request.learner)),
        "refusal": refusal,
        "idea_book": IDEA_BOOK,
        "large_text": request.learner.large_text,
    }
    return render(request, "plans/begin.html", context, status=status)


@require_GET
@learner_required
def to(request: LearnerRequest, code: str) -> HttpResponse:
    """From a lesson to a section of my own workbook, by the way that I go through it; where it is not begun, to the door."""
    for plan in Plan.objects.of(request.learner):
        desk = Desk.of(plan)
        if code not in {section.code for section in plan.workbook.sections}:
            continue
        return _to(section_url(desk, code))
    return see("plans:door")


@require_POST
@learner_required
def begin(request: LearnerRequest, enrolment: int) -> HttpResponse:
    """Begin the workbook of one of my classes, at its first question; a second time goes on where one was."""
    mine = get_object_or_404(Enrolment, pk=enrolment, learner=request.learner)
    try:
        plan = actions.start_plan(enrolment=mine, by=request.learner)
    except ValidationError as refusal:
        request.method = "GET"
        return door(request, refusal=refusal.messages[0], status=409)
    return _to(next_url(Desk.of(plan)))


@require_GET
@my_plan
def book(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """One thing to do next; folded below it the sections with their state, and what follows from them."""
    desk = Desk.of(plan)
    comments = open_comments(plan, desk.texts)
    rows = _sections(desk, comments)
    counted = [row for row in rows if row["section"].number or not plan.workbook.is_plan]  # the ten of the form
    context = frame(
        request, desk, rows=rows, next_url=next_url(desk), begun=bool(plan.last_path), place=_place_words(desk),
        comments=comments, hand_ins=list(HandIn.objects.filter(plan=plan).order_by("number")),
        counted=len(counted), written=sum(row["state"] in (Progress.FILLED, Progress.FOLLOWS) for row in counted),
        complete=not any(row["lacks"] for row in rows), at_end=is_written(desk), unfolded="parts" in request.GET,
        others=list(Plan.objects.of(request.learner).exclude(pk=plan.pk)),
    )  # fmt: skip
    return render(request, "plans/book.html", context)


@require_GET
@learner_required
def help_page(request: LearnerRequest) -> HttpResponse:
    """What the workbook is and what its buttons do; from there back to the page on which one was."""
    back = request.GET.get("back", "")
    home = reverse("plans:door")
    is_mine = back.startswith(home) and back.isprintable() and "//" not in back
    return render(request, "plans/help.html", {"back": back if is_mine else home, "help_url": request.get_full_path()})


@require_POST
@my_plan
def way(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """Change between single questions and whole tables; both write the same plan."""
    chosen = request.POST.get("way", "")
    if chosen in Plan.Path.values:
        actions.choose_way(plan=plan, way=chosen, by=request.learner)
    return see("plans:book", plan.pk) if "here" not in request.POST else _to(next_url(Desk.of(plan)))


@require_POST
@my_plan
def turn(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """Open a part from the contents. A POST, because it is remembered: the next day one goes on there, written or not."""
    desk = Desk.of(plan)
    code = request.POST.get("to", "")
    section = next((one for one in plan.workbook.sections if one.code == code), None)
    if section is None:
        raise Http404
    first = next((stop.path for stop in desk.stops if stop.section.code == code), "")
    if plan.is_open:
        path = first if first and plan.path == Plan.Path.GUIDED else first_path(section)
        actions.turn_to(plan=plan, path=path, by=request.learner)
    return _to(section_url(desk, code))


def next_url(desk: Desk) -> str:
    """Where the learner goes on: the last field; where none was written yet, the first question or section; behind the last
    question of a plan in which nothing is missing, what one does with it."""
    plan = desk.plan
    path = plan.last_path
    if plan.path == Plan.Path.FULL:
        code = path.split(".")[0] if path else plan.workbook.sections[0].code
        return reverse("plans:section", args=[plan.pk, code]) + (f"#{path}" if path else "")
    if is_written(desk):
        return reverse("plans:end", args=[plan.pk])
    return question_url(plan, desk.stops[place_in(desk.stops, path)] if path else desk.stops[0])


def question_url(plan: Plan, stop: Stop) -> str:
    return reverse("plans:question", args=[plan.pk, stop.path])


def first_path(found: BookSection) -> str:
    """The first field of a section."""
    part = found.parts[0]
    if isinstance(part, Field):
        return f"{found.code}.{part.code}"
    return f"{found.code}.{part.code}.{part.row_codes()[0]}.{part.columns[0].code}"


def section_url(desk: Desk, code: str) -> str:
    """The way into a section: its first question, or its tables for whoever prefers them."""
    plan = desk.plan
    first = next((stop for stop in desk.stops if stop.section.code == code), None)
    guided = plan.is_open and plan.path == Plan.Path.GUIDED
    return question_url(plan, first) if guided and first else reverse("plans:section", args=[plan.pk, code])


def _to(url: str) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = url
    return response


def _place_words(desk: Desk) -> Any:
    """The section in which the learner goes on."""
    path = desk.plan.last_path
    sections = desk.plan.workbook.sections
    return next((one for one in sections if path.startswith(f"{one.code}.")), sections[0])


def _sections(desk: Desk, comments: list[SaidHere]) -> list[dict[str, Any]]:
    """Each section with its state and the one way into it: its first question, or its tables for whoever prefers them."""
    plan = desk.plan
    said = Counter(one.comment.path.partition(".")[0] for one in comments)
    progress = progress_of(plan.workbook, desk.texts)
    missing = missing_of(plan.workbook, desk.texts)
    rows = []
    for section in plan.workbook.sections:
        rows.append({
            "section": section, "state": progress[section.code], "missing": len(missing.get(section.code, ())) or unanswered(section, desk.texts), "lacks": section.code in missing,
            "url": section_url(desk, section.code),
            "comments": said[section.code],
        })  # fmt: skip
    return rows

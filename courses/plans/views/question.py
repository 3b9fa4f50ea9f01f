"""The guided path: one question to a page. GET shows it, POST stores the answer and goes on."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from courses.plans import actions, guide
from courses.plans.before import suggestion_for
from courses.plans.book import BookSection, Table
from courses.plans.hints import hint_for
from courses.plans.models import Comment, Plan, PlanLog
from courses.plans.texts import SENTENCES
from courses.plans.views.book import question_url
from courses.plans.views.control import FOLLOWING, chosen, control, is_steady, month_paths
from courses.plans.views.mine import Desk, frame, my_plan, see, sentences, unpacked
from courses.plans.views.panels import panel
from courses.plans.views.unsaved import telling, unsaved_of
from courses.terminals.permissions import LearnerRequest

LAST = "plans:end"
# Buttons that store and show the same question again, and what they ask it to show: the twelve months, the other answers.
STAYS = {"stay": "", "differ": "months", "more": "more", "first": ""}
VIEWS = ("months", "one", "more")
ONE_FOR_ALL = ("same", "one")  # buttons that make all months alike, where they are not yet: then they ask first


@require_http_methods(["GET", "POST"])
@my_plan
def question(request: LearnerRequest, plan: Plan, path: str) -> HttpResponse:
    """One question of the book; an address that it has not is not there."""
    stop = _stop(plan, path)
    if request.method == "POST" and plan.is_open:
        return _answer(request, plan, stop)
    return _show(request, Desk.of(plan), stop)


def _stop(plan: Plan, path: str) -> guide.Stop:
    """The screen of a path: one that is asked now or not, or the row of a table by months."""
    try:
        is_row = path.count(".") == 2
        place = plan.workbook.place(f"{path}.m1" if is_row else path)
    except (KeyError, IndexError):
        raise Http404 from None
    if place.table and place.table.monthly:
        row = f"{place.section.code}.{place.table.code}.{place.row}"
        return guide.Stop(row, place.section, place.table, place.row or "")
    if is_row:
        raise Http404
    return guide.Stop(path, place.section, place.table or place.field, place.row or "", place.field)


def _at(desk: Desk, stop: guide.Stop) -> int:
    """Where the screen stands on the path as it is now."""
    return guide.place_in(desk.stops, stop.path)


def _show(
    request: LearnerRequest, desk: Desk, stop: guide.Stop, *, typed: dict[str, str] | None = None,
    problems: dict[str, list[str]] | None = None, view: str = "", replaced: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    number = _at(desk, stop)
    now = desk.stops[number]
    stop = now if now.path == stop.path else stop
    if stop.lacks:
        return _show_lacking(request, desk, stop, number)
    in_section = [one for one in desk.stops if one.section.code == stop.section.code]
    shown = control(desk, stop, typed or {}, view=view or next((one for one in VIEWS if one in request.GET), ""))
    grid = bool(shown.get("grid"))
    suggested = suggestion_for(stop.path, desk.texts) if desk.plan.workbook.is_plan and desk.plan.is_open else None
    context = frame(request, desk, **shown, stop=stop, section=stop.section,
        ask=guide.words(stop, desk.texts, each_month=grid), eyebrow=_eyebrow(desk, stop), progress=section_progress(desk.plan, stop.section),
        number=in_section.index(stop) + 1 if stop in in_section else 0, total=len(in_section),
        previous=question_url(desk.plan, desk.stops[number - 1]) if number else "", problems=problems or {},
        following=question_url(desk.plan, desk.stops[number + 1]) if number + 1 < len(desk.stops) else "",
        unsaved=unsaved_of(desk, request.GET.getlist("unsaved")),
        problem="" if grid else next(iter((problems or {}).values()), [""])[0], panel=panel(stop, desk.workbook) if desk.plan.workbook.is_plan else None,
        comments=_comments(desk.plan, stop), others=replaced_texts(desk, [*replaced, *request.GET.getlist("other")]),
        numbers=_numbers(desk, stop), suggested=suggested,
        said=hint_for(stop.path, desk.workbook, desk.local, notes=suggested is None),
    )  # fmt: skip
    for cell in shown.get("months", ()):
        cell["problem"] = context["problems"].get(cell["path"], [""])[0]
    if grid:
        _begin_at(shown["months"], desk.plan.last_path)["begin"] = True
    context["has_pad"] = context["is_number"] and context["open"] and not grid and not context.get("follows")
    context["beside"] = context["has_pad"] or (context["panel"] is not None and not grid)
    return render(request, "plans/question.html", context, status=422 if problems else 200)


def _show_lacking(request: LearnerRequest, desk: Desk, stop: guide.Stop, number: int) -> HttpResponse:
    """Nothing can be asked here before something else is written: says what, and leads there."""
    place = desk.plan.workbook.place(stop.lacks)
    context = frame(
        request, desk, stop=stop, section=stop.section, first=place.section, progress=section_progress(desk.plan, stop.section),
        first_url=reverse("plans:question", args=[desk.plan.pk, stop.lacks]),
        previous=question_url(desk.plan, desk.stops[number - 1]) if number else "",
    )  # fmt: skip
    return render(request, "plans/first.html", context)


def _begin_at(months: list[dict[str, Any]], last_path: str) -> dict[str, Any]:
    """The month in which one goes on: the first that is wrong, else the one written last, else the first."""
    wrong = (cell for cell in months if cell["problem"])
    here = (cell for cell in months if cell["path"] == last_path)
    return next(wrong, None) or next(here, months[0])


def _numbers(desk: Desk, stop: guide.Stop) -> dict[str, Any] | None:
    """What the script needs to work the sums out while somebody types; only where there is a sheet beside the question."""
    if not desk.plan.workbook.is_plan or panel(stop, desk.workbook) is None:
        return None
    return {"values": desk.texts, "local": desk.plan.local}


def section_progress(plan: Plan, section: BookSection) -> dict[str, int] | None:
    """ "4 / 10": the number on the official form; of the sheets of a book that has no form, their place."""
    sections = plan.workbook.sections
    if not plan.workbook.is_plan:
        return {"now": sections.index(section) + 1, "total": len(sections)}
    return {"now": section.number, "total": 10} if section.number else None


def _eyebrow(desk: Desk, stop: guide.Stop) -> str:
    title = str(stop.section.title)
    return f"{title}·{stop.part.title}" if isinstance(stop.part, Table) else title


def _comments(plan: Plan, stop: guide.Stop) -> list[Comment]:
    """What the trainer says about this field, or this row of months."""
    found = Comment.objects.open().filter(plan=plan, path__startswith=stop.path).select_related("by")
    return [one for one in found if one.path == stop.path or stop.is_months]


def replaced_texts(desk: Desk, paths: list[str]) -> list[dict[str, Any]]:
    """What another window had written, and this one has just replaced: to be taken back with one button."""
    found = []
    for path in paths[:5]:
        newest = PlanLog.objects.filter(plan=desk.plan, path=path, version=desk.versions.get(path, 0)).first()
        if newest and newest.unseen is not None:
            older = PlanLog.objects.filter(plan=desk.plan, path=path, version=newest.unseen).first()
            if older and older.value != newest.value:
                found.append({"path": path, "text": older.value, "now": newest.value, "version": newest.version})
    return found


def _answer(request: LearnerRequest, plan: Plan, stop: guide.Stop) -> HttpResponse:
    go = request.POST.get("go", "next")
    desk = Desk.of(plan)
    if go in ("later", "none") or desk.stops[_at(desk, stop)].lacks:
        return _go_on(request, desk, stop, go)
    typed = _months_typed(request, desk, stop, go) if stop.is_months else _typed(request, desk, stop)
    try:
        if stop.is_months and go in ("next", "same") and _lacks_number(request, desk, stop):
            raise ValidationError(str(SENTENCES["empty"]))
        saved = actions.save_section(
            plan=plan, section=stop.section.code, values=typed, shown=_unpack(request, stop), by=request.learner,
            terminal=request.terminal,
        )  # fmt: skip
    except ValidationError as refusal:
        typed = {"value": request.POST.get("value", "")} if stop.is_months else typed
        return _show(request, desk, stop, typed=typed, problems=dict(sentences(refusal)), view="one")
    replaced = [path for path, one in saved.items() if one.replaced is not None]
    problems = {path: [one.refused] for path, one in saved.items() if one.refused}
    if problems and go == "one" and stop.is_months and "value" not in request.POST:  # one number for all follows
        return see("plans:question", plan.pk, stop.path, ask=f"{telling(typed, problems)}&one")
    if problems and go != "prev":
        return _show_again(request, plan, stop, typed, problems, replaced)
    desk = Desk.of(plan)
    if problems:
        return _go_on(request, desk, stop, go, telling(typed, problems))
    asks_first = stop.is_months and go in ONE_FOR_ALL and not is_steady(desk, stop)
    if replaced or asks_first or go in STAYS:
        view = "one" if asks_first else STAYS.get(go, "")
        ask = "&".join([*(f"other={path}" for path in replaced[:5]), *([view] if view else [])])
        return see("plans:question", plan.pk, stop.path, ask=f"?{ask}" if ask else "")
    return _go_on(request, desk, stop, go)


def _show_again(
    request: LearnerRequest, plan: Plan, stop: guide.Stop, typed: dict[str, str], problems: dict[str, list[str]],
    replaced: Sequence[str],
) -> HttpResponse:  # fmt: skip
    """What could not be stored, with its sentence; the rest is."""
    wrong = {path: typed[path] for path in problems}
    if stop.is_months and "value" in request.POST:
        wrong = {"value": request.POST["value"]}
    view = "months" if stop.is_months and "value" not in request.POST else "one"
    return _show(request, Desk.of(plan), stop, typed=wrong, problems=problems, view=view, replaced=replaced)


def _go_on(request: LearnerRequest, desk: Desk, stop: guide.Stop, go: str, ask: str = "") -> HttpResponse:
    """To the next screen, or the one before; `ask` is what its address says besides."""
    plan, number = desk.plan, _at(desk, stop)
    step = -1 if go == "prev" else 1
    if go == "none":  # no more rows: on behind the table
        step = next(
            (n for n, one in enumerate(desk.stops[number:]) if one.part is not desk.stops[number].part), len(desk.stops)
        )
    target = max(0, number + step)
    if target >= len(desk.stops):
        actions.turn_to(plan=plan, path=stop.path if not stop.more else "", by=request.learner)
        return see(LAST, plan.pk)
    actions.turn_to(plan=plan, path=desk.stops[target].path, by=request.learner)
    return see("plans:question", plan.pk, desk.stops[target].path, ask=ask)


def _typed(request: LearnerRequest, desk: Desk, stop: guide.Stop) -> dict[str, str]:
    """The text of the page by path."""
    picked = request.POST.getlist("value")
    if "offered" not in request.POST:
        return {stop.path: ",".join(picked)}
    offered = request.POST.get("offered", "").split(",")
    return {stop.path: chosen(stop.field, picked, offered, desk.texts.get(stop.path, ""))}


def _months_typed(request: LearnerRequest, desk: Desk, stop: guide.Stop, go: str) -> dict[str, str]:
    """What was typed into the months: each by itself, or one number for all twelve. A button by itself writes nothing, but for
    "the same each month" where the months then follow the price or the cost again; where they differ only once that was asked."""
    paths = month_paths(stop)
    if any(path in request.POST for path in paths):
        return {path: request.POST[path] for path in paths if path in request.POST}
    steady, every = is_steady(desk, stop), request.POST.get("value", "")
    if stop.part.code in FOLLOWING:
        return dict.fromkeys(paths, "") if go == "same" and "sure" in request.POST else {}
    if (
        "value" not in request.POST
        or (not steady and go not in ("next", "same"))
        or (go == "differ" and not every.strip())
    ):
        return {}
    return dict.fromkeys(paths, every)


def _lacks_number(request: LearnerRequest, desk: Desk, stop: guide.Stop) -> bool:
    """Whether one number for all months is asked for, none is there, and months that differ would be emptied."""
    return "value" in request.POST and not request.POST["value"].strip() and not is_steady(desk, stop)


def _unpack(request: LearnerRequest, stop: guide.Stop) -> dict[str, int]:
    """The versions that the page showed."""
    return unpacked(request.POST.get("shown", "")) or (
        {stop.path: int(version)} if (version := request.POST.get("version", "")).isdecimal() and len(version) < 9 else {}
    )  # fmt: skip

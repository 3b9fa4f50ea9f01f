"""The learner's door. Plain views, no Django session, nothing cached, nothing kept in the browser."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.people.models import Learner
from courses.terminals import actions, middleware
from courses.terminals.models import LoginCard, Terminal, TerminalSession
from courses.terminals.permissions import (
    ClassroomRequest,
    LearnerRequest,
    TerminalRequest,
    learner_required,
    sign_in_rules,
    terminal_required,
)
from courses.terminals.rules import press

LONGEST_NUMBER = 8
LONGEST_CODE = 64
get_or_post = require_http_methods(["GET", "POST"])


@require_GET
def start(request: ClassroomRequest) -> HttpResponse:
    """The first page: at most three ways in, and no names."""
    request.read_seat()
    if request.terminal is None:
        return _no_terminal(request)
    if (elsewhere := _already_seated(request)) is not None:
        return elsewhere
    response = render(request, "terminals/start.html", {"now": timezone.localtime()})
    if middleware.SEAT_COOKIE in request.COOKIES:
        middleware.nothing_left(response)  # the session was over; the row is ended by the next sign-in or the sweep
    return response


@get_or_post
@terminal_required
def number(request: TerminalRequest) -> HttpResponse:
    """Step 1 of 2: the learner's number, by keyboard or number pad (which works without scripts)."""
    if (elsewhere := _already_seated(request)) is not None:
        return elsewhere
    typed = _digits(request, "number", LONGEST_NUMBER)
    if request.method == "POST" and "key" not in request.POST and len(typed) >= 6:
        return _ask_pin("number", typed)
    return render(
        request,
        "terminals/number.html",
        {"typed": typed, "short": "number" in request.POST and "key" not in request.POST},
    )


@get_or_post
@terminal_required
def card(request: TerminalRequest) -> HttpResponse:
    """Step 1 of 2: a scanner types what the card's pattern says. An unreadable card is asked for its PIN all the same."""
    if (elsewhere := _already_seated(request)) is not None:
        return elsewhere
    code = "".join(request.POST.get("code", "").split())[:LONGEST_CODE]
    if code:
        return _ask_pin("card", code)
    return render(request, "terminals/card.html", {"missing": request.method == "POST"})


@sensitive_post_parameters()
@get_or_post
@terminal_required
def pin(request: TerminalRequest) -> HttpResponse:
    """Step 2 of 2: the PIN. The words are the same for a wrong PIN, an unknown number and a person who is not here."""
    who = middleware.read_who(request)
    if (elsewhere := _already_seated(request)) is not None:
        return elsewhere
    if who is None:
        return _see("terminals:start")
    way, value = who
    context: dict[str, Any] = {"number": value if way == "number" else "", **_pin_context(request)}
    if request.method == "POST" and "key" not in request.POST:
        try:
            session, token = actions.sign_in(
                terminal=request.terminal,
                pin=_digits(request, "pin", LONGEST_NUMBER),
                learner_no=value if way == "number" else "",
                card_code=value if way == "card" else "",
            )
        except actions.SignInRefused as refusal:
            return _refused(request, "terminals/pin.html", context, refusal)
        return _seated(request, session, token)
    return render(request, "terminals/pin.html", context)


@require_GET
@learner_required
def still_here(request: LearnerRequest) -> HttpResponse:
    """Without scripts: a page that has stood still comes here a minute before the seat locks, and asks."""
    request.counts_as_activity = False
    back = request.GET.get("back", "")
    if not back.startswith(settings.LMS_LEARNER_HOME):
        back = settings.LMS_LEARNER_HOME
    return render(request, "terminals/still_here.html", {"back": back, "seconds": sign_in_rules().warning_seconds})


@sensitive_post_parameters()
@get_or_post
@terminal_required
def locked(request: TerminalRequest) -> HttpResponse:
    """The locked seat: the alias and a PIN field, nothing else. A page that comes here locks the seat, by a cookie."""
    session = request.locked_session or request.terminal_session
    if session is None:
        return _see("terminals:start")
    request.learner = None  # the frame shows no signed-in learner
    numbers = sign_in_rules()
    rest = numbers.idle_end_seconds - numbers.idle_lock_seconds
    context = {"alias": session.learner.display_name, "seconds": rest + 1, **_pin_context(request)}
    context["large_text"] = session.learner.large_text
    if request.method == "POST" and "key" not in request.POST:
        try:
            token = actions.unlock(session=session, pin=_digits(request, "pin", LONGEST_NUMBER))
        except actions.SignInRefused as refusal:
            return _refused(request, "terminals/locked.html", context, refusal)
        return _seated(request, session, token)
    response = render(request, "terminals/locked.html", context)
    if request.locked_session is None or not middleware.locked_by_cookie(request, session):
        middleware.set_active(response, session, locked=True)
    return response


@require_GET
@learner_required
def alive(request: LearnerRequest) -> HttpResponse:
    """A waiting page asks whether the seat is still this learner's; asking is no activity and writes nothing."""
    request.counts_as_activity = False
    return JsonResponse({"state": "open"})


@require_POST
@learner_required
def beat(request: LearnerRequest) -> HttpResponse:
    """The page was touched: at most one write a minute."""
    actions.beat(session=request.terminal_session)
    return JsonResponse({"state": "open"})


@require_POST
@terminal_required
def sign_out(request: TerminalRequest) -> HttpResponse:
    """下课·换人: the session ends and nothing of it stays in the browser."""
    session = request.terminal_session or request.locked_session
    if session is not None:
        actions.sign_out(session=session)
    request.terminal_session = None
    response = _see("terminals:start")
    middleware.nothing_left(response)
    return response


@require_GET
@terminal_required
def help_page(request: TerminalRequest) -> HttpResponse:
    """What to do when stuck: nothing personal, the same for everybody."""
    return render(request, "terminals/help.html", {"home": settings.LMS_LEARNER_HOME})


@get_or_post
def enrol(request: ClassroomRequest) -> HttpResponse:
    """Makes this browser a terminal: the address carries a code that works once; in the demo world one may choose."""
    request.read_seat()
    code = request.POST.get("code") or request.GET.get("code", "")
    if request.method == "POST":
        if settings.LMS_DEMO and request.POST.get("demo", "").isdigit():
            chosen = Terminal.objects.in_use().filter(pk=request.POST["demo"]).first()
            code = actions.enrolment_code(terminal=chosen, by=None) if chosen else ""
        try:
            _terminal, token = actions.redeem_code(code=code)
        except ValidationError as refusal:
            return _no_terminal(request, sentence=refusal.messages[0], typed=code[:LONGEST_CODE])
        response = _see("terminals:start")
        middleware.nothing_left(response)
        middleware.set_terminal(response, token)
        return response
    if not code:
        return _no_terminal(request)
    try:
        actions.terminal_of_code(code=code)
    except ValidationError as refusal:
        return _no_terminal(request, sentence=refusal.messages[0], typed=code[:LONGEST_CODE])
    return render(request, "terminals/enrol.html", {"code": code})


# --- what the pages share -------------------------------------------------------------------------------------------
def _see(name: str) -> HttpResponse:
    """Go and get another page, after a POST as after a GET."""
    response = redirect(name)
    response.status_code = 303
    return response


def _no_terminal(request: ClassroomRequest, sentence: str = "", typed: str = "") -> HttpResponse:
    demo = Terminal.objects.in_use().select_related("organisation") if settings.LMS_DEMO else []
    context = {"demo": demo, "sentence": sentence, "typed": typed}
    response = render(request, "terminals/no_terminal.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response


def _already_seated(request: ClassroomRequest) -> HttpResponse | None:
    if request.learner is not None:
        return _see(settings.LMS_LEARNER_HOME)
    if request.locked_session is not None:
        return _see("terminals:locked")
    return None


def _digits(request: HttpRequest, name: str, longest: int) -> str:
    """What is typed in a field, after the key of the number pad that was pressed without scripts."""
    typed = "".join(request.POST.get(name, "").split())[:longest]
    return press(typed, request.POST["key"], longest) if "key" in request.POST else typed


def _ask_pin(way: str, value: str) -> HttpResponse:
    response = _see("terminals:pin")
    middleware.set_who(response, way, value)
    return response


def _pin_context(request: TerminalRequest) -> dict[str, Any]:
    typed = _digits(request, "pin", LONGEST_NUMBER) if "key" in request.POST else ""
    digits = sign_in_rules().pin_digits
    cells = ["full" if place < len(typed) else "now" if place == len(typed) else "" for place in range(digits)]
    return {"typed": typed, "cells": cells, "digits": digits, "demo_numbers": _demo_numbers(request)}


def _demo_numbers(request: TerminalRequest) -> list[str]:
    if not settings.LMS_DEMO:
        return []
    here = Learner.objects.at(request.terminal.organisation)
    cards = LoginCard.objects.live().filter(learner__in=here).order_by("learner__learner_no")
    return list(cards.values_list("learner__learner_no", flat=True)[:6])


def _refused(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: actions.SignInRefused
) -> HttpResponse:
    """The same page with one sentence. A lock-out is 429, whatever was typed; everything else is no error of the page."""
    context |= {"sentence": refusal.messages[0], "refusal": refusal.code}
    response = render(request, template, context, status=429 if refusal.code == "locked" else 200)
    who = middleware.read_who(request)
    if who is not None:
        middleware.set_who(response, *who)  # two more minutes
    return response


def _seated(request: HttpRequest, session: TerminalSession, token: str) -> HttpResponse:
    rotate_token(request)
    response = _see(settings.LMS_LEARNER_HOME)
    response.delete_cookie(middleware.WHO_COOKIE, path="/", samesite="Strict")
    middleware.set_seat(response, session, token)
    middleware.set_terminal(response, request.COOKIES[middleware.TERMINAL_COOKIE])  # another year
    return response

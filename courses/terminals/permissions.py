"""Who may open a learner's page: a browser that is a terminal, with a learner who sits at it.

No Django user is involved on either side of this door. A page behind it sees no member of staff, whoever else signed in in
the same browser (`request.user` is nobody there); and a learner's session is nothing to the staff desk.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from courses.people.models import Learner
from courses.terminals.models import Terminal, TerminalSession
from courses.terminals.rules import SignInRules

View = Callable[..., HttpResponse]


class ClassroomRequest(HttpRequest):
    """Any request after `ClassroomMiddleware`: who sits where, None until `read_seat` has been asked."""

    terminal: Terminal | None
    learner: Learner | None
    terminal_session: TerminalSession | None
    locked_session: TerminalSession | None
    seat_read: bool
    counts_as_activity: bool
    read_seat: Callable[[], None]


class TerminalRequest(ClassroomRequest):
    """What a view behind `terminal_required` gets."""

    terminal: Terminal


class LearnerRequest(TerminalRequest):
    """What a view behind `learner_required` gets."""

    learner: Learner
    terminal_session: TerminalSession


def sign_in_rules() -> SignInRules:
    """This site's numbers (`LMS_TERMINAL_RULES`)."""
    return _read_rules(tuple(sorted(settings.LMS_TERMINAL_RULES.items())))


@lru_cache
def _read_rules(numbers: tuple[tuple[str, int], ...]) -> SignInRules:
    return SignInRules.from_settings(dict(numbers))


def terminal_required(view: View) -> View:
    """Only for enrolled computers: `request.terminal` is one, `request.learner` may be None. Others are sent to `/t/`."""

    @wraps(view)
    def for_terminals(request: ClassroomRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _read_seat(request)
        if request.terminal is None:
            return _away(request, "terminals:start", "no_terminal")
        return view(request, *args, **kwargs)

    return for_terminals


def learner_required(view: View) -> View:
    """Only for a learner at an enrolled computer: `request.learner`, `.terminal` and `.terminal_session` are all there.

    Others are sent to the sign-in page, and those whose seat has locked itself to the page that asks for the PIN. A
    script gets 401 with `{"state": "no_terminal" | "signed_out" | "locked"}` and keeps its page.
    """

    @wraps(view)
    def for_learners(request: ClassroomRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _read_seat(request)
        if request.learner is None:
            if request.locked_session is not None:
                return _away(request, "terminals:locked", "locked")
            state = "signed_out" if request.terminal else "no_terminal"
            return _away(request, "terminals:start", state)
        return view(request, *args, **kwargs)

    return for_learners


def _read_seat(request: ClassroomRequest) -> None:
    request.read_seat()
    request.user = AnonymousUser()


def _away(request: HttpRequest, name: str, state: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", "") or request.content_type == "application/json":
        return JsonResponse({"state": state}, status=401)
    response = redirect(name)
    response.status_code = 303
    return response

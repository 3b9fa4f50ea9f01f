"""Who sits at which terminal: cookies in, cookies out.

Three cookies, all HttpOnly and SameSite=Strict. `terminal` says which computer this is and lasts a year. `seat` is the
learner's session; it goes when the browser closes. `active` is signed and says when the learner was last active and whether
the page has locked itself: so idleness needs no database write on a GET. Losing `active` falls back to the row's
`last_active_at`, which is never later: taking cookies away can only lock a seat sooner.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from courses.prepared import Prepared
from courses.terminals.actions.signing import seat_held_by
from courses.terminals.models import Terminal, TerminalSession
from courses.terminals.permissions import ClassroomRequest, sign_in_rules
from courses.terminals.rules import Seat, digest, seat

_PREFIX = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
TERMINAL_COOKIE = f"{_PREFIX}qihang-terminal"
SEAT_COOKIE = f"{_PREFIX}qihang-seat"
ACTIVE_COOKIE = f"{_PREFIX}qihang-active"
WHO_COOKIE = f"{_PREFIX}qihang-who"  # the number typed on the page before, for two minutes
YEAR = 365 * 24 * 3600
SALT = "courses.terminals.active"
# Asked by every request of a learner; what few pages need (the terminal's place) is asked for there.
SESSION = Prepared(
    lambda token: TerminalSession.objects.live().select_related("terminal", "learner").filter(token_hash=token), str
)


class ClassroomMiddleware:
    """Gives each request `terminal`, `learner` and `terminal_session`: None until a page behind `terminal_required` or
    `learner_required` asks (`request.read_seat()`); other pages run no query."""

    def __init__(self, get_response: Callable[[ClassroomRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: ClassroomRequest) -> HttpResponse:
        request.terminal = request.learner = request.terminal_session = request.locked_session = None
        request.seat_read = False
        request.counts_as_activity = True  # pages that ask by themselves set it to False
        request.read_seat = partial(read_seat, request)
        response = self.get_response(request)
        if request.seat_read:
            response.headers.setdefault("Cache-Control", "no-store")
            session = request.terminal_session
            if session is not None and request.counts_as_activity and ACTIVE_COOKIE not in response.cookies:
                set_active(response, session)
        return response


def read_seat(request: ClassroomRequest) -> None:
    """Fill in the terminal, and the learner who sits there: one query."""
    if request.seat_read:
        return
    request.seat_read = True
    token = digest(request.COOKIES.get(TERMINAL_COOKIE, ""))
    if not request.COOKIES.get(TERMINAL_COOKIE):
        return
    session = _session(request)
    if session is not None and not _same_computer(session.terminal, token):
        session = None
    if session is None:
        found = Terminal.objects.in_use().select_related("organisation", "room").filter(token_hash=token).first()
        request.terminal = found
        return
    request.terminal = session.terminal
    state = _state(request, session)
    if state == Seat.OPEN:
        request.learner, request.terminal_session = session.learner, session
    elif state == Seat.LOCKED:
        request.locked_session = session


def _same_computer(terminal: Terminal, token: str) -> bool:
    return terminal.revoked_at is None and constant_time_compare(terminal.token_hash, token)


def _session(request: HttpRequest) -> TerminalSession | None:
    token = request.COOKIES.get(SEAT_COOKIE)
    if not token:
        return None
    return next(iter(SESSION(digest(token))), None)


def _state(request: HttpRequest, session: TerminalSession) -> Seat:
    active, locked = _read_active(request, session)
    state = seat(now=timezone.now(), started=session.started_at, active=active, locked=locked, rules=sign_in_rules())
    # An exam is never interrupted by the clock; asked only when the seat would close.
    return Seat.OPEN if state != Seat.OPEN and seat_held_by(session.learner_id) is not None else state


def _read_active(request: HttpRequest, session: TerminalSession) -> tuple[datetime, datetime | None]:
    try:
        number, active, locked = signing.loads(request.COOKIES.get(ACTIVE_COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return session.last_active_at, None
    if number != session.pk:
        return session.last_active_at, None
    when = datetime.fromtimestamp(active, UTC)
    return max(when, session.last_active_at), datetime.fromtimestamp(locked, UTC) if locked else None


def locked_by_cookie(request: HttpRequest, session: TerminalSession) -> bool:
    """Whether the seat's own page has locked it already; the time until the sign-out runs from then."""
    return _read_active(request, session)[1] is not None


# --- cookies --------------------------------------------------------------------------------------------------------
def _set(response: HttpResponse, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(
        name, value, max_age=max_age, path="/", httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )


def set_terminal(response: HttpResponse, token: str) -> None:
    _set(response, TERMINAL_COOKIE, token, YEAR)


def set_seat(response: HttpResponse, session: TerminalSession, token: str) -> None:
    """The learner's own cookie, and that the learner is here now."""
    _set(response, SEAT_COOKIE, token)
    set_active(response, session)


def set_active(response: HttpResponse, session: TerminalSession, *, locked: bool = False) -> None:
    now = int(timezone.now().timestamp())
    value = signing.dumps([session.pk, now, now if locked else 0], salt=SALT)
    _set(response, ACTIVE_COOKIE, value)


def set_who(response: HttpResponse, way: str, value: str) -> None:
    """What was typed or scanned on the page before the PIN."""
    _set(response, WHO_COOKIE, signing.dumps([way, value], salt=WHO_COOKIE), 120)


def read_who(request: HttpRequest) -> tuple[str, str] | None:
    try:
        way, value = signing.loads(request.COOKIES.get(WHO_COOKIE, ""), salt=WHO_COOKIE, max_age=120)
    except signing.BadSignature:
        return None
    return way, value


def nothing_left(response: HttpResponse) -> None:
    """What the next person must not find: every cookie but the terminal's own, and all that the browser has kept."""
    for name in (SEAT_COOKIE, ACTIVE_COOKIE, WHO_COOKIE):
        response.delete_cookie(name, path="/", samesite="Strict")
    response.delete_cookie(settings.CSRF_COOKIE_NAME, path=settings.CSRF_COOKIE_PATH)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # not "cookies": the computer stays a terminal
    response.headers["Cache-Control"] = "no-store"

"""Pages for what went wrong: a reference number for our mistakes, a clear sentence for everybody else's."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses.terminals.middleware import TERMINAL_COOKIE

logger = logging.getLogger("lms.errors")
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no look-alikes: people read it out on the telephone

STAFF = ("/admin/", "/staff/")
EXAM = "/exam/"
LEARNERS = ("/learn/", "/plan/", "/t/", EXAM)


def new_reference() -> str:
    """Eight characters that a person can read out, e.g. `7K3M-9QWD`."""
    letters = "".join(secrets.choice(ALPHABET) for _i in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class ReferenceNumberMiddleware:
    """Gives each request a reference number, so that a mistake of ours can be found in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = new_reference()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Write the number beside the traceback; Django's own handler then asks `server_error` for the page."""
        logger.error("reference=%s path=%s %s", request.reference, request.path, type(exception).__name__)  # type: ignore[attr-defined]


def _page(request: HttpRequest, status: int, title: str, text: str, reference: str = "") -> HttpResponse:
    context: dict[str, Any] = {"title": title, "text": text, "reference": reference}
    template = "errors/page.html"
    if _at_a_terminal(request, may_ask=status != 500):
        template = "errors/learner.html"
        context |= {"status": status, "home": settings.LMS_LEARNER_HOME, "in_exam": request.path.startswith(EXAM)}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _at_a_terminal(request: HttpRequest, *, may_ask: bool) -> bool:
    """Whether the page belongs in the frame of the classroom computer, which leads back to the learner's own page.

    Only browsers that hold a terminal's cookie are asked about, and one query tells who sits there. After a mistake of ours
    (`may_ask` False) the database is left alone: what the page had read is used, and nobody is named otherwise.
    """
    if TERMINAL_COOKIE not in request.COOKIES or request.path.startswith(STAFF):
        return False
    if may_ask and hasattr(request, "read_seat"):
        try:
            request.read_seat()
        except DatabaseError:
            logger.warning("path=%s the seat could not be read", request.path)
    known = getattr(request, "terminal", None) is not None
    return known if getattr(request, "seat_read", False) else request.path.startswith(LEARNERS)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 and 413: the request is not one of our forms, or carries more than a form may."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _page(
            request,
            413,
            _("That was too much at once"),
            _("The form was larger than 2.5 MB. Nothing was stored. Send less text, or fewer rows at a time."),
        )
    return _page(
        request,
        400,
        _("This request cannot be read"),
        _("Nothing was stored. Go back to the page before and try again."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but this is somebody else's work."""
    return _page(
        request, 403, _("This page is not for this account"), _("Ask an administrator if you need it for your work.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the sign-in, or came from another site."""
    return _page(
        request,
        403,
        _("This form has grown old"),
        _("Nothing was stored. Open the page again and fill it in once more."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: absent, or not yours to see; the page does not tell which."""
    return _page(request, 404, _("There is no such page"), _("Check the address, or start again from the first page."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. The page shows the number under which the log has it."""
    reference = getattr(request, "reference", "") or new_reference()
    logger.error("reference=%s path=%s answered 500", reference, request.path)
    text = _("It is our mistake, not yours. What was saved before is still there. Tell the administrator this number:")
    return _page(request, 500, _("Something went wrong here"), text, reference)

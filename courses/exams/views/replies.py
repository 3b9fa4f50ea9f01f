"""How the server's answers look in HTTP: codes, cookies, JSON. The same answers serve scripts and plain forms."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from courses.exams.actions import Answered
from courses.exams.booklet import Booklet
from courses.exams.models import Attempt
from courses.exams.rules.protocol import Reply

TOKEN_COOKIE = f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}qihang-exam"
CODES = {
    Reply.OK: 200, Reply.SAME: 200, Reply.STALE: 409, Reply.PAUSED: 423, Reply.ELSEWHERE: 409, Reply.LATE: 410,
    Reply.CLOSED: 410, Reply.DIFFERS: 409, Reply.REFUSED: 422,
}  # fmt: skip


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("Accept", "")


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that a script sent. Refuses (ValueError) anything else."""
    data = json.loads(request.body or b"{}")
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data


def token_in(request: HttpRequest) -> str:
    return request.COOKIES.get(TOKEN_COOKIE, "")


def give_token(response: HttpResponse, token: str) -> None:
    """Bind the browser to the attempt; it goes when the browser closes, and starting again gives the same one."""
    response.set_cookie(
        TOKEN_COOKIE, token, path="/", httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )


def forget_token(response: HttpResponse) -> None:
    response.delete_cookie(TOKEN_COOKIE, path="/", samesite="Strict")


def see(name: str, *args: Any) -> HttpResponse:
    """Go and get another page after a POST."""
    response = redirect(name, *args)
    response.status_code = 303
    return response


def see_paper(attempt: Attempt) -> HttpResponse:
    """Go to the question where the learner is; the page brings the other questions along, so that the script need not ask."""
    response = see("exams:question", attempt.pk, attempt.at_number)
    response["Location"] += "?all"
    return response


def json_reply(answered: Answered, booklet: Booklet | None = None, number: int | None = None) -> JsonResponse:
    """A save or a beat, answered to a script."""
    data: dict[str, Any] = {
        "reply": answered.reply, "state": answered.attempt.state, "remaining": answered.remaining,
        "paused": answered.is_paused,
    }  # fmt: skip
    if booklet is not None and number is not None:
        page = booklet.page(number)
        data |= {"number": number, "seq": answered.seq, "answer": page.posted(answered.value) if page else []}
        data["saved_at"] = _clock(answered) if answered.saved_at else ""
    if answered.reply in (Reply.LATE, Reply.CLOSED):
        data |= {"receipt": reverse("exams:receipt", args=[answered.attempt.pk])}
    return JsonResponse(data, status=CODES[answered.reply] if number is not None else 200)


def refused(sentence: str) -> JsonResponse:
    """What was sent is not an answer to this question; nothing was stored."""
    return JsonResponse({"reply": Reply.REFUSED, "sentence": sentence}, status=CODES[Reply.REFUSED])


def _clock(answered: Answered) -> str:
    return f"{timezone.localtime(answered.saved_at):%H:%M:%S}" if answered.saved_at else ""

"""The employer's pages: no account, no session, no script needed, nothing kept by the browser."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from certificates.issuing.models import SigningKey
from certificates.issuing.rules import number as numbers
from certificates.verification.actions import MustWait, check
from certificates.verification.forms import CheckForm, NameForm
from certificates.verification.rules import Answer, Verdict

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Neither kept nor indexed nor told to the next site; an address that must wait gets the page that says how long."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except MustWait as wait:
            response = render(request, "verification/wait.html", {"minutes": math.ceil(wait.seconds / 60)}, status=429)
            response["Retry-After"] = str(wait.seconds)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answered


# No cookie and no session gives these forms any power, so a foreign site gains nothing by sending them: no CSRF token,
# and browsers that keep no cookies can check as well.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def check_page(request: HttpRequest) -> HttpResponse:
    """`/verify`: number and name. A wrong name and an unknown number give the same page with the same status (CRT-5)."""
    form = CheckForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "verification/check.html", {"form": form})
    verdict = check(address=address_of(request), number=form.cleaned_data["number"], name=form.cleaned_data["name"])
    return _answer(request, verdict, form=form)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def token_page(request: HttpRequest, token: str) -> HttpResponse:
    """`/c/<token>`: the address in the QR code. The name is masked until somebody types it, or a script reads it from the
    signed part of the address, which never reaches the server."""
    form = NameForm(request.POST or None)
    typed = form.cleaned_data["name"] if request.method == "POST" and form.is_valid() else None
    verdict = check(address=address_of(request), token=token, name=typed)
    return _answer(request, verdict, name_form=form, typed=typed, status=404 if verdict.failed else 200)


@require_GET
@cache_control(public=True, max_age=3600)
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys that this site trusts, by name: what a script needs to check a signature by itself."""
    return JsonResponse({key.kid: key.public_key for key in SigningKey.objects.trusted()})


def address_of(request: HttpRequest) -> str:
    """The address that asks: behind a proxy of ours the last one that it wrote down, else the one of the connection."""
    if getattr(settings, "LMS_BEHIND_PROXY", False):
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _answer(
    request: HttpRequest,
    verdict: Verdict,
    *,
    form: CheckForm | None = None,
    name_form: NameForm | None = None,
    typed: str | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "verdict": verdict,
        "facts": verdict.facts,
        "number": numbers.grouped(verdict.number),
        "form": form,
        # What was typed, to ask for the same answer in the other language. A state without facts shows no name at all.
        "again": form.data if form and verdict.answer in {Answer.VALID, Answer.UNKNOWN} else {},
        "name_form": name_form,
        "name_differs": typed is not None and verdict.answer == Answer.VALID and not verdict.name_matches,
        "checked_at": timezone.localtime(),
    }
    return render(request, f"verification/{verdict.answer}.html", context, status=status)

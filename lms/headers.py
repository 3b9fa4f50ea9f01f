"""What every answer tells the browser."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse


class PolicyMiddleware:
    """Writes `CONTENT_SECURITY_POLICY` into each answer.

    django-csp's own middleware makes the same text twice for each answer, a fifth of what all middleware costs: it allows for
    nonces and exceptions, and there are none here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response

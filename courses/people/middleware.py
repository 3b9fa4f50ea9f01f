"""What a signed-in member of staff must do first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

ALLOWED = ("/admin/sprite/", "/admin/jsi18n/", "/admin/logout/")


class OwnPasswordMiddleware:
    """Leads from the staff desk to the page for one's own password, as long as the account has a one-time password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and not request.path.startswith(ALLOWED):
            user = request.user
            if user.is_authenticated and user.must_change_password:
                return redirect("staff_password")
        return self.get_response(request)

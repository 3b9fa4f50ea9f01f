"""Signing in and out at the staff desk: light pages of our own, without Wagtail's scripts."""

import math
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, RedirectView

from courses.people.actions import set_own_password
from courses.people.forms import OwnPasswordForm, SignInForm
from courses.people.models import Post
from courses.people.viewsets import refusals_in


class SignIn(LoginView):
    """User name and password. An unknown name, a wrong password and an account that has ended get the same answer."""

    template_name = "people/login.html"
    authentication_form = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            narrow=True, demo_accounts=demo_accounts(), demo_password=settings.LMS_DEMO_PASSWORD, **kwargs
        )

    def get_default_redirect_url(self) -> str:
        user = self.request.user
        if user.is_authenticated and user.must_change_password:
            return str(reverse_lazy("staff_password"))
        return super().get_default_redirect_url()


def demo_accounts() -> list[dict[str, str]]:
    """The well-known accounts of a demonstration, for the note beside the form. Empty everywhere else."""
    if not settings.LMS_DEMO:
        return []
    posts = Post.objects.held().filter(user__is_active=True, user__must_change_password=False)
    return [
        {"username": post.user.username, "role": post.get_role_display(), "place": post.organisation.name}
        for post in posts.select_related("user", "organisation").order_by("organisation__path", "role", "user")
    ]


@method_decorator(never_cache, name="dispatch")
class SignOut(LogoutView):
    """Ends the session. The browser is asked to forget what it kept of our pages: desks are shared."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        messages.info(request, _("You are signed out."))
        response["Clear-Site-Data"] = '"cache"'  # not "storage": a learner's unsent answers may lie there
        return response


@method_decorator(never_cache, name="dispatch")
class OwnPassword(LoginRequiredMixin, FormView):
    """One's own password: after the one-time password at once, and whenever one likes."""

    template_name = "people/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("wagtailadmin_home")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(narrow=True, **kwargs)

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        with refusals_in(form):
            user = set_own_password(user=self.request.user, password=form.cleaned_data["new_password"])
            update_session_auth_hash(self.request, user)  # a new session key; other open sessions end
            messages.success(self.request, _("Your new password is in force."))
            return redirect(self.get_success_url())
        return self.form_invalid(form)


class ToOurSignIn(RedirectView):
    """Wagtail's own sign-in and reset pages are no second door: they lead here."""

    pattern_name = "staff_login"
    query_string = True

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str | None:
        return super().get_redirect_url()


def locked(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429: too many wrong passwords for one name from one address. The same for a name that exists and one that does not.

    The terminals' sign-in sets `request.locked_template` to a page in the learner's look.
    """
    seconds = int(get_cool_off(request).total_seconds())
    template = getattr(request, "locked_template", "people/locked.html")
    context = {"minutes": math.ceil(seconds / 60), "narrow": True}
    response = render(request, template, context, status=429)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response

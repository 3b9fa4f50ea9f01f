"""Signing in as staff, and what must stand before Wagtail's own routes."""

from functools import wraps

from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.localization import get_localized_response
from wagtail.admin.urls import display_custom_404

from courses.people.views.closed import (
    GUARDED,
    STOCK_PAGES,
    choose_page_child,
    chosen_pages,
    guarded_page_route,
    nothing_here,
    permitted_bulk_actions,
)
from courses.people.views.signing_in import OwnPassword, SignIn, SignOut, ToOurSignIn


def in_the_language_of_the_desk(view):
    """In the language that the person chose for the desk, like Wagtail's screens; a `?lang=` in the address goes before."""

    @wraps(view)
    def localized(request, *args, **kwargs):
        if request.user.is_authenticated and "lang" not in request.GET:
            return get_localized_response(view, request, *args, **kwargs)
        return view(request, *args, **kwargs)

    return localized


urlpatterns = [
    path("login/", SignIn.as_view(), name="staff_login"),
    path("logout/", SignOut.as_view(), name="staff_logout"),
    path("password/", in_the_language_of_the_desk(OwnPassword.as_view()), name="staff_password"),
]


def _staff(view):
    """Like Wagtail's own routes: only with access to the admin, and with its page for what is not there."""
    return display_custom_404(require_admin_access(view))


_closed = _staff(nothing_here)
before_wagtail = [
    path("login/", ToOurSignIn.as_view()),
    re_path(r"^password_reset/.*$", ToOurSignIn.as_view()),
    path("logout/", SignOut.as_view()),
    re_path(r"^reports/(site-history|page-types-usage)/(results/)?$", _closed),
    re_path(r"^api/main/(images|documents)/.*$", _closed),
    re_path(r"^tag-autocomplete/.*$", _closed),
    re_path(r"^users/.*$", _closed),  # accounts are made and changed by our verbs alone
    re_path(r"^choose-(external|email|phone|anchor)-link/.*$", _closed),  # no text of ours has links
    path("failwhale/", _closed),
    *[path(f"pages/{STOCK_PAGES[name].pattern}", _staff(guarded_page_route(name))) for name in GUARDED],
    path("choose-page/<int:parent_page_id>/", _staff(choose_page_child)),
    path("choose-page/chosen-multiple/", _staff(chosen_pages)),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", _staff(permitted_bulk_actions)),
]

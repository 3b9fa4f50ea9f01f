"""Signing in as staff, and what must stand before Wagtail's own routes."""

from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404

from courses.people.views.closed import nothing_here, permitted_bulk_actions
from courses.people.views.signing_in import OwnPassword, SignIn, SignOut, ToOurSignIn

urlpatterns = [
    path("login/", SignIn.as_view(), name="staff_login"),
    path("logout/", SignOut.as_view(), name="staff_logout"),
    path("password/", OwnPassword.as_view(), name="staff_password"),
]

_closed = display_custom_404(require_admin_access(nothing_here))
before_wagtail = [
    path("login/", ToOurSignIn.as_view()),
    re_path(r"^password_reset/.*$", ToOurSignIn.as_view()),
    path("logout/", SignOut.as_view()),
    re_path(r"^reports/(site-history|page-types-usage)/(results/)?$", _closed),
    re_path(r"^api/main/(images|documents)/.*$", _closed),
    re_path(r"^tag-autocomplete/.*$", _closed),
    re_path(r"^users/.*$", _closed),  # accounts are made and changed by our verbs alone
    path("failwhale/", _closed),
    path(
        "bulk/<str:app_label>/<str:model_name>/<str:action>/",
        display_custom_404(require_admin_access(permitted_bulk_actions)),
    ),
]

"""Public pages. Keep it last: it takes every address that nobody else has."""

from django.conf import settings
from django.urls import path, re_path
from django.views.generic import RedirectView
from wagtail.urls import serve_pattern

from cms.pages import views

app_name = "pages"
urlpatterns = [
    path("about/", views.page, {"path": "about/"}, name="about"),
]
# Wagtail looks for these names without a namespace. It has no door of its own: there is one page to sign in.
catch_all = [
    path("_util/login/", RedirectView.as_view(url=settings.LOGIN_URL), name="wagtailcore_login"),
    re_path(serve_pattern, views.page, name="wagtail_serve"),
]

"""Reports on the staff desk."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lms.reports.permissions import reports_for
from lms.reports.urls import urlpatterns


@hooks.register("register_admin_urls")
def report_screens() -> list[URLPattern]:
    return urlpatterns


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    if reports_for(request.user):
        items.append(MenuItem(_("Reports"), reverse("reports_index"), name="tables", icon_name="q-chart", order=600))

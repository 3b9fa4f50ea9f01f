"""Registers on the staff desk."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.attendance.urls import urlpatterns
from courses.attendance.views.today import ClassesPanel, LearnerClasses, TodayPanel, marks_registers
from courses.people.models import Learner


@hooks.register("register_admin_urls")
def attendance_screens() -> list[URLPattern]:
    return urlpatterns


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    if marks_registers(request.user):
        url = reverse("attendance_today")
        items.append(MenuItem(_("Registers"), url, name="registers", icon_name="q-check", order=110))


@hooks.register("construct_homepage_panels")
def today(request: HttpRequest, panels: list[Component]) -> None:
    if marks_registers(request.user):
        panels += [TodayPanel(), ClassesPanel()]


@hooks.register("construct_learner_file")
def learner_classes(request: HttpRequest, learner: Learner, parts: list[Component]) -> None:
    parts.append(LearnerClasses(learner, request.user))

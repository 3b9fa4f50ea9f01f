"""Classes on the staff desk."""

from django.http import HttpRequest
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from courses.classes.models import TrainingClass
from courses.classes.urls import urlpatterns
from courses.classes.views.home import ApplicationsPanel
from courses.classes.viewsets import POLICY, ClassViewSet
from courses.people.permissions import OPEN_CLASSES, rights_anywhere

register_permission_policy(TrainingClass, POLICY)  # before the viewset, which asks for it


@hooks.register("register_admin_viewset")
def classes() -> ClassViewSet:
    return ClassViewSet()


@hooks.register("register_admin_urls")
def class_screens() -> list[URLPattern]:
    return urlpatterns


@hooks.register("construct_homepage_panels")
def applications(request: HttpRequest, panels: list[Component]) -> None:
    if OPEN_CLASSES in rights_anywhere(request.user):
        panels.append(ApplicationsPanel())

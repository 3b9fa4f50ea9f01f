"""Classes on the staff desk."""

from django.urls import URLPattern
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from courses.classes.models import TrainingClass
from courses.classes.urls import urlpatterns
from courses.classes.viewsets import POLICY, ClassViewSet

register_permission_policy(TrainingClass, POLICY)  # before the viewset, which asks for it


@hooks.register("register_admin_viewset")
def classes() -> ClassViewSet:
    return ClassViewSet()


@hooks.register("register_admin_urls")
def class_screens() -> list[URLPattern]:
    return urlpatterns

"""Question banks on the staff desk."""

from django.urls import URLPattern
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from courses.questions.models import Bank
from courses.questions.urls import urlpatterns
from courses.questions.viewsets import POLICY, BankViewSet

register_permission_policy(Bank, POLICY)  # before the viewset, which asks for it


@hooks.register("register_admin_viewset")
def banks() -> BankViewSet:
    return BankViewSet()


@hooks.register("register_admin_urls")
def question_screens() -> list[URLPattern]:
    return urlpatterns

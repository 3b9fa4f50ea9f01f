"""The business-plan workbook."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "courses.plans"
    label = "plans"
    verbose_name = _("business plans")

"""The day of whoever runs exams or marks them, on the home page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.exams.models import Exam, Sitting, late_with_scores, waiting_for_scores
from courses.exams.views.exam_list import sheet_url
from courses.people.models import User

COMING_DAYS = 7


def sittings_ahead(user: User) -> list[Sitting]:
    """The sittings that the user may run: the open ones, and those planned from this morning on for a week."""
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    coming = Q(state=Sitting.State.PLANNED, planned_for__range=(morning, morning + timedelta(days=COMING_DAYS)))
    mine = Sitting.objects.run_by(user).filter(Q(state=Sitting.State.OPEN) | coming)
    return list(mine.select_related("exam__training_class", "room").order_by("planned_for"))


class ExamsPanel(Component):
    """Open and coming sittings, and the exams whose scores are still to be typed. Nothing where there is neither."""

    name = "exams"
    template_name = "exams/panels/today.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        typed = Exam.objects.examined_by(user).exclude(mode=Exam.Mode.SCREEN)
        to_mark = waiting_for_scores(typed).select_related("training_class")
        return {
            "sittings": sittings_ahead(user),
            "to_mark": [
                {"exam": exam, "url": sheet_url(exam)}
                for exam in to_mark.order_by("training_class__class_no", "component")
            ],
        }


class MissingScores(WagtailAdminTemplateMixin, TemplateView):
    """The exams that were held, in all classes that one sees, at which somebody has no score yet: for whoever answers for them.

    Whoever may type them has the button; anybody else sees at which class they are missing.
    """

    template_name = "exams/missing_scores.html"
    page_title = _("Missing scores")
    header_icon = "q-pen"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        exams = late_with_scores(Exam.objects.visible_to(user)).select_related(
            "training_class__host", "training_class__provider"
        )
        mine = set(Exam.objects.examined_by(user).exclude(mode=Exam.Mode.SCREEN).values_list("pk", flat=True))
        rows = [
            {"exam": one, "class": one.training_class, "url": sheet_url(one) if one.pk in mine else ""}
            for one in exams.order_by("training_class__ends_on", "training_class__class_no", "component")
        ]
        return super().get_context_data(rows=rows, today=timezone.localdate(), **kwargs)

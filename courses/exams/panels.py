"""What exams add to other screens of the staff desk."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from courses.exams.models import Exam

SHOWN = 10


class ExamsOfBank(Component):
    """Beside a bank's questions: how many exams draw from it, and those whose classes one may see."""

    template_name = "exams/bank_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        exams = Exam.objects.filter(bank=parent_context["bank"])
        known = exams.visible_to(parent_context["request"].user).select_related("training_class")
        return {"count": exams.count(), "exams": known.order_by("-training_class__starts_on", "pk")[:SHOWN]}

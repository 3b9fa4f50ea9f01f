"""All registers of a class, what each learner has earned, and the sheet to sign on paper."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import ALERT_ABSENCES
from courses.attendance.views.register import SessionScreen, crumbs
from courses.classes.models import Enrolment, TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.permissions import MARK_REGISTERS, VIEW_CLASSES
from courses.people.viewsets import ScopedObjectMixin

BLANK_LINES = 2  # ATT-6: for whoever is not on the printed roster yet


class Registers(ScopedObjectMixin, TemplateView):
    """The sessions of a class with their registers, and the hours of everybody in it."""

    model = TrainingClass
    right = VIEW_CLASSES
    template_name = "attendance/registers.html"
    header_icon = "q-check"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("edition__course", "host", "provider")

    def is_permitted(self) -> bool:
        return may_in_class(self.request.user, self.right, self.object)

    def get_page_title(self) -> str:
        return self.object.class_no

    def get_page_subtitle(self) -> str:
        return _("Registers")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(self.object, _("Registers"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class = self.object
        sessions = training_class.sessions.taking_place().select_related("register", "trainer", "make_up")
        progress = AttendanceRecord.objects.progress_of(sessions.order_by("starts_at", "number"))
        hours = AttendanceRecord.objects.hours_of(training_class)
        learners = training_class.enrolments.select_related("learner").order_by("roster_no")
        return super().get_context_data(
            training_class=training_class,
            tab="registers",
            progress=progress,
            learners=[(one, hours[one.pk]) for one in learners],
            alert=ALERT_ABSENCES,
            now=timezone.now(),
            may_mark=may_in_class(self.request.user, MARK_REGISTERS, training_class),
            **kwargs,
        )


class SignInSheet(SessionScreen, TemplateView):
    """The sheet that everybody signs: A4 landscape, printed by the browser (ATT-6)."""

    template_name = "attendance/sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due = list(Enrolment.objects.due_at(self.object).select_related("learner").order_by("roster_no"))
        lines = [(number, one.learner) for number, one in enumerate(due, start=1)]
        lines += [(len(due) + number, None) for number in range(1, BLANK_LINES + 1)]
        pages = [lines[start : start + 26] for start in range(0, len(lines), 26)]
        return super().get_context_data(
            pages=[[page[: (len(page) + 1) // 2], page[(len(page) + 1) // 2 :]] for page in pages],
            due=len(due),
            **kwargs,
        )

"""The day of whoever marks registers: today's sessions, what is still unmarked, who is at risk."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.attendance.models import AttendanceRecord, Marking, session_hours
from courses.attendance.rules import held_half_hours
from courses.attendance.views.risk import at_risk
from courses.classes.models import ClassSession, Enrolment, TrainingClass
from courses.classes.permissions import holds_in_classes
from courses.people.models import Learner, User
from courses.people.permissions import MARK_REGISTERS

SHOWN = 8  # open registers and learners at risk that are named; the rest is a number
LED = 3  # classes whose progress stands beside the day
COMING_DAYS = 7


def marks_registers(user: User) -> bool:
    """Whether there is any class whose registers the user may mark: for menus and home pages."""
    return holds_in_classes(user, MARK_REGISTERS)


def day_of(user: User, shown: int | None = None) -> dict[str, Any]:
    """Today's sessions and the open registers of earlier days (so many of them, or all), each with how far it is marked."""
    now, today = timezone.now(), timezone.localdate()
    mine = (
        ClassSession.objects.markable_by(user)
        .taking_place()
        .filter(training_class__state=TrainingClass.State.RUNNING)
        .select_related("training_class__edition", "room", "trainer", "register")
        .order_by("starts_at", "training_class__class_no")
    )
    day_begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    earlier = mine.filter(starts_at__lt=day_begins, register__closed_at__isnull=True)
    unmarked = [one for one in AttendanceRecord.objects.progress_of(earlier) if one.left]
    return {
        "now": now,
        "sessions": AttendanceRecord.objects.progress_of(mine.on(today)),
        "unmarked": still_open(unmarked[:shown]),
        "unmarked_count": len(unmarked),
        "unmarked_more": 0 if shown is None else max(0, len(unmarked) - shown),
    }


def still_open(unmarked: list[Marking]) -> list[dict[str, Any]]:
    """Registers of earlier days with how many days they are overdue."""
    today = timezone.localdate()
    return [{"one": one, "overdue": (today - timezone.localdate(one.session.starts_at)).days} for one in unmarked]


class ClassesPanel(Component):
    """Beside the day: how far each of the classes has got that the user teaches."""

    name = "class_progress"
    template_name = "attendance/panels/classes.html"
    order = 30
    beside = True

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        led = TrainingClass.objects.led_by(parent_context["request"].user).filter(state=TrainingClass.State.RUNNING)
        learners = Count("enrolments", filter=Q(enrolments__in=Enrolment.objects.on_roster()), distinct=True)
        classes = list(
            led.select_related("edition").annotate(learners=learners).order_by("starts_on", "class_no")[:LED]
        )
        held: dict[int, int] = dict.fromkeys((one.pk for one in classes), 0)
        rules = {one.pk: one.run_rules for one in classes}
        for session in ClassSession.objects.held().filter(training_class__in=classes):
            held[session.training_class_id] += held_half_hours(session_hours(session, rules[session.training_class_id]))
        return {"classes": [{"class": one, "held": held[one.pk]} for one in classes], "all": led.count()}


class TodayPanel(Component):
    """On the home page, for whoever marks registers."""

    name = "today"
    template_name = "attendance/panels/today.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        found = at_risk(user)
        more = max(0, len(found) - SHOWN)
        return {**day_of(user, SHOWN), "at_risk": found[:SHOWN], "at_risk_more": more, "at_risk_all": len(found)}


class Today(WagtailAdminTemplateMixin, TemplateView):
    """The same as a page of its own, with the sessions of the next days."""

    template_name = "attendance/today.html"
    page_title = _("Registers")
    header_icon = "q-check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not marks_registers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.now()
        tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        coming = (
            ClassSession.objects.markable_by(user)
            .taking_place()
            .filter(starts_at__gte=tomorrow, starts_at__lt=tomorrow + timedelta(days=COMING_DAYS))
            .select_related("training_class__edition", "room", "trainer")
            .order_by("starts_at")
        )
        return super().get_context_data(**day_of(user), at_risk=at_risk(user), coming=coming, **kwargs)


class LearnerClasses(Component):
    """On a learner's file: the classes, with the hours earned in each. Only classes that the reader may see."""

    name = "classes"
    template_name = "attendance/panels/learner_classes.html"
    order = 20

    def __init__(self, learner: Learner, user: User):
        self.learner, self.user = learner, user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        enrolments = self.learner.enrolments.visible_to(self.user).select_related("training_class__edition")
        rows = []
        for one in enrolments.order_by("-enrolled_at"):
            hours = AttendanceRecord.objects.hours_of(one.training_class, enrolments=[one.pk])
            rows.append({"enrolment": one, "class": one.training_class, "hours": hours[one.pk]})
        return {"rows": rows}

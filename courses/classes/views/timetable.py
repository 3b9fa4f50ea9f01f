"""The timetable of a class."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from courses.classes import actions
from courses.classes.forms import PlanSessionsForm, SessionForm
from courses.classes.models import ClassSession, TrainingClass
from courses.classes.permissions import may_in_class
from courses.classes.views.overview import hours_planned
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.people.permissions import MARK_REGISTERS, OPEN_CLASSES
from courses.people.viewsets import refusals_in


class Timetable(ClassScreen, FormView):
    """All sessions; plan a run of them at once."""

    template_name = "classes/timetable.html"
    form_class = PlanSessionsForm
    tab = "timetable"

    def get_page_subtitle(self) -> str:
        return _("Timetable")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "training_class": self.object}

    def get_initial(self) -> dict[str, Any]:
        last = self.object.sessions.taking_place().order_by("starts_at").last()
        day = timezone.localdate(last.starts_at) + timedelta(days=1) if last else self.object.starts_on
        return {"first_day": day.isoformat(), "room": last.room_id if last else None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions = self.object.sessions.select_related("room", "trainer", "makes_up").order_by("starts_at", "number")
        return super().get_context_data(
            sessions=sessions, hours=hours_planned(self.object), now=timezone.now(),
            may_mark=may_in_class(self.request.user, MARK_REGISTERS, self.object), **kwargs,
        )  # fmt: skip

    def form_valid(self, form: PlanSessionsForm) -> HttpResponse:
        with refusals_in(form):
            planned = actions.plan_sessions(
                training_class=self.object, sessions=form.planned(), by=self.request.user,
                reason=form.cleaned_data.get("reason", ""),
            )  # fmt: skip
            text = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", len(planned))
            messages.success(self.request, text % {"count": len(planned)})
            return redirect(self.request.path)
        return self.form_invalid(form)


class ChangeSession(ClassScreen, FormView):
    """Move a session that has not begun, or take it off the timetable."""

    model = ClassSession
    joined = ("training_class__edition", "training_class__host", "room", "trainer")
    right = OPEN_CLASSES
    form_class = SessionForm
    template_name = "classes/session.html"
    tab = "timetable"

    def get_training_class(self) -> TrainingClass:
        return self.object.training_class

    def get_page_subtitle(self) -> str:
        return _("Session %(number)s") % {"number": self.object.number}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "training_class": self.object.training_class}

    def get_initial(self) -> dict[str, Any]:
        starts, session = timezone.localtime(self.object.starts_at), self.object
        return {
            "day": starts.date().isoformat(), "begins": starts.time(), "hours": session.planned_half_hours,
            "kind": session.kind, "topic": session.topic, "room": session.room_id, "trainer": session.trainer_id,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "cancel" not in request.POST:
            return super().post(request, *args, **kwargs)
        with refusals_as_messages(request):
            reason = request.POST.get("cancel_reason", "")
            actions.cancel_session(session=self.object, by=request.user, reason=reason)
            messages.success(request, _("Session %(number)s is cancelled.") % {"number": self.object.number})
            return redirect("classes_timetable", self.object.training_class_id)
        return redirect(request.path)

    def form_valid(self, form: SessionForm) -> HttpResponse:
        with refusals_in(form):
            actions.move_session(
                session=self.object, planned=form.planned(), by=self.request.user,
                reason=form.cleaned_data.get("reason", ""),
            )  # fmt: skip
            messages.success(self.request, _("Session %(number)s is changed.") % {"number": self.object.number})
            return redirect("classes_timetable", self.object.training_class_id)
        return self.form_invalid(form)

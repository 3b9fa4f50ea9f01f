"""What happens beside the plan: a session broken off and made up, a mark corrected."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from courses.attendance import actions
from courses.attendance.forms import CorrectionForm, InterruptForm, MakeUpForm
from courses.attendance.models import AttendanceRecord, Correction
from courses.attendance.permissions import can_mark
from courses.attendance.rules import PARTLY
from courses.attendance.views.register import SessionScreen, crumbs
from courses.attendance.views.rows import mark_text, minutes_there
from courses.catalogue.rules import hours_text
from courses.classes import actions as classes
from courses.classes.models import ClassSession
from courses.people.viewsets import DecideMixin, ScopedObjectMixin, refusals_in


class Interrupt(SessionScreen, FormView):
    """First the minutes that were held; then, on the same page, the session that makes up for the rest (ATT-2)."""

    template_name = "attendance/interrupt.html"

    def made_up(self) -> ClassSession | None:
        return ClassSession.objects.filter(makes_up=self.object).first()

    def asks_for_make_up(self) -> bool:
        return bool(self.object.half_hours_to_make_up) and "again" not in self.request.GET

    def get_form_class(self) -> Any:
        return MakeUpForm if self.asks_for_make_up() else InterruptForm

    def get_form_kwargs(self) -> dict[str, Any]:
        extra = {"session": self.object} if self.asks_for_make_up() else {}
        return {**super().get_form_kwargs(), **extra}

    def get_initial(self) -> dict[str, Any]:
        session = self.object
        if not self.asks_for_make_up():
            return {"held_minutes": session.held_minutes, "reason": session.interruption_reason}
        last = session.training_class.sessions.taking_place().order_by("starts_at").last() or session
        day = timezone.localtime(last.starts_at) + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        begins = timezone.localtime(session.starts_at).time()
        return {"day": day.date().isoformat(), "begins": begins, "room": session.room_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            make_up=self.made_up(),
            asks_for_make_up=self.asks_for_make_up(),
            lost=self.object.half_hours_to_make_up,
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        with refusals_in(form):
            if isinstance(form, MakeUpForm):
                make_up = classes.plan_make_up(
                    session=self.object,
                    starts_at=form.starts_at(),
                    room=form.cleaned_data["room"],
                    by=self.request.user,
                )
                values = {"number": make_up.number, "hours": hours_text(make_up.planned_half_hours)}
                messages.success(self.request, _("Session %(number)s makes up %(hours)s class hours.") % values)
                return redirect("attendance_registers", self.object.training_class_id)
            actions.break_off(session=self.object, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("Noted. Everybody present earns what was held."))
            return redirect("attendance_interrupt", self.object.pk)
        return self.form_invalid(form)


class Correct(ScopedObjectMixin, FormView):
    """One mark, its history, and what it should be."""

    model = AttendanceRecord
    form_class = CorrectionForm
    template_name = "attendance/correct.html"
    header_icon = "q-pen"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related(
            "session__training_class__edition", "session__training_class__host", "session__training_class__provider",
            "enrolment__learner",
        )  # fmt: skip

    def is_permitted(self) -> bool:
        return can_mark(self.request.user, self.object.session)

    def get_page_title(self) -> str:
        return _("Correct a mark")

    def get_page_subtitle(self) -> str:
        return self.object.enrolment.learner.full_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(self.object.session.training_class, _("Correct a mark"), registers=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "session": self.object.session}

    def get_initial(self) -> dict[str, Any]:
        record = self.object
        minutes = minutes_there(record.mark, record.session) if record.mark.status in PARTLY else ""
        return {"status": record.status, "minutes": minutes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.object.session
        return super().get_context_data(
            session=session,
            training_class=session.training_class,
            history=history_of(self.object),
            waiting=self.object.corrections.waiting().select_related("asked_by").first(),
            **kwargs,
        )

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        with refusals_in(form):
            correction = actions.correct_record(
                record=self.object, mark=form.cleaned_data["mark"], reason=form.cleaned_data["reason"],
                by=self.request.user,
            )  # fmt: skip
            done = correction.result_id is not None
            text = _("Corrected. The old mark stays readable.") if done else _("Another person decides about it now.")
            messages.success(self.request, text)
            return redirect("attendance_register", self.object.session_id)
        return self.form_invalid(form)


class DecideCorrection(DecideMixin, FormView):
    """The second person's page on a correction."""

    about_model = Correction
    template_name = "attendance/decide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.about.record
        return super().get_context_data(
            session=record.session,
            learner=record.enrolment.learner,
            history=history_of(record),
            wanted=mark_text(self.about.mark, record.session),
            **kwargs,
        )

    def decide(self, *, approve: bool, comment: str) -> None:
        actions.decide_correction(correction=self.about, by=self.request.user, approve=approve, comment=comment)


def history_of(record: AttendanceRecord) -> list[dict[str, Any]]:
    """All marks of one learner in one session, the newest first, in words."""
    marks = (
        record.session.records.filter(enrolment=record.enrolment_id).select_related("marked_by").order_by("-version")
    )
    return [{"record": one, "text": mark_text(one.mark, record.session)} for one in marks]

"""The invigilator's desk: planning a sitting, the room at a glance, and the buttons that act on it."""

from secrets import token_hex
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.classes.models import TrainingClass
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.exams import actions
from courses.exams.actions.closing import facts_of
from courses.exams.models import Attempt, Exam, ExamEntry, Outage, Sitting, due_at
from courses.exams.rules.clock import whole_seconds
from courses.people.models import Room
from courses.people.permissions import RUN_EXAMS

AWAY_SECONDS = 40  # four beats missed: somebody should go and look


class SittingForm(forms.Form):
    """When and where; whether it is the resit."""

    planned_for = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    room = forms.ModelChoiceField(label=gettext_lazy("Room"), queryset=Room.objects.none(), required=False)
    resit = forms.BooleanField(label=gettext_lazy("This is the resit"), required=False)


class PlanSitting(ClassScreen, FormView):
    """Plan a sitting of an exam that is sat on the terminals."""

    right = RUN_EXAMS
    tab = "exams"
    template_name = "exams/plan_sitting.html"
    form_class = SittingForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.exam = self.object.exams.filter(mode=Exam.Mode.SCREEN).first()
        if self.exam is None:
            raise Http404

    def get_page_subtitle(self) -> str:
        return _("Plan a sitting")

    def get_form(self, *args: Any, **kwargs: Any) -> SittingForm:
        form = super().get_form(*args, **kwargs)
        form.fields["room"].queryset = Room.objects.filter(organisation=self.object.host_id)
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"planned_for": timezone.localtime().replace(second=0, microsecond=0)}

    def form_valid(self, form: SittingForm) -> HttpResponse:
        with refusals_as_messages(self.request):
            sitting = actions.plan_sitting(exam=self.exam, by=self.request.user, **form.cleaned_data)
            return redirect("exams_sitting", sitting.pk)
        return redirect("exams_plan_sitting", self.object.pk)


class InvigilateSitting(ClassScreen, TemplateView):
    """One sitting while it runs: every seat, what is saved, who needs somebody; pause, go on, more time, close."""

    model = Sitting
    joined = ("exam__training_class__host", "exam__training_class__provider", "exam__training_class__edition", "room")
    right = RUN_EXAMS
    tab = "exams"
    template_name = "exams/invigilate.html"

    def get_training_class(self) -> TrainingClass:
        return self.object.exam.training_class

    def get_page_subtitle(self) -> str:
        return _("Sitting")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sitting, now = self.object, timezone.now()
        seats = self.seats(sitting, now)
        return super().get_context_data(
            sitting=sitting, seats=seats, pause=sitting.pauses.filter(until=None).first(),
            incidents=sitting.incidents.select_related("by", "attempt__entry__enrolment__learner").order_by("-at")[:30],
            outages=Outage.objects.filter(since__gte=sitting.opened_at).order_by("since") if sitting.opened_at else [],
            begun=sum(1 for seat in seats if seat["attempt"]),
            done=sum(1 for seat in seats if seat["attempt"] and seat["attempt"].state != Attempt.State.OPEN),
            calling=sum(1 for seat in seats if seat["calls"]),
            watch="watch" in self.request.GET, presses=[token_hex(8) for _form in range(3)], **kwargs,
        )  # fmt: skip

    def seats(self, sitting: Sitting, now: Any) -> list[dict[str, Any]]:
        """Everybody who may sit, in the order of the roster, with the attempt where one has begun."""
        attempts = {
            one.entry_id: one
            for one in sitting.attempts.select_related("terminal", "sitting").prefetch_related(
                "sitting__pauses", "answers"
            )
        }
        rows = []
        here = ExamEntry.objects.filter(Q(pk__in=due_at(sitting).values("pk")) | Q(pk__in=list(attempts)))
        for entry in here.select_related("enrolment__learner").order_by("enrolment__roster_no"):
            attempt = attempts.get(entry.pk)
            row: dict[str, Any] = {
                "entry": entry,
                "learner": entry.enrolment.learner,
                "attempt": attempt,
                "calls": False,
            }
            if attempt is not None:
                is_open = attempt.state == Attempt.State.OPEN
                answers = list(attempt.answers.all())
                signs = [attempt.last_beat_at or attempt.started_at, *(answer.saved_at for answer in answers)]
                seen = max(signs)  # a page that sends answers sends no other sign of life beside them
                row |= {
                    "given": sum(1 for answer in answers if answer.value is not None),
                    "total": len(attempt.order),
                    "minutes_left": -(-whole_seconds(facts_of(attempt).left(now)) // 60) if is_open else None,
                    "seen": seen, "away": is_open and (now - seen).total_seconds() > AWAY_SECONDS,
                    "calls": is_open and attempt.hand_raised_at is not None,
                    "is_helped": is_open and attempt.pk in (self.request.GET.get("help"), self.request.POST.get("attempt")),
                }  # fmt: skip
            rows.append(row)
        return rows

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb. The verb asks for the right, and for a reason where one is due; what it refuses stays typed."""
        act = request.POST.get("act", "")
        try:
            done = self.attempt_act(act) if "attempt" in request.POST else self.room_act(act)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
            return self.render_to_response(self.get_context_data(typed=request.POST), status=422)
        messages.success(request, done)
        return redirect(request.get_full_path())

    def room_act(self, act: str) -> str:
        sitting, by = self.object, self.request.user
        reason, press = self.request.POST.get("reason", ""), self.press()
        if act == "open":
            actions.open_sitting(sitting=sitting, by=by)
            return _("Open. The learners can begin.")
        if act == "pause":
            actions.pause_room(sitting=sitting, by=by, reason=reason)
            return _("Paused. Every screen is covered within ten seconds; no time is lost.")
        if act == "resume":
            actions.resume_room(sitting=sitting, by=by)
            return _("Going on. Everybody has the time of before.")
        if act == "extend":
            given = actions.extend(
                sitting=sitting, seconds=self.number("minutes") * 60, reason=reason, by=by, press=press
            )
            return _("Everybody has %(count)s more minutes.") % {"count": given.seconds // 60}
        if act == "close":
            actions.close_sitting(sitting=sitting, by=by, reason=reason)
            return _("Closed. What was open is handed in as it is.")
        if act == "note":
            actions.note(sitting=sitting, text=reason, by=by, press=press)
            return _("Noted.")
        outage = Outage.objects.filter(pk=self.number("outage")).first()
        if act == "give_back" and outage is not None:
            actions.give_back_outage(sitting=sitting, outage=outage, by=by)
            return _("The lost time is given back to everybody.")
        raise Http404

    def attempt_act(self, act: str) -> str:
        attempt = self.object.attempts.filter(pk=self.request.POST["attempt"]).first()
        by, reason = self.request.user, self.request.POST.get("reason", "")
        if attempt is None:
            raise Http404
        if act == "extend":
            given = actions.extend(
                sitting=self.object, seconds=self.number("minutes") * 60, reason=reason, by=by, attempt=attempt, press=self.press(),
            )  # fmt: skip
            return _("This learner has %(count)s more minutes.") % {"count": given.seconds // 60}
        verbs = {
            "move": (actions.move_seat, _("The learner can go on at another terminal.")),
            "force": (actions.force_submit, _("Handed in.")),
            "void": (actions.void, _("Made void. The answers stay.")),
        }
        if act == "seen":
            actions.go_to_seat(attempt=attempt, by=by)
            return _("Noted that somebody is there.")
        if act not in verbs:
            raise Http404
        verb, sentence = verbs[act]
        verb(attempt=attempt, by=by, reason=reason)
        return sentence

    def press(self) -> str:
        """The mark of this one rendering of a form: pressed twice it gives no time twice."""
        return self.request.POST.get("press", "")[:32]

    def number(self, name: str) -> int:
        text = self.request.POST.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else 0

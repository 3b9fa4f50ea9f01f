"""A class at a glance, its application, and the buttons that move it on."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.catalogue.rules import part_too_small
from courses.classes import actions
from courses.classes.actions.applying import ELEMENT_NAMES
from courses.classes.forms import ApplicationForm
from courses.classes.models import ClassSession, TrainingClass
from courses.classes.rules import ELEMENTS, long_days
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.people.models import Countersign
from courses.people.permissions import APPROVE_CLASSES, OPEN_CLASSES, VIEW_JOURNAL, may
from courses.people.viewsets import DecideMixin, refusals_in

ELEMENT_SCREENS = {
    "roster": "classes_roster",
    "teaching_plan": "classes_application",
    "trainers": "classes_people",
    "resources": "classes_application",
    "assessment_plan": "classes_application",
}


def checklist(training_class: TrainingClass) -> list[dict[str, Any]]:
    """The five elements of the application, each there or missing, with the screen on which it is completed (CLS-1)."""
    missing = training_class.missing_elements()
    return [
        {"name": ELEMENT_NAMES[element], "there": element not in missing, "screen": ELEMENT_SCREENS[element]}
        for element in ELEMENTS
    ]


def hours_planned(training_class: TrainingClass) -> dict[str, Any]:
    """Half-hours on the timetable beside those of the course, and the days that are too long. One query."""
    sessions = list(training_class.sessions.taking_place())
    made_up = {session.makes_up_id for session in sessions}
    planned = {"theory": 0, "practice": 0}
    for session in sessions:
        # What a make-up repeats is planned once: in the session that was broken off.
        planned[session.kind] += 0 if session.makes_up_id else session.planned_half_hours
    edition = training_class.edition
    days = ((timezone.localdate(session.starts_at), session.planned_half_hours) for session in sessions)
    return {
        "theory": (planned["theory"], edition.theory_half_hours),
        "practice": (planned["practice"], edition.practice_half_hours),
        "fits": planned == {"theory": edition.theory_half_hours, "practice": edition.practice_half_hours},
        "sessions": len(sessions),
        "held": sum(session.starts_at <= timezone.now() for session in sessions),
        "to_make_up": [one for one in sessions if one.half_hours_to_make_up and one.pk not in made_up],
        "long_days": long_days(days, training_class.run_rules.max_hours_a_day),
        "next": min(
            (one for one in sessions if one.starts_at > timezone.now()), key=lambda one: one.starts_at, default=None
        ),
    }


def readable(line: dict[str, Any]) -> dict[str, Any]:
    """A kept line of the approved timetable, with its moment and kind for people (CLS-4)."""
    kinds = dict(ClassSession.Kind.choices)
    return {
        **line,
        "starts_at": datetime.fromisoformat(line["starts_at"]),
        "kind": kinds.get(line["kind"], line["kind"]),
        "half_hours": line["planned_half_hours"],
    }


class ClassOverview(ClassScreen, TemplateView):
    """The class: facts, what its application lacks, what comes next."""

    template_name = "classes/overview.html"
    tab = "overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class, edition = self.object, self.object.edition
        items = checklist(training_class)
        user = self.request.user
        return super().get_context_data(
            checklist=items,
            there=sum(item["there"] for item in items),
            missing=[item["name"] for item in items if not item["there"]],
            hours=hours_planned(training_class),
            too_small=part_too_small(
                edition.theory_half_hours, edition.practice_half_hours, training_class.run_rules.min_part_pct
            ),
            taken=training_class.enrolments.on_roster().count(),
            waiting=training_class.waiting.filter(ended_at=None).count(),
            approved_plan=[readable(line) for line in training_class.application.approved_plan],
            changes=training_class.timetable_changes.select_related("changed_by"),
            decisions=list(self.decisions()),
            may_start=may(user, APPROVE_CLASSES, training_class.host),
            sees_journal=may(user, VIEW_JOURNAL, training_class.host),
            **kwargs,
        )

    def decisions(self) -> Any:
        """The requests to approve, newest first: who asked, who decided, with which words."""
        return Countersign.objects.filter(
            act="classes.approve", object_label=self.object._meta.label_lower, object_id=str(self.object.pk)
        ).select_related("asked_by", "decided_by").order_by("-asked_at")  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb. The verb asks for the right."""
        act = request.POST.get("act")
        with refusals_as_messages(request):
            if act == "submit":
                actions.submit_application(training_class=self.object, by=request.user)
                messages.success(request, _("Handed in. Another person decides now."))
            elif act == "start":
                actions.start(training_class=self.object, by=request.user)
                messages.success(request, _("The class runs."))
            elif act == "cancel":
                reason = request.POST.get("reason", "")
                actions.cancel_class(training_class=self.object, by=request.user, reason=reason)
                messages.success(request, _("The class is cancelled. Its number stays taken."))
        return redirect("classes_class", self.object.pk)


class WriteApplication(ClassScreen, FormView):
    """The three written elements of the application."""

    template_name = "classes/form.html"
    right = OPEN_CLASSES
    tab = "overview"
    form_class = ApplicationForm

    def get_page_subtitle(self) -> str:
        return pgettext("to open a class", "Application")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.object.application}

    def form_valid(self, form: ApplicationForm) -> HttpResponse:
        with refusals_in(form):
            actions.complete_application(training_class=self.object, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("The application is saved."))
            return redirect("classes_class", self.object.pk)
        return self.form_invalid(form)


class DecideClass(DecideMixin, FormView):
    """The second person's page: everything that was applied for, then one signature."""

    about_model = TrainingClass
    template_name = "classes/decide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.about
        trainers = (
            about.assignments.filter(role="trainer").select_related("user").prefetch_related("user__qualifications")
        )
        return super().get_context_data(
            checklist=checklist(about),
            hours=hours_planned(about),
            trainers=trainers,
            roster=about.enrolments.on_roster().select_related("learner"),
            sessions=about.sessions.taking_place().select_related("room", "trainer").order_by("starts_at"),
            **kwargs,
        )

    def decide(self, *, approve: bool, comment: str) -> None:
        verb = actions.approve if approve else actions.refuse
        verb(training_class=self.about, by=self.request.user, comment=comment)

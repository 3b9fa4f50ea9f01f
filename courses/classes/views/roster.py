"""The roster of a class and its waiting list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from courses.classes import actions
from courses.classes.forms import EnrolForm, EnrolmentForm
from courses.classes.models import Enrolment, TrainingClass
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.people.models import Learner, Stay, User
from courses.people.permissions import MANAGE_LEARNERS, OPEN_CLASSES, may
from courses.people.viewsets import refusals_in

OFFERED = 30  # learners in one list; a search finds the others


def offered(training_class: TrainingClass, user: User, search: str) -> QuerySet[Learner]:
    """Learners who could join: those at the place, or whoever the search finds among those the user may see."""
    learners = Learner.objects.visible_to(user).exclude(pk__in=training_class.enrolments.values("learner"))
    if search:
        words = Q(full_name__icontains=search) | Q(name_pinyin__icontains=search) | Q(learner_no__startswith=search)
        learners = learners.filter(words)
    else:
        learners = learners.filter(pk__in=Learner.objects.at(training_class.host).values("pk"))
    stay = Stay.objects.open().filter(learner=OuterRef("pk"))
    busy = Enrolment.objects.filter(
        learner=OuterRef("pk"), ended_at=None, training_class__starts_on__lte=training_class.ends_on,
        training_class__ends_on__gte=training_class.starts_on,
    ).exclude(training_class__state__in=[TrainingClass.State.CLOSED, TrainingClass.State.CANCELLED])  # fmt: skip
    return learners.annotate(
        place=Subquery(stay.values("organisation__name")[:1]),
        unit=Subquery(stay.values("unit__name")[:1]),
        elsewhere=~Exists(stay.filter(organisation__path__startswith=training_class.host.path)),
        busy_in=Subquery(busy.values("training_class__class_no")[:1]),
    ).order_by("learner_no")


class Roster(ClassScreen, FormView):
    """Who is in the class; tick those who join."""

    template_name = "classes/roster.html"
    form_class = EnrolForm
    tab = "roster"

    def get_page_subtitle(self) -> str:
        return _("Roster")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        training_class = self.object
        unit = Stay.objects.open().filter(learner=OuterRef("learner")).values("unit__name")[:1]
        roster = training_class.enrolments.select_related("learner").annotate(unit=Subquery(unit)).order_by("roster_no")
        search = self.request.GET.get("q", "").strip()
        if context["may_plan"]:
            found = list(offered(training_class, self.request.user, search)[: OFFERED + 1])
            context.update(offered=found[:OFFERED], more=len(found) > OFFERED)
            context["may_register"] = may(self.request.user, MANAGE_LEARNERS, training_class.host)
        context.update(
            roster=roster,
            search=search,
            taken=training_class.enrolments.on_roster().count(),
            waiting=training_class.waiting.filter(ended_at=None).select_related("learner"),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "from_waiting" in request.POST:
            return self.take_from_waiting(request.POST["from_waiting"])
        if "stop_waiting" in request.POST:
            entry = get_object_or_404(self.object.waiting, pk=request.POST["stop_waiting"])
            with refusals_as_messages(request):
                actions.stop_waiting(entry=entry, by=request.user)
            return redirect(request.path)
        return super().post(request, *args, **kwargs)

    def take_from_waiting(self, number: str) -> HttpResponse:
        entry = get_object_or_404(self.object.waiting.filter(ended_at=None), pk=number)
        with refusals_as_messages(self.request):
            actions.enrol(training_class=self.object, learner=entry.learner, by=self.request.user)
            messages.success(self.request, _("%(name)s is on the roster.") % {"name": entry.learner.full_name})
        return redirect(self.request.path)

    def form_valid(self, form: EnrolForm) -> HttpResponse:
        """Each learner by themselves: one who cannot join does not keep the others out."""
        joined, waiting = 0, "wait" in self.request.POST
        for learner in form.cleaned_data["learners"]:
            try:
                self.add(learner, form.cleaned_data["override_reason"], waiting=waiting)
                joined += 1
            except ValidationError as refusal:
                form.add_error(None, refusal)
        if joined:
            text = (
                ngettext("%(count)s learner waits for a place.", "%(count)s learners wait for a place.", joined)
                if waiting
                else ngettext("%(count)s learner joined the class.", "%(count)s learners joined the class.", joined)
            )
            messages.success(self.request, text % {"count": joined})
        return self.form_invalid(form) if form.errors else redirect(self.request.path)

    def add(self, learner: Learner, reason: str, *, waiting: bool) -> None:
        if waiting:
            actions.wait(training_class=self.object, learner=learner, by=self.request.user)
        else:
            actions.enrol(training_class=self.object, learner=learner, by=self.request.user, override_reason=reason)


class ChangeEnrolment(ClassScreen, FormView):
    """Pause a learner, take up again, take off the class."""

    model = Enrolment
    joined = ("learner", "training_class__edition", "training_class__host")
    right = OPEN_CLASSES
    form_class = EnrolmentForm
    template_name = "classes/form.html"
    tab = "roster"

    def get_training_class(self) -> TrainingClass:
        return self.object.training_class

    def get_page_subtitle(self) -> str:
        return self.object.learner.full_name

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "enrolment": self.object}

    def form_valid(self, form: EnrolmentForm) -> HttpResponse:
        act, note = form.cleaned_data["act"], form.cleaned_data["note"]
        values: dict[str, Any] = {"enrolment": self.object, "by": self.request.user}
        with refusals_in(form):
            if act == form.WITHDRAW:
                actions.withdraw(reason=form.cleaned_data["end_reason"], note=note, **values)
            elif act == form.SUSPEND:
                actions.suspend(reason=note, **values)
            else:
                actions.resume(reason=note, **values)
            messages.success(self.request, _("%(name)s: saved.") % {"name": self.object.learner.full_name})
            return redirect("classes_roster", self.object.training_class_id)
        return self.form_invalid(form)

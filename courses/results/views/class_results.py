"""The results of a class: proposing, confirming, closing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.attendance.models import AttendanceRecord
from courses.classes.models import TrainingClass
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.people.models import Countersign
from courses.people.viewsets import DecideMixin, refusals_in
from courses.results import actions
from courses.results.forms import ReopenForm
from courses.results.models import Outcome
from courses.results.permissions import may_close, may_propose, sees_marks
from courses.results.views.table import Line, table_of


class ClassResults(ClassScreen, TemplateView):
    """Hours, marks and results of everybody; both pass rates; the buttons that move it on."""

    template_name = "results/class_results.html"
    tab = "results"

    def get_page_subtitle(self) -> str:
        return _("Results")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class, user = self.object, self.request.user
        table = table_of(training_class, sees_marks=sees_marks(user, training_class))
        waiting = Countersign.objects.waiting().filter(
            act=actions.CONFIRM, object_label=training_class._meta.label_lower, object_id=str(training_class.pk)
        )
        now = timezone.now()
        return super().get_context_data(
            table=table,
            state=state_of(table.lines),
            waiting=waiting.select_related("asked_by").first(),
            may_decide=Countersign.objects.waiting_for(user).filter(pk__in=waiting).exists(),
            may_propose=may_propose(user, training_class),
            may_close=may_close(user, training_class) and training_class.state == TrainingClass.State.RUNNING,
            unmarked=AttendanceRecord.objects.unmarked_sessions(training_class),
            ahead=training_class.sessions.taking_place().filter(starts_at__gt=now).count(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb. The verb asks for the right."""
        act, training_class = request.POST.get("act"), self.object
        with refusals_as_messages(request):
            if act == "propose":
                live = actions.propose(training_class=training_class, by=request.user)
                count = sum(outcome.state == Outcome.State.PROPOSED for outcome in live)
                text = ngettext(
                    "%(count)s result waits for a second person.", "%(count)s results wait for a second person.", count
                )
                messages.success(request, text % {"count": count} if count else _("Nothing has changed."))
            elif act == "close":
                actions.close_class(training_class=training_class, by=request.user)
                messages.success(request, _("The class is closed."))
        return redirect("results_class", training_class.pk)


def state_of(lines: list[Line]) -> dict[str, int]:
    """How many results stand where."""
    present = [line for line in lines if not line.left]
    states = [line.outcome.state if line.outcome else "" for line in present]
    return {
        "all": len(present),
        "confirmed": states.count(Outcome.State.CONFIRMED),
        "proposed": states.count(Outcome.State.PROPOSED),
        "passed": sum(line.outcome.passed for line in present if line.outcome),
        "news": sum(
            line.decision.is_complete and (line.outcome is None or line.stale) and not reopens(line) for line in present
        ),
    }


def reopens(line: Line) -> bool:
    """Whether news about a line are taken in by reopening it, not by proposing (EXM-7)."""
    outcome = line.outcome
    return outcome is not None and outcome.state == Outcome.State.CONFIRMED and not outcome.resit_of


class ReopenResult(ClassScreen, FormView):
    """Opening a confirmed result again after a correction (EXM-7)."""

    model = Outcome
    template_name = "results/reopen.html"
    tab = "results"
    form_class = ReopenForm
    joined = (
        "enrolment__learner", "enrolment__training_class__edition__course", "enrolment__training_class__host",
        "enrolment__training_class__provider", "confirmed_by",
    )  # fmt: skip

    def get_base_object_queryset(self) -> Any:
        classes = TrainingClass.objects.visible_to(self.request.user)
        return Outcome.objects.live().filter(enrolment__training_class__in=classes).select_related(*self.joined)

    def get_training_class(self) -> TrainingClass:
        return self.object.enrolment.training_class

    def is_permitted(self) -> bool:
        return may_propose(self.request.user, self.get_training_class())

    def get_page_subtitle(self) -> str:
        return _("Open a result again")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class = self.get_training_class()
        lines = table_of(training_class, sees_marks=True).lines
        line = next(line for line in lines if line.outcome == self.object)
        return super().get_context_data(line=line, **kwargs)

    def form_valid(self, form: ReopenForm) -> HttpResponse:
        with refusals_in(form):
            actions.reopen(outcome=self.object, by=self.request.user, reason=form.cleaned_data["reason"])
            messages.success(self.request, _("Opened again. Another person confirms the new result."))
            return redirect("results_class", self.get_training_class().pk)
        return self.form_invalid(form)


class DecideResults(DecideMixin, FormView):
    """The second person's page: the whole table, then one signature."""

    about_model = TrainingClass
    template_name = "results/decide.html"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().filter(act=actions.CONFIRM)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = table_of(self.about, sees_marks=True)
        proposed = [line for line in table.lines if line.outcome and line.outcome.state == Outcome.State.PROPOSED]
        return super().get_context_data(
            table=table, proposed=proposed, stale=any(line.stale for line in proposed), **kwargs
        )

    def decide(self, *, approve: bool, comment: str) -> None:
        actions.decide(training_class=self.about, by=self.request.user, approve=approve, comment=comment)

"""Wishing a correction of the day of completion, and deciding it as the second person."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from courses.classes.models import Enrolment, TrainingClass
from courses.classes.views.screens import ClassScreen
from courses.people.models import Countersign
from courses.people.viewsets import DecideMixin, refusals_in
from courses.results import actions
from courses.results.forms import CompletionForm
from courses.results.models import CompletionCorrection
from courses.results.permissions import may_propose
from courses.results.views.class_results import DecideResults


class CorrectCompletion(ClassScreen, FormView):
    """The day that stands, what was corrected before, and the day that is wished."""

    model = Enrolment
    template_name = "results/correct_completion.html"
    tab = "results"
    form_class = CompletionForm
    joined = (
        "learner", "training_class__edition__course", "training_class__host", "training_class__provider",
        "training_class__application",
    )  # fmt: skip

    def get_base_object_queryset(self) -> Any:
        completed = Enrolment.objects.visible_to(self.request.user).filter(state=Enrolment.State.COMPLETED)
        return completed.select_related(*self.joined)

    def get_training_class(self) -> TrainingClass:
        return self.object.training_class

    def is_permitted(self) -> bool:
        return may_propose(self.request.user, self.get_training_class())

    def get_page_subtitle(self) -> str:
        return _("Correct the day of completion")

    def get_initial(self) -> dict[str, Any]:
        return {"becomes": timezone.localtime(self.object.ended_at)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        older = self.object.completion_corrections.select_related("asked_by")
        return super().get_context_data(
            waiting=older.waiting().first(), older=older.filter(decided_at__isnull=False), **kwargs
        )

    def form_valid(self, form: CompletionForm) -> HttpResponse:
        with refusals_in(form):
            actions.correct_completion(enrolment=self.object, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("Asked. Another person decides; until then the old day counts."))
            return redirect("results_class", self.get_training_class().pk)
        return self.form_invalid(form)


class DecideCompletion(DecideMixin, FormView):
    """The second person's page: the day that stands, the day that is wished, the reason."""

    about_model = CompletionCorrection
    template_name = "results/decide_completion.html"

    def decide(self, *, approve: bool, comment: str) -> None:
        actions.decide_completion(correction=self.about, by=self.request.user, approve=approve, comment=comment)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The address under which "waits for me" finds our acts: leads to the page for what the request is about."""
    act = Countersign.objects.filter(pk=pk).values_list("act", flat=True).first()
    views = {actions.CONFIRM: DecideResults, actions.COMPLETION: DecideCompletion}
    if act not in views:
        raise Http404
    return views[act].as_view()(request, pk=pk)

"""Wishing a correction of a mark, and deciding it as the second person (EXM-7)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from courses.classes.models import TrainingClass
from courses.classes.permissions import may_in_class
from courses.classes.views.screens import ClassScreen
from courses.exams import actions
from courses.exams.forms import CorrectionForm
from courses.exams.models import Exam, Grade, GradeCorrection
from courses.people.permissions import CONFIRM_RESULTS, EXAMINE
from courses.people.viewsets import DecideMixin, refusals_in


class CorrectMark(ClassScreen, FormView):
    """What the mark should be, and why; somebody else decides."""

    model = Grade
    template_name = "exams/correct.html"
    tab = "exams"
    form_class = CorrectionForm
    joined = (
        "exam__training_class__edition__course", "exam__training_class__host", "exam__training_class__provider",
        "entry__enrolment__learner", "graded_by",
    )  # fmt: skip

    def get_base_object_queryset(self) -> Any:
        exams = Exam.objects.visible_to(self.request.user)
        return Grade.objects.live().filter(exam__in=exams).select_related(*self.joined)

    def get_training_class(self) -> TrainingClass:
        return self.object.exam.training_class

    def is_permitted(self) -> bool:
        return any(
            may_in_class(self.request.user, right, self.get_training_class()) for right in (EXAMINE, CONFIRM_RESULTS)
        )

    def get_page_subtitle(self) -> str:
        return _("Correct a score")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        older = Grade.objects.filter(
            exam=self.object.exam, entry=self.object.entry, resit=self.object.resit, superseded_at__isnull=False
        )
        return super().get_context_data(
            grade=self.object,
            older=older.select_related("graded_by").order_by("-superseded_at"),
            waiting=self.object.corrections.waiting().select_related("asked_by").first(),
            **kwargs,
        )

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        with refusals_in(form):
            actions.correct_grade(grade=self.object, by=self.request.user, **form.facts())
            messages.success(self.request, _("Asked. Another person decides; until then the old score counts."))
            return redirect("exams_class", self.get_training_class().pk)
        return self.form_invalid(form)


class DecideCorrection(DecideMixin, FormView):
    """The second person's page: the mark that stands, the mark that is wished, the reason."""

    about_model = GradeCorrection
    template_name = "exams/decide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grade = Grade.objects.select_related("exam__training_class", "entry__enrolment__learner", "graded_by").get(
            pk=self.about.grade_id
        )
        return super().get_context_data(grade=grade, **kwargs)

    def decide(self, *, approve: bool, comment: str) -> None:
        actions.decide_correction(correction=self.about, by=self.request.user, approve=approve, comment=comment)

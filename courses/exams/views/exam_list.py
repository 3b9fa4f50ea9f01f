"""The exams of a class and its exam list; setting up an exam."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.classes.permissions import may_in_class
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.exams import actions
from courses.exams.actions.setup import MODES
from courses.exams.forms import ExamForm
from courses.exams.models import Exam, ExamEntry, Grade, Sitting
from courses.people.permissions import CONFIRM_RESULTS, EXAMINE, OPEN_CLASSES, RUN_EXAMS
from courses.people.viewsets import refusals_in


class ClassExams(ClassScreen, TemplateView):
    """The exam of each component that the course asks for, and the exam list with its figures (EXM-2)."""

    template_name = "exams/class_exams.html"
    tab = "exams"

    def get_page_subtitle(self) -> str:
        return _("Exams")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class, user = self.object, self.request.user
        entries = list(ExamEntry.objects.of(training_class).select_related("computed_by"))
        rights = {right: may_in_class(user, right, training_class) for right in (RUN_EXAMS, EXAMINE, CONFIRM_RESULTS)}
        return super().get_context_data(
            components=self.components(entries),
            entries=entries,
            eligible=sum(entry.eligible for entry in entries),
            missing=training_class.enrolments.on_roster().filter(exam_entry__isnull=True).count(),
            may_list=rights[RUN_EXAMS],
            may_run=rights[RUN_EXAMS],
            has_screen_exam=training_class.exams.filter(mode=Exam.Mode.SCREEN).exists(),
            sittings=Sitting.objects.filter(exam__training_class=training_class)
            .select_related("exam", "room")
            .annotate(attempt_count=Count("attempts")),
            may_examine=rights[EXAMINE],
            may_release=rights[EXAMINE] or rights[CONFIRM_RESULTS],
            **kwargs,
        )

    def components(self, entries: list[ExamEntry]) -> list[dict[str, Any]]:
        """One line for each component: its exam, or the way to set it up; how many marks it has, of how many who may sit."""
        training_class = self.object
        exams = {exam.component: exam for exam in training_class.exams.select_related("bank")}
        marks: dict[tuple[int, bool], list[bool]] = {}
        for exam, resit, released in (
            Grade.objects.live().filter(exam__in=exams.values()).values_list("exam", "resit", "released_at")
        ):
            marks.setdefault((exam, resit), []).append(released is not None)
        found = []
        for component in training_class.edition.pass_rule.components():
            exam = exams.get(component)
            first, again = marks.get((exam and exam.pk, False), []), marks.get((exam and exam.pk, True), [])
            found.append(
                {
                    "component": component,
                    "label": Exam.Component(component).label,
                    "exam": exam,
                    "marked": len(first),
                    "resat": len(again),
                    "may_resit": Grade.objects.resit_candidates(exam).count() if exam and first else 0,
                    "has_resits": bool(exam and first)
                    and Grade.objects.resit_candidates(exam, training_class.starts_on).exists(),
                    "unreleased": sum(not released for released in first + again),
                    "sheet": exam and sheet_url(exam),
                    "resit_sheet": exam and sheet_url(exam, resit=True),
                }
            )
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb. The verb asks for the right."""
        act, training_class = request.POST.get("act"), self.object
        with refusals_as_messages(request):
            if act == "entries":
                made = actions.make_entries(training_class=training_class, by=request.user)
                text = ngettext(
                    "%(count)s learner is on the exam list.", "%(count)s learners are on the exam list.", len(made)
                )
                messages.success(request, text % {"count": len(made)})
            elif act == "renew":
                changed = actions.renew_entries(
                    training_class=training_class, by=request.user, reason=request.POST.get("reason", "")
                )
                text = ngettext("%(count)s line has changed.", "%(count)s lines have changed.", len(changed))
                messages.success(request, text % {"count": len(changed)})
            elif act == "release":
                exam = training_class.exams.filter(component=request.POST.get("component", "")).first()
                if exam is None:
                    raise Http404
                count = actions.release_grades(exam=exam, by=request.user)
                text = ngettext(
                    "%(count)s learner sees a new score now.", "%(count)s learners see a new score now.", count
                )
                messages.success(request, text % {"count": count})
        return redirect("exams_class", training_class.pk)


class CreateExam(ClassScreen, FormView):
    """Setting up the exam of one component."""

    template_name = "exams/create.html"
    right = OPEN_CLASSES
    tab = "exams"
    form_class = ExamForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.kwargs["component"] not in self.object.edition.pass_rule.components():
            raise Http404

    def get_page_subtitle(self) -> str:
        return _("Set up an exam: %(component)s") % {"component": Exam.Component(self.kwargs["component"]).label}

    def get_form_kwargs(self) -> dict[str, Any]:
        modes = MODES[self.kwargs["component"]]
        return {**super().get_form_kwargs(), "training_class": self.object, "modes": modes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pass_mark = self.object.edition.pass_rule.components()[self.kwargs["component"]]
        return super().get_context_data(pass_mark=pass_mark, **kwargs)

    def form_valid(self, form: ExamForm) -> HttpResponse:
        component = self.kwargs["component"]
        with refusals_in(form):
            facts = form.facts()
            actions.create_exam(training_class=self.object, component=component, by=self.request.user, **facts)
            messages.success(self.request, _("The exam is set up."))
            return redirect("exams_class", self.object.pk)
        return self.form_invalid(form)


def sheet_url(exam: Exam, *, resit: bool = False) -> str:
    """Where the marks of an exam are typed."""
    name = "practicals_sheet" if exam.mode == Exam.Mode.WORKSHOP else "exams_marks"
    return reverse(f"{name}_resit" if resit else name, args=[exam.pk])

"""What sheets of marks share, those of paper exams and those of two examiners."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from courses.classes.models import TrainingClass
from courses.classes.views.screens import ClassScreen
from courses.exams.models import Exam, ExamEntry, Grade
from courses.exams.permissions import is_only_trainer
from courses.people.permissions import EXAMINE


class Refusals:
    """A verb's refusal, sorted: what belongs to a cell, to the day, and to the sheet as a whole."""

    def __init__(self, refusal: ValidationError, cells: Iterable[str]):
        known = set(cells)
        self.cells: dict[str, str] = {}
        self.day = ""
        self.general: list[str] = []
        found = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
        for name, errors in found.items():
            sentences = [sentence for error in errors for sentence in error.messages]
            if name in known:
                self.cells[name] = sentences[0]
            elif name == "sat_on":
                self.day = sentences[0]
            else:
                self.general += sentences


class SheetScreen(ClassScreen):
    """A sheet on which the marks of one exam are typed, for the first sitting or (`resit`) for the second."""

    model = Exam
    right = EXAMINE
    tab = "exams"
    header_icon = "edit"
    resit = False
    joined = ("training_class__edition__course", "training_class__host", "training_class__provider")

    def get_training_class(self) -> TrainingClass:
        return self.object.training_class

    def get_page_subtitle(self) -> str:
        return f"{self.object.title} · {_('resit')}" if self.resit else self.object.title

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(sat_on=timezone.localdate().isoformat()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blocked = ""
        if is_only_trainer(self.request.user, self.get_training_class()):
            blocked = _("You are the only trainer of this class. Somebody else examines it.")
        return super().get_context_data(
            resit=self.resit, exam=self.object, blocked=blocked, today=timezone.localdate().isoformat(), **kwargs
        )

    def sheet_entries(self) -> list[ExamEntry]:
        """Who stands on this sheet: everybody on the list; for a resit only those who may, or did, sit again (EXM-3).

        A resit that was held in time may be typed after its last day: the verb looks at the day that is typed.
        """
        training_class = self.get_training_class()
        entries = ExamEntry.objects.of(training_class)
        if not self.resit:
            return list(entries)
        again = set(Grade.objects.resit_candidates(self.object, training_class.starts_on).values_list("pk", flat=True))
        again |= set(self.object.grades.live().filter(resit=True).values_list("entry", flat=True))
        return [entry for entry in entries if entry.pk in again]

    def grades(self) -> dict[int, Grade]:
        """The marks that stand, by exam entry."""
        found = self.object.grades.live().filter(resit=self.resit).select_related("graded_by")
        return {grade.entry_id: grade for grade in found}

    def typed_day(self) -> date:
        """The day of the exam as typed. Refuses (ValidationError) what is no day."""
        try:
            day = parse_date(self.request.POST.get("sat_on", ""))
        except ValueError:
            day = None
        if day is None:
            raise ValidationError({"sat_on": _("Choose the day of the exam.")})
        return day

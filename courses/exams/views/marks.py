"""The score sheet of a paper exam: the whole class on one page, one form, everything stored or nothing."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.exams import actions
from courses.exams.models import Attempt, ExamEntry, Grade
from courses.exams.views.sheet import Refusals, SheetScreen


@dataclass
class Row:
    """One learner on the sheet: a cell to type in, or why there is none."""

    entry: ExamEntry
    grade: Grade | None = None
    note: str = ""
    typed: str = ""
    absent: bool = False
    error: str = ""

    @property
    def open(self) -> bool:
        return self.grade is None and not self.note


class MarkSheet(SheetScreen, TemplateView):
    """Typing the marks of a paper exam."""

    template_name = "exams/mark_sheet.html"

    def rows(self) -> list[Row]:
        entries, grades = self.sheet_entries(), self.grades()
        attempts = Attempt.objects.filter(sitting__exam=self.object, sitting__resit=self.resit)
        on_terminal = set(attempts.exclude(state=Attempt.State.VOID).values_list("entry", flat=True))
        rows = []
        for entry in entries:
            note = "" if entry.eligible else entry.reason_text
            if entry.pk in on_terminal and not grades.get(entry.pk):
                note = _("On the terminal")
            rows.append(Row(entry, grades.get(entry.pk), note))
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("rows", None)
        context = super().get_context_data(**kwargs)
        context["rows"] = context["rows"] or self.rows()
        context["open_rows"] = sum(row.open for row in context["rows"])
        context["marked"] = sum(row.grade is not None for row in context["rows"])
        context["due"] = sum(row.grade is not None or row.entry.eligible for row in context["rows"])
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = {str(row.entry.pk): row for row in self.rows()}
        marks = self.read(rows)
        wrong = any(row.error for row in rows.values())
        refusals = None
        if not marks and not wrong:
            refusals = Refusals(ValidationError(_("Nothing is typed yet.")), rows)
        elif not wrong:
            try:
                grades = actions.enter_marks(
                    exam=self.object, marks=marks, sat_on=self.typed_day(), by=request.user, resit=self.resit
                )
            except ValidationError as refusal:
                refusals = Refusals(refusal, rows)
                for name, sentence in refusals.cells.items():
                    rows[name].error = sentence
            else:
                text = ngettext("%(count)s score is stored.", "%(count)s scores are stored.", len(grades))
                messages.success(request, text % {"count": len(grades)})
                return redirect(request.path)
        return self.render_to_response(
            self.get_context_data(
                rows=list(rows.values()),
                refusals=refusals,
                wrong=sum(bool(row.error) for row in rows.values()),
                sat_on=request.POST.get("sat_on", ""),
            )
        )

    def read(self, rows: dict[str, Row]) -> dict[int, str | None]:
        """What was typed, by exam entry; whatever stands in a cell stays there. Names of no row go to the verb, which refuses."""
        marks: dict[int, str | None] = {}
        for name in [*self.request.POST]:
            kind, _dash, number = name.partition("-")
            typed = self.request.POST[name].strip()
            if kind not in ("mark", "absent") or not number.isdigit() or not typed:
                continue
            row = rows.get(number)
            if row and kind == "mark":
                row.typed = typed
            elif row:
                row.absent = True
            if int(number) in marks and row:
                row.error = _("Either a score, or did not come.")
            marks[int(number)] = typed if kind == "mark" else None
        return marks

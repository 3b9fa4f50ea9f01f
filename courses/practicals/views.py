"""The sheet of the practical exam: a column for each examiner, and the mark on which they agree (EXM-4)."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.classes.models import TrainerAssignment
from courses.exams.models import ExamEntry, Grade
from courses.exams.permissions import is_only_trainer
from courses.exams.views.sheet import Refusals, SheetScreen
from courses.people.models import User
from courses.practicals import actions
from courses.practicals.actions import cell_name
from courses.practicals.models import Assessment
from courses.practicals.rules import EXAMINERS_NEEDED, difference, may_see_scores, needs_third


@dataclass
class MarkCell:
    """One examiner's mark for one learner: typed here, standing, standing but not shown yet, or not possible."""

    name: str
    examiner: User
    assessment: Assessment | None = None
    open: bool = True
    hidden: bool = False
    typed: str = ""
    error: str = ""


@dataclass
class Row:
    """One learner on the sheet."""

    entry: ExamEntry
    grade: Grade | None = None
    note: str = ""
    cells: list[MarkCell] = field(default_factory=list)
    need_third: bool = False
    apart: Decimal | None = None  # how far the marks stand apart, for who may see them
    absent: bool = False
    error: str = ""

    @property
    def open(self) -> bool:
        return self.grade is None and not self.note

    @property
    def may_miss(self) -> bool:
        """Whether "did not come" can still be ticked: nobody has marked yet."""
        return self.open and not any(cell.assessment for cell in self.cells)


class PracticalSheet(SheetScreen, TemplateView):
    """Typing the examiners' marks: each the own column. Another's mark is shown once the own one is given (EXM-4)."""

    template_name = "practicals/sheet.html"

    def examiners(self) -> list[User]:
        """The columns: who has marked, who is assigned, and whoever sits here."""
        training_class = self.get_training_class()
        assigned = training_class.assignments.filter(role=TrainerAssignment.Role.EXAMINER).values("user")
        marked = self.object.assessments.live().filter(resit=self.resit).values("examiner")
        found = set(User.objects.filter(Q(pk__in=assigned) | Q(pk__in=marked), is_active=True))
        if not is_only_trainer(self.request.user, training_class):
            found.add(self.request.user)
        return sorted(found, key=lambda user: user.pk)

    def rows(self) -> list[Row]:
        grades, limit = self.grades(), self.get_training_class().run_rules.examiner_difference
        examiners = self.examiners()
        standing = {
            (one.entry_id, one.examiner_id): one
            for one in self.object.assessments.live().filter(resit=self.resit).select_related("typed_by")
        }
        rows = []
        for entry in self.sheet_entries():
            row = Row(entry, grades.get(entry.pk), "" if entry.eligible else entry.reason_text)
            marks = [standing[entry.pk, user.pk] for user in examiners if (entry.pk, user.pk) in standing]
            scores = [one.score for one in marks]
            row.need_third = row.grade is None and needs_third(scores, limit)
            seen = may_see_scores(
                decided=row.grade is not None, has_scored=(entry.pk, self.request.user.pk) in standing
            )
            row.apart = difference(scores) if seen else None
            for user in examiners:
                one = standing.get((entry.pk, user.pk))
                # A mark that stands alone may still be changed, but only by whoever gave it.
                alone = one is not None and len(marks) < EXAMINERS_NEEDED
                missing = one is None and (len(marks) < EXAMINERS_NEEDED or row.need_third)
                is_open = row.open and user == self.request.user and (missing or alone)
                hidden = one is not None and not seen
                typed = f"{one.score.normalize():f}" if one and not hidden else ""
                row.cells.append(MarkCell(cell_name((entry.pk, user.pk)), user, one, is_open, hidden, typed))
            rows.append(row)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("rows", None)
        context = super().get_context_data(**kwargs)
        rows = context["rows"] = context["rows"] or self.rows()
        examiners = [cell.examiner for cell in rows[0].cells] if rows else []
        context |= {
            "examiners": examiners,
            "one_more": len(examiners) < EXAMINERS_NEEDED,
            "open_rows": sum(row.open for row in rows),
            "marked": sum(row.grade is not None for row in rows),
            "due": sum(row.grade is not None or row.entry.eligible for row in rows),
            "limit": self.get_training_class().run_rules.examiner_difference,
        }
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.rows()
        by_name = {cell.name: cell for row in rows for cell in row.cells} | {str(row.entry.pk): row for row in rows}
        scores, absent = self.read(rows, by_name)
        refusals = None
        if not scores and not absent:
            refusals = Refusals(ValidationError(_("Nothing is typed yet.")), by_name)
        else:
            try:
                done = actions.assess_sheet(
                    exam=self.object, scores=scores, absent=absent, sat_on=self.typed_day(), by=request.user,
                    resit=self.resit,
                )  # fmt: skip
            except ValidationError as refusal:
                refusals = Refusals(refusal, by_name)
                for name, sentence in refusals.cells.items():
                    by_name[name].error = sentence
            else:
                self.say(done)
                return redirect(request.get_full_path())
        return self.render_to_response(
            self.get_context_data(
                rows=rows,
                refusals=refusals,
                wrong=len(refusals.cells),
                sat_on=request.POST.get("sat_on", ""),
            )
        )

    def read(self, rows: list[Row], by_name: dict[str, Any]) -> tuple[dict[tuple[int, int], str], list[int]]:
        """What was typed: marks by exam entry and examiner, and who did not come. A standing mark that was not touched is not
        typed again. Names of no cell go to the verb, which refuses."""
        scores: dict[tuple[int, int], str] = {}
        absent = []
        for name in [*self.request.POST]:
            kind, _dash, rest = name.partition("-")
            typed = self.request.POST[name].strip()
            if kind == "absent" and rest.isdigit():
                absent.append(int(rest))
                if rest in by_name:
                    by_name[rest].absent = True
            entry, _dash, examiner = rest.partition("-")
            if kind != "mark" or not entry.isdigit() or not examiner.isdigit():
                continue
            cell = by_name.get(rest)
            untouched = cell is not None and typed == cell.typed
            if cell is not None:
                cell.typed = typed
            if typed and not untouched:
                scores[int(entry), int(examiner)] = typed
        return scores, absent

    def say(self, done: actions.Assessed) -> None:
        """What came of it."""
        count = len(done.grades)
        text = ngettext(
            "Stored. %(count)s learner has a score now.", "Stored. %(count)s learners have a score now.", count
        )
        messages.success(self.request, text % {"count": count})
        if done.need_third:
            count = len(done.need_third)
            text = ngettext(
                "%(count)s learner needs a third examiner.", "%(count)s learners need a third examiner.", count
            )
            messages.warning(self.request, text % {"count": count})

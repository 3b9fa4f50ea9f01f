"""The plans of a class: how far each section of each learner is; the same as a table to take along."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView, View

from courses.classes.models import Enrolment, TrainingClass
from courses.classes.templatetags.classes import plans_word
from courses.people.permissions import READ_PLANS
from courses.plans.book import BOOKS, Book, BookSection
from courses.plans.book.shape import Words
from courses.plans.models import Comment, HandIn, Plan, Review, Section
from courses.plans.progress import Progress, progress_of
from courses.plans.rules.points import EXCELLENT_PLAN, PASSED, RETURNED, verdict
from courses.plans.views.staff_desk import PlanDesk, plan_name
from courses.sheets import Kind, SheetColumn, write_csv, write_xlsx

WORDS: dict[str, Words] = {
    Progress.EMPTY: pgettext_lazy("section of a plan", "empty"),
    Progress.BEGUN: pgettext_lazy("section of a plan", "partly written"),
    Progress.FILLED: pgettext_lazy("section of a plan", "written"),
    Progress.FOLLOWS: pgettext_lazy("section of a plan", "as in part 7"),
    "commented": pgettext_lazy("section of a plan", "commented"),
}
VERDICTS: dict[str, tuple[Words, str]] = {
    EXCELLENT_PLAN: (gettext_lazy("excellent"), "good"),
    PASSED: (pgettext_lazy("result of a review", "passed"), "good"),
    RETURNED: (pgettext_lazy("result of a review", "sent back to be rewritten"), "look"),
}
STATE_CHIPS = {Plan.State.HANDED_IN: "look", Plan.State.ACCEPTED: "good"}


def pass_mark_of(plan: Plan) -> int:
    """The points that the course asks for; 0 where it asks for none."""
    return plan.enrolment.training_class.edition.pass_rule.plan_pass or 0


@dataclass(frozen=True)
class SectionCell:
    """How far one section of one plan is. An open comment is what a reader looks for first, so it names the cell."""

    section: BookSection
    progress: Progress
    comments: int = 0
    changed_at: datetime | None = None

    @property
    def kind(self) -> str:
        return "commented" if self.comments else str(self.progress)

    @property
    def words(self) -> str:
        """The cell in words; a commented one says how much is written besides."""
        if not self.comments:
            return str(WORDS[self.progress])
        return f"{WORDS['commented']} {self.comments}"


@dataclass
class PlanLine:
    """One learner of the class; `plan` is None while nothing was begun."""

    enrolment: Enrolment
    plan: Plan | None = None
    cells: list[SectionCell] = field(default_factory=list)
    review: Review | None = None
    pass_mark: int | None = None
    handed_in: bool = False  # ever; a plan that was sent back has been
    named: bool = True

    @property
    def writer(self) -> str:
        """The learner's name; where that is nobody's business, the number of the plan."""
        if self.named:
            return self.enrolment.learner.full_name
        return plan_name(self.plan) if self.plan else "—"

    @property
    def waits_for(self) -> int:
        """The version that is handed in and has no review yet; 0 where none waits."""
        if self.plan is None or self.plan.state != Plan.State.HANDED_IN:
            return 0
        reviewed = self.review.hand_in.number if self.review else 0
        return self.plan.attempt if self.plan.attempt > reviewed else 0

    @property
    def written_at(self) -> datetime | None:
        return max((cell.changed_at for cell in self.cells if cell.changed_at), default=None)

    @property
    def comments(self) -> int:
        return sum(cell.comments for cell in self.cells)

    @property
    def state_kind(self) -> str:
        """How the state of the plan is shown: `kind` of components/chip.html."""
        return STATE_CHIPS.get(self.plan.state, "plain") if self.plan else "plain"

    @property
    def verdict(self) -> tuple[Words, str] | None:
        """The words of the standing review and how they are shown."""
        if self.review is None or self.pass_mark is None:
            return None
        return VERDICTS[verdict(self.review.total, self.pass_mark)]


def lines_of(training_class: TrainingClass, book: Book, *, named: bool = True) -> list[PlanLine]:
    """A line for each learner of the class, in the order of the roster: six queries, however many learners there are.
    Not `named`: without their names, in the order of the plans; who has none stands last."""
    enrolments = training_class.enrolments.select_related("learner", "plan").order_by("roster_no")
    plans = Plan.objects.filter(enrolment__training_class=training_class)
    sections, comments = _sections_of(plans), _comments_of(plans)
    reviews = {
        one.hand_in.plan_id: one
        for one in Review.objects.live()
        .filter(hand_in__plan__in=plans)
        .select_related("hand_in", "reviewer")
        .order_by("hand_in__number")
    }
    handed_in = set(HandIn.objects.filter(plan__in=plans).order_by().values_list("plan", flat=True))
    on_roster = set(training_class.enrolments.on_roster().values_list("pk", flat=True))
    pass_mark, found = training_class.edition.pass_rule.plan_pass, []
    for enrolment in enrolments:
        plan = getattr(enrolment, "plan", None)
        if plan is None and enrolment.pk not in on_roster:
            continue
        line = PlanLine(enrolment, plan, pass_mark=pass_mark, named=named)
        if plan is not None:
            line.handed_in = plan.pk in handed_in
            line.cells = _cells(book, sections.get(plan.pk, []), comments.get(plan.pk, Counter()))
            line.review = reviews.get(plan.pk)
        found.append(line)
    return found if named else sorted(found, key=lambda line: (line.plan is None, line.plan.pk if line.plan else 0))


def _sections_of(plans: QuerySet[Plan]) -> dict[int, list[Section]]:
    found: dict[int, list[Section]] = {}
    for section in Section.objects.filter(plan__in=plans):
        found.setdefault(section.plan_id, []).append(section)
    return found


def _comments_of(plans: QuerySet[Plan]) -> dict[int, Counter[str]]:
    """How many open comments each section of each plan has."""
    found: dict[int, Counter[str]] = {}
    for number, path in Comment.objects.open().filter(plan__in=plans).values_list("plan_id", "path"):
        found.setdefault(number, Counter())[path.partition(".")[0]] += 1
    return found


def _cells(book: Book, sections: list[Section], comments: Counter[str]) -> list[SectionCell]:
    values = {path: text for section in sections for path, (text, _version) in section.values.items() if text}
    changed = {section.code: section.changed_at for section in sections}
    progress = progress_of(book, values)
    return [
        SectionCell(section, progress[section.code], comments[section.code], changed.get(section.code))
        for section in book.sections
    ]


class PlansOfClass(PlanDesk):
    """A screen about all plans of one class, for those who may read them; for everybody else there is none (PRV-3)."""

    tab = "plans"
    header_icon = "q-book"

    def get_base_object_queryset(self) -> Any:
        classes = TrainingClass.objects.where(self.request.user, READ_PLANS).exclude(edition__workbook="")
        return classes.select_related(*self.joined)

    def is_permitted(self) -> bool:
        return True  # the queryset has answered that

    @property
    def book(self) -> Book:
        return BOOKS[self.get_training_class().edition.workbook]

    def get_page_subtitle(self) -> str:
        return plans_word(self.get_training_class())


class ClassPlans(PlansOfClass, TemplateView):
    """The matrix: sections across, learners down."""

    template_name = "plans/staff_class.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lines_of(self.object, self.book, named=self.knows_writers)
        states = Counter(line.plan.state for line in lines if line.plan)
        return super().get_context_data(
            book=self.book,
            lines=lines,
            begun=sum(states.values()),
            handed_in=sum(line.handed_in for line in lines),
            waiting=states[Plan.State.HANDED_IN],
            accepted=states[Plan.State.ACCEPTED],
            reviewed=any(line.review for line in lines),
            legend=[(kind, words) for kind, words in WORDS.items() if kind != Progress.FOLLOWS or self.book.is_plan],
            **kwargs,
        )


class ClassPlansSheet(PlansOfClass, View):
    """The matrix as XLSX, or as CSV with `?format=csv`. How far somebody is, never what somebody wrote."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        file_format = request.GET.get("format", "xlsx")
        if file_format not in ("xlsx", "csv"):
            raise Http404
        book, training_class = self.book, self.object
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        title = f"{training_class.class_no} {self.get_page_subtitle()}"
        write = write_csv if file_format == "csv" else write_xlsx
        more = {} if file_format == "csv" else {"title": title}
        write(
            file,
            sheet_columns(book, named=self.knows_writers),
            sheet_rows(lines_of(training_class, book, named=self.knows_writers), book),
            preface=[title],
            **more,
        )
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"plans-{training_class.class_no}.{file_format}")


def sheet_columns(book: Book, *, named: bool = True) -> list[SheetColumn]:
    """The columns of the table to take along; not `named`: with the number of the plan in place of the name."""
    return [
        SheetColumn(_("no."), Kind.NUMBER), SheetColumn(pgettext("of a person", "name") if named else _("plan number")),
        SheetColumn(_("learner number")),
        SheetColumn(pgettext("of a plan", "version"), Kind.NUMBER), SheetColumn(_("state")),
        *(SheetColumn(str(section.title), width=12) for section in book.sections),
        SheetColumn(_("open comments"), Kind.NUMBER), SheetColumn(_("last written"), Kind.MOMENT),
        SheetColumn(pgettext("of a review", "points"), Kind.NUMBER), SheetColumn(pgettext("of a review", "result")),
    ]  # fmt: skip


def sheet_rows(lines: list[PlanLine], book: Book) -> Iterator[list[Any]]:
    """One row for each learner."""
    for line in lines:
        learner, plan = line.enrolment.learner, line.plan
        yield [
            line.enrolment.roster_no if line.named else None,
            line.writer,
            learner.learner_no if line.named else None,
            plan.attempt if plan else None,
            plan.get_state_display() if plan else _("not begun"),
            *([str(WORDS[cell.progress]) for cell in line.cells] or [None] * len(book.sections)),
            line.comments if plan else None,
            line.written_at,
            line.review.total if line.review else None,
            str(line.verdict[0]) if line.verdict else None,
        ]

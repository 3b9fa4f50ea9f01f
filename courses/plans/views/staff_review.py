"""The desk of the outside expert: what waits, the form of the review, and the summary of a class (4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.classes.models import TrainingClass
from courses.classes.views.screens import ClassScreen
from courses.people.models import User
from courses.people.permissions import REVIEW_PLANS, rights_anywhere
from courses.plans import actions
from courses.plans.actions.reviewing import LONGEST_REVIEW
from courses.plans.alike import Alike, alike_in_class
from courses.plans.book import Book
from courses.plans.models import HandIn, Plan, Review
from courses.plans.reading import workbook
from courses.plans.rules.amounts import Refused, printed
from courses.plans.rules.local import local_values
from courses.plans.rules.points import EXCELLENT, ITEMS, Item, read_points, verdict
from courses.plans.sentences import said
from courses.plans.views.staff_class import VERDICTS, PlanLine, PlansOfClass, lines_of

HIGHLIGHTS = ("C9", "C5", "C10", "C12")  # what a reviewer asks first; the others only where they do not hold


@dataclass
class Wait:
    """A plan that waits for a review."""

    hand_in: HandIn
    plan: Plan

    @property
    def training_class(self) -> TrainingClass:
        return self.plan.enrolment.training_class

    @property
    def days(self) -> int:
        """Since when it waits."""
        return (timezone.localdate() - timezone.localdate(self.hand_in.at)).days


def waiting_for(user: User) -> list[Wait]:
    """The plans that the user may review and nobody has, those that wait longest first. One query.

    Courses that ask for no mark of the plan are left to their trainers.
    """
    plans = Plan.objects.reviewable_by(user).waiting()
    found = HandIn.objects.filter(plan__in=plans).select_related(
        "plan__enrolment__learner", "plan__enrolment__training_class__edition", "plan__enrolment__training_class__host"
    )
    waits = [Wait(one, one.plan) for one in found.order_by("at", "pk") if one.number == one.plan.attempt]
    return [one for one in waits if one.training_class.edition.pass_rule.plan_pass is not None]


class ReviewsPanel(Component):
    """How many plans wait for my review, and the oldest of them. Nothing for whoever reviews none."""

    name = "plan_reviews"
    template_name = "plans/panels/reviews.html"
    order = 25

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        waits = waiting_for(user)
        return {
            "waits": waits[:8],
            "count": len(waits),
            "shown": bool(waits) or (not user.is_superuser and REVIEW_PLANS in rights_anywhere(user)),
        }


class WaitingReviews(WagtailAdminTemplateMixin, TemplateView):
    """All plans that wait for me; and those that I have reviewed, the newest first."""

    template_name = "plans/staff_waiting.html"
    page_title = gettext_lazy("Plans to review")
    header_icon = "q-book"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # An expert of one class holds the right on that class alone.
        self.reviewable = TrainingClass.objects.where(request.user, REVIEW_PLANS)
        if not self.reviewable.exists() and REVIEW_PLANS not in rights_anywhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        done = Review.objects.live().filter(reviewer=user, hand_in__plan__in=Plan.objects.readable_by(user))
        done = done.select_related(
            "hand_in__plan__enrolment__learner", "hand_in__plan__enrolment__training_class__edition"
        )
        rows = [
            (one, VERDICTS[verdict(one.total, Decimal(pass_mark_of(one.hand_in.plan)))])
            for one in done.order_by("-at")[:50]
        ]
        return super().get_context_data(waits=waiting_for(user), done=rows, **kwargs)


def pass_mark_of(plan: Plan) -> int:
    """The points that the course asks for; 0 where it asks for none."""
    return plan.enrolment.training_class.edition.pass_rule.plan_pass or 0


@dataclass
class ItemLine:
    """One item of the form."""

    item: Item
    title: Any
    number: int
    typed: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"item-{self.item.code}"

    @property
    def parts(self) -> str:
        """How the points are meant to be divided: "3 + 3 + 3 + 4"."""
        return " + ".join(f"{part.normalize():f}" for part in self.item.parts)


class ReviewPlan(ClassScreen, TemplateView):
    """The form of one review: eleven items, their sum, the comment; beside it what the reviewer asks first."""

    model = HandIn
    tab = "plans"
    header_icon = "q-book"
    template_name = "plans/staff_review.html"
    joined = (
        "plan__enrolment__learner", "plan__enrolment__training_class__edition__course",
        "plan__enrolment__training_class__host", "plan__enrolment__training_class__provider",
    )  # fmt: skip

    def get_base_object_queryset(self) -> Any:
        plans = Plan.objects.reviewable_by(self.request.user)
        return HandIn.objects.filter(plan__in=plans).select_related(*self.joined)

    def is_permitted(self) -> bool:
        return True  # the queryset has answered that

    @property
    def plan(self) -> Plan:
        return self.object.plan

    def get_training_class(self) -> TrainingClass:
        return self.plan.enrolment.training_class

    def get_page_subtitle(self) -> str:
        return _("Review: %(name)s") % {"name": self.plan.enrolment.learner.full_name}

    @cached_property
    def standing(self) -> Review | None:
        return self.object.review

    def lines(self, typed: Mapping[str, str] | None = None) -> list[ItemLine]:
        book = self.plan.workbook
        stored = self.standing.points if self.standing else {}
        found = []
        for item in ITEMS:
            section = book.section(item.code)
            line = ItemLine(item, section.title, section.number)
            if typed is not None:
                line.typed = typed.get(line.name, "").strip()
            elif item.code in stored:
                line.typed = f"{stored[item.code].normalize():f}"
            found.append(line)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = kwargs.pop("lines", None) or self.lines()
        comment = kwargs.pop("comment", None)
        pass_mark = Decimal(pass_mark_of(self.plan))
        total, missing = total_of(lines)
        return super().get_context_data(
            hand_in=self.object,
            plan=self.plan,
            learner=self.plan.enrolment.learner,
            lines=lines,
            comment=comment if comment is not None else self.standing.comment if self.standing else "",
            longest=LONGEST_REVIEW,
            standing=self.standing,
            total=total,
            missing=missing,
            pass_mark=pass_mark,
            excellent=EXCELLENT,
            verdicts={code: words for code, (words, _kind) in VERDICTS.items()},
            verdict=None if missing else VERDICTS[verdict(total, pass_mark)],
            is_latest=self.object.number == self.plan.attempt and self.plan.state == Plan.State.HANDED_IN,
            alike=[named(one, self.plan.workbook) for one in alike_in_class(self.object)],
            **self.beside(),
            **kwargs,
        )

    def beside(self) -> dict[str, Any]:
        """What stands beside the form: four numbers, and the checks that do not hold."""
        found = workbook(self.object.values, local_values(self.plan.local))
        findings = [said(one) for one in found.findings if not one.ok or one.code in HIGHLIGHTS]
        return {
            "figures": [
                (_("sales of the year"), printed(found.profit["sales"].total)),
                (_("profit of the year"), printed(found.profit["profit"].total)),
                (_("least cash of a month"), printed(found.cash.lowest)),
                (_("cash after month 12"), printed(found.cash.closing[-1])),
            ],
            "findings": sorted(findings, key=lambda one: ("stop", "look", "good").index(one.kind)),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lines, comment = self.lines(request.POST), request.POST.get("comment", "")
        scores = {line.item.code: line.typed for line in lines}
        try:
            written = actions.review(hand_in=self.object, scores=scores, comment=comment, by=request.user)
        except ValidationError as refusal:
            general, at_comment = sort_refusal(refusal, lines)
            if not comment.strip():  # the verb reads the points first; both are said at once
                at_comment = _("Write a comment: what is good, and what is to be done.")
            return self.render_to_response(
                self.get_context_data(
                    lines=lines,
                    comment=comment,
                    general=general,
                    comment_error=at_comment,
                    wrong=sum(bool(line.error) for line in lines) + bool(at_comment),
                )
            )
        words, _kind = VERDICTS[verdict(written.total, Decimal(pass_mark_of(self.plan)))]
        messages.success(
            request,
            _("The review is stored: %(total)s points, %(result)s.")
            % {"total": points_text(written.total), "result": words},
        )
        return redirect("plans_waiting")


def sort_refusal(refusal: ValidationError, lines: list[ItemLine]) -> tuple[list[str], str]:
    """A verb's refusal: its sentences to the items, what belongs to the sheet as a whole, and what to the comment."""
    if not hasattr(refusal, "error_dict"):
        return refusal.messages, ""
    found = refusal.message_dict
    for line in lines:
        line.error = " ".join(found.pop(line.item.code, []))
    comment = " ".join(found.pop("comment", []))
    return [sentence for sentences in found.values() for sentence in sentences], comment


def total_of(lines: list[ItemLine]) -> tuple[Decimal, int]:
    """The sum of what is typed and can stand, and how many items have no such points."""
    total, missing = Decimal(0), 0
    for line in lines:
        try:
            total += read_points(line.typed, line.item.code)
        except Refused:
            missing += 1
    return total, missing


def points_text(points: Decimal) -> str:
    """Points without empty decimals: 82, 59.5."""
    return f"{points.normalize():f}"


def named(alike: Alike, book: Book) -> dict[str, Any]:
    """A note of similarity with the sections in words."""
    sections = [book.section(code) for code in alike.sections]
    return {
        "alike": alike,
        "learner": alike.plan.enrolment.learner,
        "sections": [
            {"section": one, "label": f"{one.number} {one.title}" if one.number else str(one.title)} for one in sections
        ],
    }


@dataclass(frozen=True)
class Statistics:
    """The six lines of a class's summary. The mean is of the standing reviews, two decimals; None without any."""

    learners: int
    handed_in: int
    reviewed: int
    passed: int
    excellent: int
    mean: Decimal | None


def statistics_of(lines: list[PlanLine]) -> Statistics:
    """What the lines of a class add up to; persons, not documents: a plan that was rewritten counts once."""
    reviewed = [line for line in lines if line.review]
    totals = [line.review.total for line in reviewed if line.review]
    marks = [verdict(line.review.total, Decimal(line.pass_mark or 0)) for line in reviewed if line.review]
    mean = (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"), ROUND_HALF_UP) if totals else None
    return Statistics(
        learners=len(lines),
        handed_in=sum(line.handed_in for line in lines),
        reviewed=len(reviewed),
        passed=sum(mark != "returned" for mark in marks),
        excellent=sum(mark == "excellent" for mark in marks),
        mean=mean,
    )


class ClassReviews(PlansOfClass, TemplateView):
    """The summary of all reviews of a class, to be printed and signed (4.8)."""

    template_name = "plans/staff_reviews.html"

    def get_page_subtitle(self) -> str:
        return _("Summary of the reviews")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lines_of(self.object, self.book)
        figures = statistics_of(lines)
        rows = [(_("learners in the class"), str(figures.learners)), (_("plans handed in"), str(figures.handed_in))]
        rows += [(_("reviewed"), str(figures.reviewed)), (_("passed"), str(figures.passed))]
        rows += [(_("excellent"), str(figures.excellent))]
        rows += [(_("mean of the points"), "—" if figures.mean is None else points_text(figures.mean))]
        return super().get_context_data(
            lines=lines,
            statistics=rows,
            reviewers=sorted({line.review.reviewer.get_full_name() for line in lines if line.review}),
            today=timezone.localdate(),
            **kwargs,
        )

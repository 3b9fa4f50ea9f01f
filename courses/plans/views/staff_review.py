"""The form on which an outside expert reviews a plan, and what stands beside it (4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.classes.models import TrainingClass
from courses.plans import actions
from courses.plans.actions.reviewing import LONGEST_REVIEW
from courses.plans.alike import Alike, alike_in_class, examples_for
from courses.plans.book import Book
from courses.plans.models import HandIn, Plan, Review
from courses.plans.reading import Workbook, workbook
from courses.plans.rules.amounts import Refused, plain
from courses.plans.rules.local import local_values
from courses.plans.rules.points import EXCELLENT, ITEMS, Item, read_points, verdict
from courses.plans.views.staff_class import VERDICTS, pass_mark_of
from courses.plans.views.staff_desk import PlanDesk, plan_name
from courses.plans.wording import Audience, said_of, yuan
from courses.words import listed

HIGHLIGHTS = ("C9", "C5", "C10", "C12")  # what a reviewer asks first; the others only where they do not hold

# What the parts of an item judge, in the order of `Item.parts`: the parts of the section, as the book has them.
PARTS: Mapping[str, tuple[Any, ...]] = {
    "market": (pgettext_lazy("part of an item", "customers"), pgettext_lazy("part of an item", "size and trend"), pgettext_lazy("part of an item", "competitors"), pgettext_lazy("part of an item", "own strengths and weaknesses")),
    "marketing": (pgettext_lazy("part of an item", "product"), pgettext_lazy("part of an item", "price"), pgettext_lazy("part of an item", "place"), pgettext_lazy("part of an item", "promotion")),
    "assets": (pgettext_lazy("part of an item", "tools"), pgettext_lazy("part of an item", "vehicles"), pgettext_lazy("part of an item", "furniture"), pgettext_lazy("part of an item", "shop and depreciation")),
}  # fmt: skip


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
        """How the points are meant to be divided, and for what: "product 2.5, price 2.5, place 2.5, promotion 2.5"."""
        names = PARTS.get(self.item.code, ())
        return listed(f"{name}\u00a0{plain(most)}" for name, most in zip(names, self.item.parts, strict=bool(names)))


class ReviewPlan(PlanDesk, TemplateView):
    """The form of one review: eleven items, their sum, the comment; beside it what the reviewer asks first.

    Nobody is named here, to nobody: what is judged is the plan.
    """

    knows_writers = False  # type: ignore[assignment]

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
        return _("Review: %(name)s") % {"name": plan_name(self.plan)}

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
                line.typed = plain(stored[item.code])
            found.append(line)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = kwargs.pop("lines", None) or self.lines()
        comment = kwargs.pop("comment", None)
        pass_mark = Decimal(pass_mark_of(self.plan))
        total, missing, unfit = total_of(lines)
        return super().get_context_data(
            hand_in=self.object,
            plan=self.plan,
            name=plan_name(self.plan),
            lines=lines,
            comment=comment if comment is not None else self.standing.comment if self.standing else "",
            longest=LONGEST_REVIEW,
            standing=self.standing,
            total=total,
            missing=missing,
            unfit=unfit,
            pass_mark=pass_mark,
            excellent=EXCELLENT,
            verdicts={code: words for code, (words, _kind) in VERDICTS.items()},
            verdict=None if missing or unfit else VERDICTS[verdict(total, pass_mark)],
            is_latest=self.object.number == self.plan.attempt and self.plan.state == Plan.State.HANDED_IN,
            examples=examples_for(self.plan),
            alike=[named(one, self.plan.workbook) for one in alike_in_class(self.object)],
            **self.beside(),
            **kwargs,
        )

    def beside(self) -> dict[str, Any]:
        """What stands beside the form: four numbers, and the checks that do not hold."""
        found = workbook(self.object.values, local_values(self.plan.local))
        findings = [one for one in said_of(found, Audience.STAFF) if one.kind != "good" or one.code in HIGHLIGHTS]
        return {
            "figures": [
                (_sales_words(found), yuan(found.profit["sales"].total)),
                (_("profit of the year"), yuan(found.profit["profit"].total)),
                (_("least cash of a month"), yuan(found.cash.lowest)),
                (_("cash after month 12"), yuan(found.cash.closing[-1])),
            ],
            "findings": findings,
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
                    wrong=bool(at_comment) or any(line.error for line in lines),
                )
            )
        words, _kind = VERDICTS[verdict(written.total, Decimal(pass_mark_of(self.plan)))]
        messages.success(
            request,
            _("The review is stored: %(total)s points, %(result)s.") % {"total": plain(written.total), "result": words},
        )
        return redirect("plans_waiting")


def _sales_words(found: Workbook) -> str:
    """The name of the year's sales; where value-added tax is due, it says that it is in them."""
    return _("sales of the year, with value-added tax") if found.profit["vat"].total else _("sales of the year")


def sort_refusal(refusal: ValidationError, lines: list[ItemLine]) -> tuple[list[str], str]:
    """A verb's refusal: its sentences to the items, what belongs to the sheet as a whole, and what to the comment."""
    if not hasattr(refusal, "error_dict"):
        return refusal.messages, ""
    found = refusal.message_dict
    for line in lines:
        line.error = " ".join(found.pop(line.item.code, []))
    comment = " ".join(found.pop("comment", []))
    return [sentence for sentences in found.values() for sentence in sentences], comment


def total_of(lines: list[ItemLine]) -> tuple[Decimal, int, int]:
    """The sum of what is typed and can stand; how many items have no points, and how many such as cannot stand."""
    total, missing, unfit = Decimal(0), 0, 0
    for line in lines:
        try:
            total += read_points(line.typed, line.item.code)
        except Refused:
            missing += not line.typed
            unfit += bool(line.typed)
    return total, missing, unfit


def named(alike: Alike, book: Book) -> dict[str, Any]:
    """A note of similarity with the sections in words."""
    sections = [book.section(code) for code in alike.sections]
    return {
        "alike": alike,
        "name": plan_name(alike.plan),
        "sections": [
            {"section": one, "label": f"{one.number} {one.title}" if one.number else str(one.title)} for one in sections
        ],
    }

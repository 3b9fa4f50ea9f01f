"""Handing in: what is missing by section, then the button; afterwards what was said about the plan."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from courses.plans import actions
from courses.plans.models import Comment, HandIn, Plan
from courses.plans.progress import missing_of
from courses.plans.rules.checks import Level
from courses.plans.rules.points import ITEMS, verdict
from courses.plans.views.mine import Desk, frame, my_plan, see
from courses.plans.views.said import open_comments
from courses.plans.wording import Audience, months_text, said_of
from courses.terminals.permissions import LearnerRequest


@require_http_methods(["GET", "POST"])
@my_plan
def hand_in(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """GET shows what is missing and what stands; POST hands in. Twice is once."""
    refusal = ""
    if request.method == "POST":
        try:
            actions.hand_in(plan=plan, by=request.learner)
        except ValidationError as problem:
            refusal = "" if hasattr(problem, "error_dict") else problem.messages[0]
        else:
            return see("plans:hand_in", plan.pk)
    return _page(request, plan, refusal)


def _page(request: LearnerRequest, plan: Plan, refusal: str) -> HttpResponse:
    desk = Desk.of(plan)
    missing = [
        {"section": plan.workbook.section(code), "lacking": lacking}
        for code, lacking in missing_of(plan.workbook, desk.texts).items()
    ]
    wrong = (
        [one for one in said_of(desk.workbook, Audience.LEARNER) if one.level is Level.WRONG]
        if plan.workbook.is_plan
        else []
    )
    status = 422 if request.method == "POST" else 200
    context = frame(
        request,
        desk,
        missing=missing,
        lacking=sum(len(row["lacking"]) for row in missing),
        wrong=[one for one in wrong if one.code != "C9"],
        short=months_text(desk.workbook.cash.red_months) if plan.workbook.is_plan else "",
        refusal=refusal,
        hand_ins=reviewed(plan),
        comments=open_comments(plan, desk.texts),
    )
    if plan.workbook.is_plan:
        return render(request, "plans/hand_in.html", context, status=status)
    return render(request, "plans/hand_in_sheets.html", {**context, "gaps": _gaps(desk)}, status=status)


def _gaps(desk: Desk) -> list[dict[str, Any]]:
    """What is still missing, by section, each with the way to its question."""
    plan = desk.plan
    return [
        {
            "section": plan.workbook.section(code),
            "fields": [{"what": one, "url": reverse("plans:question", args=[plan.pk, one.path])} for one in lacking],
        }
        for code, lacking in missing_of(plan.workbook, desk.texts).items()
    ]


def reviewed(plan: Plan) -> list[dict[str, Any]]:
    """What was handed in, attempt by attempt, with the review that counts: two queries."""
    rows = []
    pass_mark = plan.enrolment.training_class.edition.pass_rule.plan_pass
    for one in HandIn.objects.filter(plan=plan).prefetch_related("reviews__reviewer").order_by("number"):
        review = next((found for found in one.reviews.all() if found.superseded_at is None), None)
        row: dict[str, Any] = {"hand_in": one, "review": review}
        if review:
            points = [
                (plan.workbook.section(item.code).title, review.points.get(item.code), item.most) for item in ITEMS
            ]
            row |= {"points": points, "verdict": verdict(review.total, pass_mark) if pass_mark is not None else ""}
        rows.append(row)
    return rows


@require_POST
@my_plan
def settle(request: LearnerRequest, plan: Plan, comment: int) -> HttpResponse:
    """Done: the learner has followed a comment."""
    found = get_object_or_404(Comment.objects.select_related("plan__enrolment"), pk=comment, plan=plan)
    actions.settle_comment(comment=found, by=request.learner)
    if not found.path:
        return see("plans:hand_in", plan.pk)
    return see("plans:question", plan.pk, found.path)

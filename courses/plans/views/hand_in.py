"""Handing in: what is missing by section, then the button; afterwards what was said about the plan."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from courses.plans import actions
from courses.plans.attempts import is_unchanged, reviews_left
from courses.plans.models import Comment, HandIn, Plan
from courses.plans.progress import missing_of
from courses.plans.rules.checks import Level
from courses.plans.rules.points import ITEMS, verdict
from courses.plans.views.book import next_url, section_url
from courses.plans.views.mine import Desk, frame, my_plan, place_url, see
from courses.plans.views.said import open_comments
from courses.plans.wording import Audience, months_text, said_of
from courses.terminals.permissions import LearnerRequest

WEAKEST = 3  # so many parts are named to begin with, of a plan that came back


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
        {"section": plan.workbook.section(code), "lacking": [{"what": one, "url": place_url(plan, one.path)} for one in lacking]}
        for code, lacking in missing_of(plan.workbook, desk.texts).items()
    ]  # fmt: skip
    wrong = (
        [one for one in said_of(desk.workbook, Audience.LEARNER) if one.level is Level.WRONG]
        if plan.workbook.is_plan
        else []
    )
    hand_ins, comments, came_back = reviewed(plan), open_comments(plan, desk.texts), plan.attempt > 1 and plan.is_open
    named = _weakest(desk, hand_ins[-1]) if came_back and hand_ins else []
    status = 422 if request.method == "POST" else 200
    context = frame(
        request,
        desk,
        missing=missing,
        lacking=sum(len(row["lacking"]) for row in missing),
        wrong=[one for one in wrong if one.code != "C9"],
        short=months_text(desk.workbook.cash.red_months) if plan.workbook.is_plan else "",
        refusal=refusal,
        hand_ins=hand_ins,
        comments=comments,
        came_back=came_back,
        named=named,
        begin=next((one.url for one in comments if one.comment.path), named[0]["url"] if named else next_url(desk)),
        unchanged=came_back and is_unchanged(plan, desk.texts),
        left=reviews_left(plan) if plan.is_open else None,
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


def _weakest(desk: Desk, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts that lost most of their points in a review, with the way into each."""
    lost = [
        {"title": desk.plan.workbook.section(item.code).title, "url": section_url(desk, item.code), "points": points,
         "most": item.most, "lost": (item.most - points) / item.most}
        for item in ITEMS
        if row["review"] and (points := row["review"].points.get(item.code)) is not None and points < item.most
    ]  # fmt: skip
    return sorted(lost, key=lambda one: -one["lost"])[:WEAKEST]


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

"""What the trainers have said about a plan and nobody has followed yet: where it stands, and the way there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from courses.plans.models import Comment, Plan
from courses.plans.wording import place_name


@dataclass(frozen=True)
class SaidHere:
    """A comment with the name of its place ("" for the whole plan) and the address at which one follows it."""

    comment: Comment
    place: str
    url: str


def open_comments(plan: Plan, values: Mapping[str, str]) -> list[SaidHere]:
    """Open comments, the oldest first. One query."""
    found = []
    for one in Comment.objects.open().filter(plan=plan).select_related("by").order_by("at", "pk"):
        place = plan.workbook.place(one.path) if one.path else None
        name = f"{place.section.title}·{place_name(place, values)}" if place else ""
        where = ("plans:question", [plan.pk, one.path]) if one.path else ("plans:hand_in", [plan.pk])
        found.append(SaidHere(one, name, reverse(where[0], args=where[1])))
    return found

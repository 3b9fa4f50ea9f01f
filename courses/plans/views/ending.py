"""Behind the last question: what is still missing, or what one does with a plan that is written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.plans import guide
from courses.plans.models import Plan
from courses.plans.progress import Missing, missing_of
from courses.plans.views.mine import Desk, frame, my_plan, place_url
from courses.plans.wording import verdict
from courses.terminals.permissions import LearnerRequest


@require_GET
@my_plan
def end(request: LearnerRequest, plan: Plan) -> HttpResponse:
    """The end of the guided path. One thing stands out: the first missing answer, else the cash, the choice, or handing in."""
    desk = Desk.of(plan)
    missing = missing_of(plan.workbook, desk.texts)
    first = next((lacking[0] for lacking in missing.values()), None)
    context = frame(
        request, desk, first=first, section=plan.workbook.place(first.path).section if first else None,
        first_url=_url(desk, first) if first else "", number=sum(map(len, missing.values())),
        verdict=verdict(desk.workbook) if plan.workbook.is_plan else None,
    )  # fmt: skip
    return render(request, "plans/end.html", context)


def is_written(desk: Desk) -> bool:
    """Whether nothing is missing and the learner has been at the last question."""
    path = desk.plan.last_path
    at_the_end = bool(path) and guide.place_in(desk.stops, path) == len(desk.stops) - 1
    return at_the_end and not missing_of(desk.plan.workbook, desk.texts)


def _url(desk: Desk, missing: Missing) -> str:
    """Where what is missing is written: on its question, or in its table for whoever prefers tables."""
    guided = desk.plan.path == Plan.Path.GUIDED
    return place_url(desk.plan, desk.stops[guide.place_in(desk.stops, missing.path)].path if guided else missing.path)

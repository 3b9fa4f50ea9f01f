"""What every page of a learner's own workbook needs: the plan, what is written in it, and what follows from it.

Plain views: no page tree, no Django session, no write on a GET. Another learner's plan is not there (404).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from courses.plans import guide
from courses.plans.models import Plan, Section
from courses.plans.reading import Workbook, workbook
from courses.plans.rules.local import LocalValues, local_values
from courses.terminals.permissions import LearnerRequest, learner_required


@dataclass
class Desk:
    """A plan that lies open: `texts` by path, and `versions` of all that was ever written."""

    plan: Plan
    texts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> "Desk":
        """One query."""
        desk = cls(plan)
        for values in Section.objects.filter(plan=plan).order_by("pk").values_list("values", flat=True):
            desk.texts |= {path: text for path, (text, _version) in values.items() if text}
            desk.versions |= {path: version for path, (_text, version) in values.items()}
        return desk

    @cached_property
    def workbook(self) -> Workbook:
        """The tables and findings of what is written."""
        return workbook(self.texts, self.local)

    @cached_property
    def local(self) -> LocalValues:
        """The values of law and place with which this plan counts."""
        return local_values(self.plan.local)

    @cached_property
    def stops(self) -> list[guide.Stop]:
        """The screens of the guided path."""
        return guide.stops(self.plan.workbook, self.texts)

    def shown(self, paths: Any) -> dict[str, int]:
        """The versions of the fields of a page; 0 where nothing was ever written."""
        return {path: self.versions.get(path, 0) for path in paths}


def my_plan(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view this learner's own plan."""

    @wraps(view)
    def with_plan(request: LearnerRequest, plan: int, **kwargs: Any) -> HttpResponse:
        found = Plan.objects.of(request.learner).filter(pk=plan).first()
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return learner_required(with_plan)


def frame(request: LearnerRequest, desk: Desk, **more: Any) -> dict[str, Any]:
    """What every page of the workbook shows."""
    plan = desk.plan
    name = desk.texts.get("cover.enterprise", "")
    title = str(plan.workbook.title)
    return {
        "plan": plan, "desk": desk, "open": plan.is_open, "texts": desk.texts, "is_plan": plan.workbook.is_plan,
        "where": f"{title}·{name}" if name else title, "large_text": request.learner.large_text,
        "help_url": f"{reverse('plans:help')}?{urlencode({'back': request.path})}", **more,
    }  # fmt: skip


def place_url(plan: Plan, path: str) -> str:
    """Where a field is written, in the way that the learner goes through the plan."""
    if plan.path == Plan.Path.FULL:
        return reverse("plans:section", args=[plan.pk, path.split(".")[0]]) + f"#{path}"
    return reverse("plans:question", args=[plan.pk, path])


def see(name: str, *args: Any, ask: str = "") -> HttpResponse:
    """Go and get another page after a POST."""
    response = redirect(name, *args)
    response.status_code = 303
    response["Location"] += ask
    return response


def sentences(refusal: ValidationError) -> Mapping[str, list[str]]:
    """What was refused, by path; "" where it is about the whole page."""
    return refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}


def packed(shown: dict[str, int]) -> str:
    """Versions for one hidden field: "market.trend:3,market.size:0"."""
    return ",".join(f"{path}:{version}" for path, version in shown.items())


def unpacked(text: str) -> dict[str, int]:
    """The other way round; what is no version is left out."""
    found = (pair.rpartition(":") for pair in text.split(",") if pair)
    return {path: int(version) for path, _sep, version in found if version.isdecimal() and len(version) < 9}

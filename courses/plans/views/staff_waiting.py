"""What waits for the outside expert: on the first page, and as a list with what was reviewed before (4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.classes.models import TrainingClass
from courses.people.models import User
from courses.people.permissions import REVIEW_PLANS, rights_anywhere
from courses.plans.models import HandIn, Plan, Review
from courses.plans.rules.points import verdict
from courses.plans.views.staff_class import VERDICTS, pass_mark_of
from courses.plans.views.staff_desk import plan_name


@dataclass
class Wait:
    """A plan that waits for a review."""

    hand_in: HandIn
    plan: Plan

    @property
    def training_class(self) -> TrainingClass:
        return self.plan.enrolment.training_class

    @property
    def name(self) -> str:
        return plan_name(self.plan)

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
            (one, plan_name(one.hand_in.plan), VERDICTS[verdict(one.total, Decimal(pass_mark_of(one.hand_in.plan)))])
            for one in done.order_by("-at")[:50]
        ]
        return super().get_context_data(waits=waiting_for(user), done=rows, **kwargs)

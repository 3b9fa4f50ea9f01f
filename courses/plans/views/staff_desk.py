"""What every staff screen on plans shares: who it is that wrote is told to whom may see the class, and to nobody else (PRV-3)."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from courses.classes.permissions import may_in_class
from courses.classes.templatetags.classes import plans_word
from courses.classes.views.screens import ClassScreen
from courses.people.permissions import VIEW_CLASSES
from courses.plans.models import Plan


def plan_name(plan: Plan) -> str:
    """What a plan is called where its writer is not named."""
    return _("Plan %(number)s") % {"number": plan.pk}


class PlanDesk(ClassScreen):
    """A screen on plans. Whoever may not see the class (an outside expert) gets no name, no number of a learner, no place where
    the class is held, and no way to the class's other screens."""

    @cached_property
    def knows_writers(self) -> bool:
        """Whether the learners are named here."""
        return may_in_class(self.request.user, VIEW_CLASSES, self.get_training_class())  # type: ignore[attr-defined]

    def writer(self, plan: Plan) -> str:
        """The learner's name, or the number of the plan."""
        return plan.enrolment.learner.full_name if self.knows_writers else plan_name(plan)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        training_class = self.get_training_class()
        if self.knows_writers:
            return items
        outside = [
            {"url": reverse("plans_waiting"), "label": _("Plans to review")},
            {
                "url": reverse("plans_class", args=[training_class.pk]),
                "label": f"{training_class.class_no} {plans_word(training_class)}",
            },
        ]
        first = len(self.breadcrumbs_items)
        return [*items[:first], *outside, *items[first + 2 :]]  # in place of the list of classes and the class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(knows_writers=self.knows_writers, **kwargs)

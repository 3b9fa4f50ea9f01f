"""What a trainer should know of the plans of her classes without opening them: on the first page of the desk (4.9)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.admin.ui.components import Component

from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import User
from courses.plans.models import Comment, Plan

ANSWERED_DAYS = 7  # comments that learners have followed in so many days
STILL_DAYS = 3  # a plan in which nothing was written for so many days stands still
NAMED = 6
SHOWN = 5  # classes


@dataclass(frozen=True)
class Still:
    """A learner whose plan has stood still for so many days; no plan: it is not begun."""

    enrolment: Enrolment
    plan: Plan | None
    days: int = 0


@dataclass
class ClassWork:
    """The plans of one class, in numbers; `still` are those who do not get on."""

    training_class: TrainingClass
    handed_in: int = 0
    returned: int = 0
    answered: int = 0
    unanswered: int = 0
    still: list[Still] = field(default_factory=list)

    @property
    def named(self) -> list[Still]:
        return self.still[:NAMED]

    @property
    def more(self) -> int:
        return max(0, len(self.still) - NAMED)


def work_in(user: User) -> list[ClassWork]:
    """The running classes with a workbook that somebody teaches: three queries, however many learners."""
    classes = TrainingClass.objects.led_by(user).filter(state=TrainingClass.State.RUNNING).exclude(edition__workbook="")
    found = {
        one.pk: ClassWork(one) for one in classes.select_related("edition").order_by("starts_on", "class_no")[:SHOWN]
    }
    today = timezone.localdate()
    learners = Enrolment.objects.active().filter(training_class__in=found).select_related("learner", "plan")
    for enrolment in learners.annotate(written_at=Max("plan__sections__changed_at")).order_by("roster_no"):
        _count(found[enrolment.training_class_id], enrolment, today)
    _count_comments(found)
    return list(found.values())


def _count(work: ClassWork, enrolment: Enrolment, today: date) -> None:
    plan: Plan | None = getattr(enrolment, "plan", None)
    if plan is None:
        work.still.append(Still(enrolment, None))
        return
    work.handed_in += plan.state == Plan.State.HANDED_IN
    work.returned += plan.state == Plan.State.RETURNED
    if plan.state in (Plan.State.WRITING, Plan.State.RETURNED):
        last = enrolment.written_at or plan.begun_at  # type: ignore[attr-defined]  (annotated above)
        days = (today - timezone.localdate(last)).days
        if days >= STILL_DAYS:
            work.still.append(Still(enrolment, plan, days))


def _count_comments(found: Mapping[int, ClassWork]) -> None:
    """Comments that were followed lately, and those that still wait for the learner."""
    comments = Comment.objects.filter(plan__enrolment__training_class__in=found)
    since = timezone.now() - timedelta(days=ANSWERED_DAYS)
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for number, settled in comments.values_list("plan__enrolment__training_class", "settled_at"):
        if settled is None:
            counts[number][1] += 1
        elif settled >= since:
            counts[number][0] += 1
    for number, (answered, unanswered) in counts.items():
        found[number].answered, found[number].unanswered = answered, unanswered


class PlansPanel(Component):
    """Plans handed in, comments answered, who stands still, class by class. Nothing for whoever teaches no such class."""

    name = "class_plans"
    template_name = "plans/panels/work.html"
    order = 21

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "classes": work_in(parent_context["request"].user),
            "still_days": STILL_DAYS,
            "answered_days": ANSWERED_DAYS,
        }

"""Which sections of a plan say the same as a classmate's: a note for the reviewer, on which nothing depends (4.8)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from courses.plans.models import HandIn, Plan, TeachingExample
from courses.plans.reading import contents_of
from courses.plans.rules.similarity import flagged, same_sections


@dataclass(frozen=True)
class Alike:
    """A classmate's plan and the codes of the sections that say the same in both. `flagged`: three or more (4.8)."""

    plan: Plan
    sections: tuple[str, ...]

    @property
    def flagged(self) -> bool:
        return flagged(self.sections)


def examples_for(plan: Plan) -> QuerySet[TeachingExample]:
    """The worked examples that the plan's class was taught with."""
    return TeachingExample.objects.taught_in(plan.enrolment.training_class)


def alike_in_class(hand_in: HandIn) -> list[Alike]:
    """The classmates whose plan, as they handed it in last, shares sections with this one; the most alike first.

    What the course's teaching examples say does not count as the same. Works out at most as many comparisons as the class has
    places, when somebody asks; nothing is stored. Two queries.
    """
    plan = hand_in.plan
    others = (
        HandIn.objects.filter(plan__enrolment__training_class=plan.enrolment.training_class_id, plan__book=plan.book)
        .exclude(plan=plan)
        .select_related("plan__enrolment__learner")
        .order_by("plan_id", "number")
    )
    latest = {other.plan_id: other for other in others}
    own = contents_of(hand_in.values, plan.workbook)
    taught = [contents_of(one.values, plan.workbook) for one in examples_for(plan)]
    found = [
        Alike(other.plan, sections)
        for other in latest.values()
        if (sections := same_sections(own, contents_of(other.values, plan.workbook), taught))
    ]
    return sorted(found, key=lambda one: -len(one.sections))

"""Going from question to question."""

from courses.people.models import Learner
from courses.plans.actions.writing import place_of
from courses.plans.models import Plan


def turn_to(*, plan: Plan, path: str, by: Learner) -> Plan:
    """Note where the learner is, to go on there at the next sign-in: a field, or the row of a table ("forecast.quantity.1").

    Writes no journal. Refuses (NoSuchField) a place that the book has not. Raises `Plan.DoesNotExist` for another learner's plan.
    """
    if path and path.count(".") == 2:
        place_of(plan, f"{path}.m1")
    elif path:
        place_of(plan, path)
    if plan.last_path == path:
        return plan
    if not Plan.objects.filter(pk=plan.pk, enrolment__learner=by).update(last_path=path):
        raise Plan.DoesNotExist
    plan.last_path = path
    return plan

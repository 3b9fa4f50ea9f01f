"""The attempts of a plan: how often it can still be handed in, and whether anything was changed since it came back."""

from collections.abc import Mapping

from courses.plans.models import HandIn, Plan


def reviews_left(plan: Plan) -> int | None:
    """How many more times the plan can be handed in for a mark (EXM-3); None where the course asks for no mark. One query."""
    training_class = plan.enrolment.training_class
    if training_class.edition.pass_rule.plan_pass is None:
        return None
    used = HandIn.objects.reviewed().filter(plan=plan).count()
    return max(0, 1 + training_class.run_rules.max_resits - used)


def is_unchanged(plan: Plan, values: Mapping[str, str]) -> bool:
    """Whether a plan that came back is still what was handed in. One query where it came back."""
    before = HandIn.objects.filter(plan=plan, number=plan.attempt - 1).first() if plan.attempt > 1 else None
    return before is not None and _written(before.values) == _written(values)


def _written(values: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in values.items() if text}

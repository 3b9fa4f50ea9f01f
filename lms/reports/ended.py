"""Enrolments that ended in a period: what the reports of completed and of not completed persons both begin with."""

from courses.classes.models import Enrolment, EnrolmentQuerySet
from courses.people.models import User
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import CLASS_PARTS


def ended_as(state: Enrolment.State, user: User, scope: Scope, period: Period) -> EnrolmentQuerySet:
    """Those that the user may see and that ended in the period in this state, by day of the end, class and place on the roster."""
    found = scope.enrolments(Enrolment.objects.visible_to(user), event="ended_at").filter(
        state=state, ended_at__gte=period.starts_at, ended_at__lt=period.ends_before
    )
    return (
        found.select_related("learner")
        .prefetch_related(*CLASS_PARTS)
        .order_by("ended_at", "training_class__class_no", "roster_no", "pk")
    )

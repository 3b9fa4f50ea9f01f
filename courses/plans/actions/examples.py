"""Which plan is the worked example of a course: for its trainers, who know what they have taught with."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.rules import PLAN_BOOK
from courses.journal.actions import record
from courses.people.models import User
from courses.plans.actions.handing_in import locked_for_staff
from courses.plans.models import Plan, TeachingExample, values_of
from courses.plans.permissions import may_mark_example


def mark_example(*, plan: Plan, by: User | None, at: datetime | None = None) -> TeachingExample:
    """Mark a plan as the teaching example of its course, as it stands now. Marking it again takes over what was changed since;
    where nothing was, it writes nothing.

    Refuses (PermissionDenied) who does not teach the class; (ValidationError) sheets of ideas, which nobody compares.
    """
    _refuse_unless_trainer(by, plan)
    if plan.book != PLAN_BOOK:
        raise ValidationError(_("Only a business plan can be a teaching example."))
    with transaction.atomic():
        row = locked_for_staff(plan)
        values = values_of(row)
        standing = TeachingExample.objects.filter(plan=row).first()
        if standing and standing.values == values:
            return standing
        marked, _created = TeachingExample.objects.update_or_create(
            plan=row, defaults={"values": values, "by": by, "at": at or timezone.now()}
        )
        _record("plans.mark_example", row, by, at)
    return marked


def unmark_example(*, plan: Plan, by: User | None, at: datetime | None = None) -> None:
    """The plan is no teaching example; what others have in common with it counts again. Unmarking twice is once.

    Refuses (PermissionDenied) who does not teach the class.
    """
    _refuse_unless_trainer(by, plan)
    with transaction.atomic():
        row = locked_for_staff(plan)
        deleted, _by_model = TeachingExample.objects.filter(plan=row).delete()
        if deleted:
            _record("plans.unmark_example", row, by, at)


def _refuse_unless_trainer(by: User | None, plan: Plan) -> None:
    if by is not None and not may_mark_example(by, plan):
        raise PermissionDenied


def _record(verb: str, plan: Plan, by: User | None, at: datetime | None) -> None:
    host = plan.enrolment.training_class.host_id
    record(verb=verb, about=plan, by=by, organisation=host, fields=["example"], at=at)

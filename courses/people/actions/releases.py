"""When somebody is expected to leave."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Learner, Organisation, Stay, User
from courses.people.permissions import MANAGE_LEARNERS, VIEW_CATEGORIES, require


def expect_release(
    *,
    learner: Learner,
    day: date | None,
    by: User | None,
    organisation: Organisation,
    reason: str,
    at: datetime | None = None,
) -> Stay:
    """Enter the day on which a learner is expected to leave, or another one (XFR-5); None where it is not known.

    Every list that asks for it follows at once. The journal keeps that it changed and why, never the day. Refuses
    (PermissionDenied) without the rights to manage files and to see this day, or for a learner who does not stay there,
    and (ValidationError) without a reason and for a day that is over: whoever has left is moved. The same day changes nothing.
    """
    at = at or timezone.now()
    require(by, MANAGE_LEARNERS, organisation)
    require(by, VIEW_CATEGORIES, organisation)
    if not reason.strip():
        raise ValidationError({"reason": _("Say on which paper the day stands, or why it changed.")})
    if day is not None and day < timezone.localdate(at):
        raise ValidationError({"day": _("This day is over. If the person has left, enter the move instead.")})
    with transaction.atomic():
        stay = Stay.objects.select_for_update().filter(
            learner=learner, organisation=organisation, until__isnull=True
        ).first()  # fmt: skip
        if stay is None:
            raise PermissionDenied
        if stay.expected_release == day:
            return stay
        stay.expected_release = day
        stay.save(update_fields=["expected_release"])
        record(
            verb="people.expect_release", about=learner, by=by, organisation=organisation, fields=["expected_release"],
            reason=reason, at=at,
        )  # fmt: skip
    return stay

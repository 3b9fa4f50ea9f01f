"""Taking readings: every night, and when somebody asks."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.people.models import Organisation, User
from courses.people.permissions import require
from lms.reports.measures import Figure, values
from lms.targets.models import Reading, Target
from lms.targets.permissions import VIEW_TARGETS

LOOKED_AT_FOR = timedelta(days=92)  # a year's targets are still read until the end of March: late entries


def take_readings(
    *,
    as_of: date | None = None,
    organisation: Organisation | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> list[Reading]:
    """Write down what the targets in force have reached by the end of a day, yesterday by default; returns what was written.

    `organisation` takes only its own and those below it. Where the newest reading of that day says the same, none is added,
    so it may run twice. Refuses (PermissionDenied) a user who does not see the targets there; nobody (None) is the system.
    """
    require(by, VIEW_TARGETS, organisation)
    moment = at or timezone.now()
    day = as_of or timezone.localdate(moment) - timedelta(days=1)
    targets = Target.objects.standing().with_scope().filter(first__lte=day, last__gte=day - LOOKED_AT_FOR)
    if organisation is not None:
        targets = targets.filter(organisation__path__startswith=organisation.path)
    with transaction.atomic():
        chosen = list(targets)
        figures = figures_of(chosen, day)
        known: dict[int, Figure] = {}
        for reading in Reading.objects.filter(target__in=chosen, as_of=day).order_by("taken_at", "pk"):
            known[reading.target_id] = Figure(reading.numerator, reading.denominator)
        return Reading.objects.bulk_create(
            Reading(target=one, as_of=day, taken_at=moment, numerator=found.numerator, denominator=found.denominator)
            for one in chosen
            if (found := figures[one.pk]) != known.get(one.pk)
        )


def figures_of(targets: list[Target], as_of: date) -> dict[int, Figure]:
    """What each target has reached by the end of a day: one query for all; those that have not begun are left out."""
    asked = {
        target.pk: (target.counted, target.scope, period)
        for target in targets
        if (period := target.period(as_of)) is not None
    }
    return values(asked)

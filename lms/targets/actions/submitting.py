"""Submitting a report: the figures of a day, frozen with their rows."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Organisation, User
from courses.people.permissions import require
from lms.targets.models import Snapshot, Submission, Target
from lms.targets.models.submissions import rows_of
from lms.targets.permissions import SET_TARGETS


def submit_report(
    *, organisation: Organisation, as_of: date, by: User | None, note: str = "", at: datetime | None = None
) -> Submission:
    """Freeze what the targets of an organisation, and of those below it, have reached by the end of a day.

    A report of that day that was submitted already is returned as it is: corrections are listed beside it, nothing is
    rewritten. Refuses (PermissionDenied) without the right to set targets there; (ValidationError) a day that has not come,
    and an organisation without a target on that day.
    """
    require(by, SET_TARGETS, organisation)
    moment = at or timezone.now()
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        existing = Submission.objects.filter(organisation=organisation, as_of=as_of).first()
        if existing:
            return existing
        if as_of > timezone.localdate(moment):
            raise ValidationError({"as_of": _("This day has not come yet. Report up to today at the latest.")})
        targets = reported(organisation, as_of)
        if not targets:
            raise ValidationError(_("No target runs on this day. Set a target first."))
        submission = Submission.objects.create(
            organisation=organisation, as_of=as_of, submitted_at=moment, submitted_by=by, note=note.strip()
        )
        Snapshot.objects.bulk_create(snapshot(submission, target, position) for position, target in enumerate(targets))
        record(verb="targets.submit_report", about=submission, by=by, organisation=organisation, at=at)
    return submission


def reported(organisation: Organisation, as_of: date) -> list[Target]:
    """The targets that a report of a day holds: those in force on it, each followed by its parts."""
    found = Target.objects.standing().with_scope().filter(organisation__path__startswith=organisation.path)
    return in_tree_order(list(found.filter(first__lte=as_of, last__year__gte=as_of.year)))


def in_tree_order(targets: list[Target]) -> list[Target]:
    """Each target followed by its parts; a part whose whole is not among them stands on its own."""
    known = {target.pk for target in targets}
    below: dict[int | None, list[Target]] = {}
    for target in targets:
        below.setdefault(target.parent_id if target.parent_id in known else None, []).append(target)
    found: list[Target] = []

    def walk(parent: int | None) -> None:
        for target in below.get(parent, ()):
            found.append(target)
            walk(target.pk)

    walk(None)
    return found


def snapshot(submission: Submission, target: Target, position: int) -> Snapshot:
    """A target's figure and rows, not stored yet: the number is the number of the rows."""
    rows = rows_of(target, submission.as_of)
    return Snapshot(
        submission=submission, target=target, position=position, rows=rows, numerator=sum(row[3] for row in rows),
        denominator=len(rows) if target.counted.is_rate else None,
        facts={**target.as_facts(), "place": str(target.organisation), "people": target.people},
    )  # fmt: skip

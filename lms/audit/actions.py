"""Taking the journal out of the house."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.journal.models import JournalEntry, JournalQuerySet
from courses.people.models import Organisation, User
from courses.people.permissions import VIEW_JOURNAL, organisations_where
from lms.audit.permissions import entries_for, may_read

MOST = 50_000  # rows of one file: half a minute of work


def take_out(
    *, entries: JournalQuerySet, organisation: Organisation | None, by: User, at: datetime | None = None
) -> JournalQuerySet:
    """Write down that entries leave the house as a file; returns what may leave, newest first.

    `organisation` is the one that was asked for; without it the act stands at the uppermost whose journal the user reads.
    Refuses (PermissionDenied) whoever may not read the journal there, and (ValidationError) more than `MOST` entries.
    """
    if organisation is None and not by.is_superuser:
        organisation = organisations_where(by, VIEW_JOURNAL).order_by("path").first()
        if organisation is None:
            raise PermissionDenied
    if not may_read(by, organisation):
        raise PermissionDenied
    found = entries.filter(pk__in=entries_for(by).values("pk")).newest_first()
    if found.count() > MOST:
        raise ValidationError(
            _("More than %(most)s entries do not fit into one file. Choose a shorter period.") % {"most": MOST}
        )
    last = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic():
        record(verb="audit.take_out", about=organisation or by, by=by, organisation=organisation, at=at)
    return found.filter(pk__lte=last)  # without the entry about this act itself

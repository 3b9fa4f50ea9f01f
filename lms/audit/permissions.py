"""Whose journal somebody may read."""

from courses.journal.models import JournalEntry, JournalQuerySet
from courses.people.models import Organisation, User
from courses.people.permissions import (
    ORGANISATION_PERMISSIONS,
    VIEW_CLASSES,
    VIEW_JOURNAL,
    VIEW_RESULTS,
    may,
    organisations_where,
    rights_anywhere,
)

READING = frozenset({VIEW_JOURNAL, VIEW_CLASSES, VIEW_RESULTS})


def entries_for(user: User) -> JournalQuerySet:
    """The entries at the organisations whose journal the user may read; the system's own (0) only for a superuser."""
    if user.is_active and user.is_superuser:
        return JournalEntry.objects.all()
    return JournalEntry.objects.filter(organisation_id__in=organisations_where(user, VIEW_JOURNAL).values("pk"))


def may_read(user: User, organisation: Organisation | None) -> bool:
    """The other form of `entries_for`, for one organisation; None is the system itself."""
    if organisation is None:
        return bool(user.is_active and user.is_superuser)
    return may(user, VIEW_JOURNAL, organisation)


def only_audits(user: User) -> bool:
    """Whether the journal is this person's daily work: it may be read, and nothing may be done. One query."""
    rights = rights_anywhere(user)
    return VIEW_JOURNAL in rights and rights <= READING and len(rights) < len(ORGANISATION_PERMISSIONS)

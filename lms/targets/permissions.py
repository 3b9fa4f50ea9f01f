"""Who sees targets and who sets them.

Two rights that exist already say it: whoever answers for a place sees its targets, whoever decides about classes there
sets them. Both reach down to every organisation below, so a city sees and sets for its whole tree.
"""

from courses.people.models import Organisation, User
from courses.people.permissions import APPROVE_CLASSES, MANAGE_ORGANISATION, may

VIEW_TARGETS = MANAGE_ORGANISATION
SET_TARGETS = APPROVE_CLASSES


def may_set(user: User, organisation: Organisation) -> bool:
    """Whether the user may set, change and submit targets of an organisation."""
    return may(user, SET_TARGETS, organisation)

"""Who may bring in a roster: who may open files at the place, and for a class also plan it."""

from courses.classes.models import TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_LEARNERS, OPEN_CLASSES, RESET_PIN, may


def can_bring_in(user: User, organisation: Organisation, training_class: TrainingClass | None = None) -> bool:
    """Whether the user may bring in a roster for a place, or for a class held there."""
    if not may(user, MANAGE_LEARNERS, organisation):
        return False
    if training_class is None:
        return True
    return training_class.host_id == organisation.pk and may_in_class(user, OPEN_CLASSES, training_class)


def can_print_cards(user: User, organisation: Organisation) -> bool:
    """Whether the user may print the sign-in cards of a roster brought in there (and makes them by bringing it in)."""
    return may(user, RESET_PIN, organisation)

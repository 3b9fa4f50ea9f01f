"""Who may propose and confirm results, and who sees the marks behind them (PRV-3b)."""

from django.core.exceptions import PermissionDenied

from courses.classes.models import TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.models import User
from courses.people.permissions import CONFIRM_RESULTS, EXAMINE, VIEW_RESULTS


def may_propose(user: User, training_class: TrainingClass) -> bool:
    """Examiners of the class, and whoever may confirm: but nobody confirms what he or she has proposed."""
    return any(may_in_class(user, right, training_class) for right in (EXAMINE, CONFIRM_RESULTS))


def may_close(user: User, training_class: TrainingClass) -> bool:
    """Whether the user may close the class (CLS-7)."""
    return may_in_class(user, CONFIRM_RESULTS, training_class)


def sees_marks(user: User, training_class: TrainingClass) -> bool:
    """Whether the user sees marks, or passed and not passed only, as officers of the place do (PRV-3b)."""
    return any(may_in_class(user, right, training_class) for right in (VIEW_RESULTS, EXAMINE))


def refuse_unless_may_propose(user: User | None, training_class: TrainingClass) -> None:
    """Refuse (PermissionDenied) somebody who may not propose results. Nobody (None) is the system itself."""
    if user is not None and not may_propose(user, training_class):
        raise PermissionDenied

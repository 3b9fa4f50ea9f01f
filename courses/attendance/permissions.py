"""Who may mark a register. The other form of the question is `ClassSession.objects.markable_by(user)`."""

from courses.classes.models import ClassSession
from courses.classes.permissions import may_in_class
from courses.people.models import User
from courses.people.permissions import MARK_REGISTERS


def can_mark(user: User, session: ClassSession) -> bool:
    """Whether the user may mark the register of a session: assigned to the class, or by a post at its school or place."""
    return may_in_class(user, MARK_REGISTERS, session.training_class)

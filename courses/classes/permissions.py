"""Rights on a class: from a post at its host or its school, or from an assignment to the class itself."""

from django.core.exceptions import PermissionDenied

from courses.classes.models import TrainerAssignment, TrainingClass
from courses.people.models import Organisation, User
from courses.people.permissions import (
    CLASS_PERMISSIONS,
    EXAMINE,
    MARK_REGISTERS,
    OPEN_CLASSES,
    READ_PLANS,
    REVIEW_PLANS,
    RUN_EXAMS,
    VIEW_CLASSES,
    VIEW_RESULTS,
    Role,
    grants,
    may,
    once,
    rights_anywhere,
    rights_on,
)

CLASS_ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    TrainerAssignment.Role.TRAINER: frozenset({VIEW_CLASSES, MARK_REGISTERS, VIEW_RESULTS, READ_PLANS}),
    TrainerAssignment.Role.EXAMINER: frozenset({VIEW_CLASSES, EXAMINE}),
    TrainerAssignment.Role.INVIGILATOR: frozenset({VIEW_CLASSES, RUN_EXAMS}),
    TrainerAssignment.Role.EXPERT: frozenset({READ_PLANS, REVIEW_PLANS}),
}

# Whose post fits a role in a class: what the screen offers. An officer may watch a room; a trainer may examine others.
FITTING_POSTS: dict[str, frozenset[str]] = {
    TrainerAssignment.Role.TRAINER: frozenset({Role.TRAINER}),
    TrainerAssignment.Role.EXAMINER: frozenset({Role.EXAMINER, Role.TRAINER}),
    TrainerAssignment.Role.INVIGILATOR: frozenset({Role.INVIGILATOR, Role.EXAMINER, Role.TRAINER, Role.OFFICER}),
    TrainerAssignment.Role.EXPERT: frozenset({Role.EXPERT}),
}


def may_in_class(user: User, permission: str, training_class: TrainingClass) -> bool:
    """Whether the user holds a right on a class: the other form of `TrainingClass.objects.where`. One small query."""
    if not user.is_active or user.is_superuser:
        return bool(user.is_active)
    places = [training_class.host_id, training_class.provider_id]
    found = grants(user, Organisation, [permission], places)
    if permission in CLASS_PERMISSIONS:
        found = found | grants(user, TrainingClass, [permission], [training_class.pk])
    return found.exists()


def holds_in_classes(user: User, permission: str) -> bool:
    """Whether there is any class on which the user holds a right, `TrainingClass.objects.where(...).exists()`: for menus, home
    pages and the doors of screens, asked `once` in a request."""
    if not user.is_active:
        return False
    if permission in rights_on(user, TrainingClass, CLASS_PERMISSIONS):
        return True
    if permission not in rights_anywhere(user):
        return False
    return once(user, ("holds in classes", permission), TrainingClass.objects.where(user, permission).exists)


def may_open(user: User, *, host: Organisation, provider: Organisation) -> bool:
    """Whether the user may plan a class of this school at this place: either side may begin."""
    return may(user, OPEN_CLASSES, host) or may(user, OPEN_CLASSES, provider)


def refuse_unless(by: User | None, permission: str, training_class: TrainingClass) -> None:
    """Refuse (PermissionDenied) a user without a right on the class. Nobody (None) is the system itself."""
    if by is not None and not may_in_class(by, permission, training_class):
        raise PermissionDenied

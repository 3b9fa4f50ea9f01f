"""Who may enter marks, and where a second person is."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.classes.models import TrainerAssignment, TrainingClass
from courses.classes.permissions import refuse_unless
from courses.people.models import Organisation, User
from courses.people.permissions import EXAMINE


def is_only_trainer(user: User, training_class: TrainingClass) -> bool:
    """Whether nobody else teaches the class: such a trainer does not examine it as well (考培分离, EXM-4)."""
    trainers = training_class.assignments.filter(role=TrainerAssignment.Role.TRAINER)
    return set(trainers.values_list("user", flat=True)) == {user.pk}


def refuse_unless_examiner(user: User | None, training_class: TrainingClass) -> None:
    """Refuse (PermissionDenied) somebody without the right to enter marks, and (ValidationError) the class's only trainer."""
    refuse_unless(user, EXAMINE, training_class)
    if user is not None and is_only_trainer(user, training_class):
        raise ValidationError(
            _("%(name)s is the only trainer of this class. Somebody else examines it.") % {"name": user.get_full_name()}
        )


def second_person_at(training_class: TrainingClass, permission: str, by: User) -> Organisation:
    """The organisation at which a second person is asked: the school if somebody else there has the right, else the place."""
    others = User.objects.with_right(permission, training_class.provider).exclude(pk=by.pk)
    return training_class.provider if others.exists() else training_class.host

"""Who works in a class, and the rights that follow from it."""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.models import UserObjectPermission

from courses.classes.actions.booking import refuse_double_booking
from courses.classes.actions.drafting import refuse_if_over
from courses.classes.models import TrainerAssignment, TrainingClass
from courses.classes.permissions import CLASS_ROLE_PERMISSIONS, refuse_unless
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import OPEN_CLASSES


def assign(
    *, training_class: TrainingClass, user: User, role: str, by: User | None, at: datetime | None = None
) -> TrainerAssignment:
    """Give somebody a role in a class; the rights on the class follow at once. The same again returns the assignment.

    The first trainer takes the sessions that have none. Refuses (ValidationError) a closed account, a class that is over,
    a trainer whose every qualification has expired by the first day, and a trainer who is elsewhere then (CLS-5).
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        existing = training_class.assignments.filter(user=user, role=role).first()
        if existing:
            return existing
        refuse_if_over(training_class)
        if not user.is_active:
            raise ValidationError({"user": _("This account is closed.")})
        is_trainer = role == TrainerAssignment.Role.TRAINER
        if is_trainer:
            _refuse_expired(user, training_class)
            if not training_class.assignments.filter(role=role).exists():
                _take_sessions(training_class, user)
        assignment = TrainerAssignment(training_class=training_class, user=user, role=role, since=at or timezone.now())
        assignment.full_clean()
        assignment.save(force_insert=True)
        derive_class_rights(training_class=training_class, user=user)
        record(verb="classes.assign", about=assignment, by=by, organisation=training_class.host_id, at=at)
    return assignment


def unassign(*, assignment: TrainerAssignment, by: User | None) -> None:
    """End a role in a class; its rights go at once, except those of another role. Future sessions lose their trainer.

    Refuses (ValidationError) to take the last trainer from a class that runs.
    """
    training_class = assignment.training_class
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        user, role = assignment.user, assignment.role
        if not TrainerAssignment.objects.filter(pk=assignment.pk).exists():
            return
        if role == TrainerAssignment.Role.TRAINER:
            others = training_class.assignments.filter(role=role).exclude(pk=assignment.pk)
            if training_class.state == TrainingClass.State.RUNNING and not others.exists():
                raise ValidationError(_("A running class needs a trainer. Add the new one first."))
            training_class.sessions.filter(trainer=user, starts_at__gt=timezone.now()).update(trainer=None)
        record(verb="classes.unassign", about=assignment, by=by, organisation=training_class.host_id)
        assignment.delete()
        derive_class_rights(training_class=training_class, user=user)


def derive_class_rights(*, training_class: TrainingClass, user: User) -> None:
    """Make a user's grants on a class equal to the roles held in it. The only function that writes rights on classes."""
    roles = training_class.assignments.filter(user=user).values_list("role", flat=True)
    wanted = {name for role in roles for name in CLASS_ROLE_PERMISSIONS[role]}
    content_type = ContentType.objects.get_for_model(TrainingClass)
    known = {permission.codename: permission for permission in Permission.objects.filter(content_type=content_type)}
    grants = UserObjectPermission.objects.filter(
        user=user, content_type=content_type, object_pk=str(training_class.pk)
    ).select_related("permission")
    current = {grant.permission.codename: grant for grant in grants}
    gone = [grant.pk for name, grant in current.items() if name not in wanted]
    UserObjectPermission.objects.filter(pk__in=gone).delete()
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user=user, permission=known[name], content_type=content_type, object_pk=str(training_class.pk)
        )
        for name in sorted(wanted - set(current))
    )


def _refuse_expired(user: User, training_class: TrainingClass) -> None:
    held = list(user.qualifications.all())
    if held and not any(one.valid_on(training_class.starts_on) for one in held):
        ends = [one.valid_to for one in held if one.valid_to]
        raise ValidationError(
            {
                "user": _("%(name)s: the qualification ended on %(date)s. Enter the renewed one, or choose another.")
                % {"name": user.get_full_name(), "date": max(ends).isoformat() if ends else "—"}
            }
        )


def _take_sessions(training_class: TrainingClass, user: User) -> None:
    free = list(training_class.sessions.taking_place().filter(trainer=None))
    own = [session.pk for session in free]
    refuse_double_booking(training_class, [(session.span(), None, user.pk) for session in free], leaving_out=own)
    training_class.sessions.filter(pk__in=[session.pk for session in free]).update(trainer=user)

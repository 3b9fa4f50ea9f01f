"""Drafting a class, mending the draft, giving it up."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.models import Edition, Programme
from courses.catalogue.rules import RunRules
from courses.classes.models import ClassApplication, TrainingClass
from courses.classes.permissions import may_open, refuse_unless
from courses.journal.actions import record
from courses.people.models import Countersign, Organisation, User
from courses.people.permissions import OPEN_CLASSES

OVER = (TrainingClass.State.CLOSED, TrainingClass.State.CANCELLED)


def draft_class(
    *,
    class_no: str,
    edition: Edition,
    provider: Organisation,
    host: Organisation,
    capacity: int,
    starts_on: date,
    ends_on: date,
    by: User | None,
    programme: Programme | None = None,
    at: datetime | None = None,
) -> TrainingClass:
    """Draft a class (开班申请 begins here); the rules of its programme are copied into it.

    Refuses (PermissionDenied) whoever may not plan classes at the host or the school; (ValidationError) a number in use,
    dates in the wrong order, a withdrawn course, and more places than the programme allows (CLS-2).
    """
    if by is not None and not may_open(by, host=host, provider=provider):
        raise PermissionDenied
    run_rules = programme.rule_set.rules if programme else RunRules()
    with transaction.atomic():
        training_class = TrainingClass(
            class_no=class_no.strip(), edition=edition, provider=provider, host=host, programme=programme,
            capacity=capacity, starts_on=starts_on, ends_on=ends_on, run_rules_data=run_rules.to_json(),
            created_at=at or timezone.now(),
        )  # fmt: skip
        if edition.course.withdrawn_at is not None:
            raise ValidationError({"edition": _("This course is no longer offered. Choose another.")})
        _refuse_impossible(training_class)
        training_class.save(force_insert=True)
        ClassApplication.objects.create(training_class=training_class)
        record(verb="classes.draft_class", about=training_class, by=by, organisation=host, at=at)
    return training_class


def change_class(*, training_class: TrainingClass, by: User | None, reason: str = "", **changes: Any) -> TrainingClass:
    """Change number, places, dates or programme. After the approval a reason is needed (CLS-4).

    Refuses (ValidationError) a class that is over, fewer places than learners, and what `draft_class` refuses.
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        refuse_if_over(training_class)
        changed = {name for name, value in changes.items() if getattr(training_class, name) != value}
        if not changed:
            return training_class
        if training_class.is_approved and not reason.strip():
            raise ValidationError(_("The class has been approved. Say why it is changed."))
        if training_class.is_approved and changed & {"edition", "provider", "host"}:
            raise ValidationError(_("Course, school and place stay as they were approved."))
        for name in changed:
            setattr(training_class, name, changes[name])
        if "programme" in changed:
            rules = training_class.programme.rule_set.rules if training_class.programme else RunRules()
            training_class.run_rules_data = rules.to_json()
        _refuse_impossible(training_class)
        _refuse_what_no_longer_fits(training_class)
        training_class.save()
        record(
            verb="classes.change_class", about=training_class, by=by, organisation=training_class.host_id,
            fields=changed, reason=reason,
        )  # fmt: skip
    return training_class


def cancel_class(*, training_class: TrainingClass, by: User | None, reason: str) -> TrainingClass:
    """Give up a class that has not begun. Its number stays taken. Cancelling twice changes nothing.

    Refuses (ValidationError) a class that runs or is closed, and a missing reason.
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        if training_class.state == TrainingClass.State.CANCELLED:
            return training_class
        if training_class.state in (TrainingClass.State.RUNNING, TrainingClass.State.CLOSED):
            raise ValidationError(_("The class has begun. It can be closed, but not cancelled."))
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the class is cancelled.")})
        if Countersign.objects.waiting().filter(act="classes.approve", object_id=str(training_class.pk)).exists():
            raise ValidationError(_("The application is waiting for a decision. Ask for it to be sent back first."))
        training_class.state = TrainingClass.State.CANCELLED
        training_class.save(update_fields=["state"])
        record(
            verb="classes.cancel_class", about=training_class, by=by, organisation=training_class.host_id,
            reason=reason,
        )  # fmt: skip
    return training_class


def refuse_if_over(training_class: TrainingClass) -> None:
    """Refuse (ValidationError) a class that is closed or cancelled."""
    if training_class.state in OVER:
        raise ValidationError(
            _("Class %(class_no)s is over. Nothing is added to it.") % {"class_no": training_class.class_no}
        )


def _refuse_impossible(training_class: TrainingClass) -> None:
    if training_class.ends_on < training_class.starts_on:
        raise ValidationError({"ends_on": _("The last day is before the first day.")})
    most = training_class.run_rules.max_learners
    if training_class.capacity > most:
        raise ValidationError(
            {"capacity": _("The rules of this programme allow %(most)s learners in a class.") % {"most": most}}
        )
    training_class.full_clean()


def _refuse_what_no_longer_fits(training_class: TrainingClass) -> None:
    taken = training_class.enrolments.on_roster().count()
    if training_class.capacity < taken:
        raise ValidationError({"capacity": _("%(taken)s learners are in the class already.") % {"taken": taken}})
    for session in training_class.sessions.taking_place():
        if not training_class.starts_on <= timezone.localdate(session.starts_at) <= training_class.ends_on:
            raise ValidationError(
                _("Session %(number)s lies outside these days. Move it first.") % {"number": session.number}
            )

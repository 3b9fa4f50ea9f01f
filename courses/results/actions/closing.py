"""Closing a class (CLS-7)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance.models import AttendanceRecord
from courses.classes.models import Enrolment, TrainingClass
from courses.journal.actions import record
from courses.people.models import User
from courses.results.actions.proposing import locked, refuse_unfinished
from courses.results.permissions import may_close
from courses.words import listed


def close_class(*, training_class: TrainingClass, by: User | None, at: datetime | None = None) -> TrainingClass:
    """Close a class: everybody who is still in it ends as completed (结业: the hours are met) or as not completed.

    Exams do not decide this: they have their own results. Resits may follow after the closing. Closing twice changes nothing.
    Refuses (PermissionDenied) without `CONFIRM_RESULTS`; (ValidationError) a class that does not run, naming them held
    sessions that are not fully marked and sessions still to come, and learners who are paused: they have no end state yet.
    """
    if by is not None and not may_close(by, training_class):
        raise PermissionDenied
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = locked(training_class)
        if training_class.state == TrainingClass.State.CLOSED:
            return training_class
        if training_class.state != TrainingClass.State.RUNNING:
            raise ValidationError(_("Only a class that runs can be closed."))
        refuse_unfinished(training_class, moment)
        _refuse_paused(training_class)
        hours = AttendanceRecord.objects.hours_of(training_class, moment)
        active = list(training_class.enrolments.active().select_for_update(of=("self",)))
        for enrolment in active:
            met = hours[enrolment.pk].met
            enrolment.state = Enrolment.State.COMPLETED if met else Enrolment.State.INCOMPLETE
            enrolment.end_reason = "" if met else Enrolment.EndReason.HOURS_SHORT
            enrolment.ended_at = moment
        Enrolment.objects.bulk_update(active, ["state", "end_reason", "ended_at"])
        training_class.state, training_class.closed_at = TrainingClass.State.CLOSED, moment
        training_class.save(update_fields=["state", "closed_at"])
        record(
            verb="results.close_class", about=training_class, by=by, organisation=training_class.host_id,
            fields=["state", "closed_at"], at=at,
        )  # fmt: skip
    return training_class


def _refuse_paused(training_class: TrainingClass) -> None:
    paused = training_class.enrolments.filter(state=Enrolment.State.SUSPENDED).select_related("learner")
    if paused:
        names = listed(enrolment.learner.full_name for enrolment in paused)
        raise ValidationError(
            _("Paused and without an end: %(names)s. Take them up again, or off the class, first.") % {"names": names}
        )

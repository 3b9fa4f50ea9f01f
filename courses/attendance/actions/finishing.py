"""Finishing a register."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance.actions.refusing import locked_for, refuse_now
from courses.attendance.models import AttendanceRecord, Register
from courses.attendance.rules import finishable_from
from courses.classes.models import ClassSession, Enrolment
from courses.journal.actions import record
from courses.people.models import User


def close_register(*, session: ClassSession, by: User | None, at: datetime | None = None) -> Register:
    """Finish a register: from here on a change needs a reason and a second person. Finishing twice changes nothing.

    Refuses (ValidationError) while anybody on it has no mark, and before the session is over: one that ended early says first
    how many minutes were held (`classes.interrupt`).
    """
    moment = at or timezone.now()
    with transaction.atomic():
        session = locked_for(session, by)
        register, _created = Register.objects.get_or_create(session=session, defaults={"opened_at": moment})
        if register.closed_at is not None:
            return register
        refuse_now(session, moment)
        _refuse_before_the_end(session, moment)
        marked = AttendanceRecord.objects.live().filter(session=session).values("enrolment")
        open_count = Enrolment.objects.due_at(session).exclude(pk__in=marked).count()
        if open_count:
            raise ValidationError(
                _("%(count)s learners are not marked yet. The hours count once everybody is.") % {"count": open_count}
            )
        register.closed_at, register.closed_by = moment, by
        register.save(update_fields=["closed_at", "closed_by"])
        record(
            verb="attendance.close_register", about=session, by=by, organisation=session.training_class.host_id, at=at
        )
    return register


def _refuse_before_the_end(session: ClassSession, moment: datetime) -> None:
    """All planned hours count for everybody present: so nobody finishes them while they are still to be held (ATT-2)."""
    if moment < finishing_time(session):
        values = {
            "end": f"{timezone.localtime(session.held_until):%H:%M}",
            "from": f"{timezone.localtime(finishing_time(session)):%H:%M}",
        }
        raise ValidationError(
            _(
                "This session goes on until %(end)s: its register is finished from %(from)s on. What you marked is stored. "
                "If it ended early, note under “Broken off…” how many minutes were held, then finish."
            )
            % values
        )


def finishing_time(session: ClassSession) -> datetime:
    """From when on the register of a session may be finished."""
    return finishable_from(session.held_until, session.training_class.run_rules.late_tolerance_minutes)

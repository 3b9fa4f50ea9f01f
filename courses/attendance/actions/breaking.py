"""A session that was broken off, as its register sees it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.attendance.actions.refusing import locked
from courses.attendance.models import Register
from courses.classes.actions import interrupt
from courses.classes.models import ClassSession
from courses.people.models import User


def break_off(
    *, session: ClassSession, held_minutes: int, by: User | None, reason: str = "", at: datetime | None = None
) -> ClassSession:
    """Note after how many minutes a session was broken off (`classes.interrupt`, with its refusals).

    Refuses (ValidationError) more minutes than count now once the register is finished: hours that everybody gains need more
    than one person's word (ATT-5).
    """
    with transaction.atomic():
        session = locked(session)
        is_finished = Register.objects.filter(session=session, closed_at__isnull=False).exists()
        if is_finished and held_minutes > session.minutes:
            text = _("The register is finished with %(minutes)s minutes: from now on they can only become fewer.")
            raise ValidationError({"held_minutes": text % {"minutes": session.minutes}})
        return interrupt(session=session, held_minutes=held_minutes, by=by, reason=reason, at=at)

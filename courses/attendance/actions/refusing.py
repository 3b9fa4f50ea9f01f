"""What is refused on a register, under the lock of its session."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance.models import Register
from courses.attendance.rules import Mark, correction_deadline, mark_problem
from courses.classes.models import ClassSession, ClassSessionQuerySet, Enrolment, TrainingClass
from courses.people.models import User
from courses.words import listed


def locked_for(session: ClassSession, by: User | None) -> ClassSession:
    """`locked`, for whoever may mark the register (None: the system itself), asked in the same statement.

    Refuses (PermissionDenied) everybody else.
    """
    if by is None:
        return locked(session)
    found = _lockable().with_right_to_mark(by).get(pk=session.pk)
    if not found.markable:  # type: ignore[attr-defined]  # with_right_to_mark
        raise PermissionDenied
    return found


def locked(session: ClassSession) -> ClassSession:
    """A session, locked, with its class and edition. To be called inside a transaction."""
    return _lockable().get(pk=session.pk)


def _lockable() -> ClassSessionQuerySet:
    found = ClassSession.objects.select_for_update(of=("self",))
    return found.select_related("training_class", "training_class__edition")


def refuse_now(session: ClassSession, moment: datetime) -> None:
    if session.state == ClassSession.State.CANCELLED:
        raise ValidationError(_("This session was cancelled."))
    if session.starts_at > moment:
        begins = timezone.localtime(session.starts_at)
        raise ValidationError(
            _("This session begins at %(when)s. Mark it from then on.") % {"when": f"{begins:%Y-%m-%d %H:%M}"}
        )
    if session.training_class.state != TrainingClass.State.RUNNING:
        raise ValidationError(_("Registers are marked while the class runs."))


def refuse_strangers(session: ClassSession, marks: Mapping[int, Mark], *, everybody: bool) -> dict[int, Enrolment]:
    """The enrolments that are marked, or everybody on the register, in its order."""
    due = Enrolment.objects.due_at(session).select_related("learner").order_by("roster_no")
    found = {one.pk: one for one in (due if everybody else due.filter(pk__in=list(marks)))}
    if not found.keys() >= marks.keys():
        raise ValidationError(
            _("Somebody among the marks is not on the register of this session. Open it again from the class.")
        )
    return found


def refuse_minutes(session: ClassSession, marks: Mapping[int, Mark], enrolments: Mapping[int, Enrolment]) -> None:
    sentences = {
        "minutes_needed": _("%(name)s: how many minutes?"),
        "minutes_too_many": _("%(name)s: the session has %(minutes)s minutes. Who missed them all was absent."),
        "minutes_not_here": _("%(name)s: minutes belong to late and left early only."),
    }
    problems = {pk: mark_problem(mark, session.minutes) for pk, mark in marks.items()}
    found = [
        sentences[problem] % {"name": enrolments[pk].learner.full_name, "minutes": session.minutes}
        for pk, problem in problems.items()
        if problem
    ]
    if found:
        raise ValidationError(found)


def refuse_late_changes(
    session: ClassSession, register: Register, moment: datetime, first_marked: Mapping[int, datetime],
    enrolments: Mapping[int, Enrolment],
) -> None:  # fmt: skip
    hours = session.training_class.run_rules.correction_hours
    late = [
        enrolments[pk].learner.full_name
        for pk, first in first_marked.items()
        if register.closed_at is not None or moment > correction_deadline(session.ends_at, first, hours)
    ]
    if late:
        raise ValidationError(
            _("%(names)s: this mark stands. Ask for a correction, with a reason; a second person decides.")
            % {"names": listed(late)}
        )

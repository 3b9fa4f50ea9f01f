"""The timetable of a class."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.actions.booking import refuse_double_booking
from courses.classes.actions.drafting import refuse_if_over
from courses.classes.models import ClassSession, TimetableChange, TrainerAssignment, TrainingClass
from courses.classes.permissions import refuse_unless
from courses.classes.rules import PlannedSession, overlap
from courses.journal.actions import record
from courses.people.models import Room, User
from courses.people.permissions import OPEN_CLASSES


def plan_sessions(
    *, training_class: TrainingClass, sessions: Sequence[PlannedSession], by: User | None, reason: str = "",
    at: datetime | None = None,
) -> list[ClassSession]:  # fmt: skip
    """Add sessions to the timetable; returns them in their order. A session that stands there already is returned, not doubled.

    Where no trainer is named and the class has exactly one, it is that one. Refuses (ValidationError) days outside the class,
    a trainer who is not assigned to it, a foreign room, double bookings (CLS-5), and after the approval a missing reason (CLS-4).
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        refuse_if_over(training_class)
        there = {(one.starts_at, one.kind): one for one in training_class.sessions.taking_place()}
        wanted = sorted(sessions, key=lambda one: one.starts_at)
        new = [one for one in wanted if (one.starts_at, one.kind) not in there]
        if new:
            _refuse_without_reason(training_class, reason)
            for created in _create(training_class, new):
                there[created.starts_at, created.kind] = created
            what = _("%(count)s sessions added") % {"count": len(new)}
            note_change(training_class, what=what, reason=reason, by=by, at=at)
            record(
                verb="classes.plan_sessions", about=training_class, by=by, organisation=training_class.host_id,
                reason=reason, at=at,
            )  # fmt: skip
    return [there[one.starts_at, one.kind] for one in wanted]


def move_session(
    *, session: ClassSession, planned: PlannedSession, by: User | None, reason: str = "", at: datetime | None = None
) -> ClassSession:
    """Change a session that has not begun: time, kind, hours, topic, room, trainer. Refuses as `plan_sessions` does."""
    refuse_unless(by, OPEN_CLASSES, session.training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=session.training_class_id)
        session = ClassSession.objects.select_for_update().get(pk=session.pk)
        refuse_if_over(training_class)
        _refuse_begun(session, at)
        if session.planned() == planned:
            return session
        _refuse_without_reason(training_class, reason)
        if session.makes_up_id and session.planned_half_hours != planned.planned_half_hours:
            raise ValidationError(_("A make-up session has the hours that were lost."))
        refuse_unfit(training_class, [planned])
        span = (planned.starts_at, planned.ends_at)
        refuse_double_booking(training_class, [(span, planned.room_id, planned.trainer_id)], leaving_out=[session.pk])
        what = _("Session %(number)s changed") % {"number": session.number}
        for name in ("starts_at", "kind", "planned_half_hours", "topic", "room_id", "trainer_id"):
            setattr(session, name, getattr(planned, name))
        session.full_clean()
        session.save()
        note_change(training_class, what=what, reason=reason, by=by, at=at)
        record(
            verb="classes.move_session", about=session, by=by, organisation=training_class.host_id, reason=reason, at=at
        )
    return session


def cancel_session(*, session: ClassSession, by: User | None, reason: str, at: datetime | None = None) -> ClassSession:
    """Take a session that has not begun off the timetable; its number stays. Cancelling twice changes nothing.

    Refuses (ValidationError) a missing reason, and a session that has begun: that one was interrupted (`interrupt`).
    """
    refuse_unless(by, OPEN_CLASSES, session.training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=session.training_class_id)
        session = ClassSession.objects.select_for_update().get(pk=session.pk)
        if session.state == ClassSession.State.CANCELLED:
            return session
        refuse_if_over(training_class)
        _refuse_begun(session, at)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the session is cancelled.")})
        session.state = ClassSession.State.CANCELLED
        session.makes_up = None  # what it should have made up can be planned again
        session.save(update_fields=["state", "makes_up"])
        what = _("Session %(number)s cancelled") % {"number": session.number}
        note_change(training_class, what=what, reason=reason, by=by, at=at)
        record(
            verb="classes.cancel_session", about=session, by=by, organisation=training_class.host_id, reason=reason,
            at=at,
        )  # fmt: skip
    return session


def next_number(training_class: TrainingClass) -> int:
    """The number of the next session; the class must be locked."""
    return (training_class.sessions.aggregate(last=Max("number"))["last"] or 0) + 1


def note_change(training_class: TrainingClass, *, what: str, reason: str, by: User | None, at: datetime | None) -> None:
    """Keep why the approved timetable was changed (CLS-4); before the approval there is nothing to keep."""
    if training_class.is_approved:
        TimetableChange.objects.create(
            training_class=training_class, what=what, reason=reason, changed_by=by, changed_at=at or timezone.now()
        )


def refuse_unfit(training_class: TrainingClass, sessions: Sequence[PlannedSession]) -> None:
    """Refuse (ValidationError) sessions outside the days of the class, a trainer who is not assigned, a foreign room."""
    for planned in sessions:
        if not training_class.starts_on <= timezone.localdate(planned.starts_at) <= training_class.ends_on:
            raise ValidationError(
                _("The class runs from %(first)s to %(last)s. Choose a day in between.")
                % {"first": training_class.starts_on, "last": training_class.ends_on}
            )
    assigned = set(
        training_class.assignments.filter(role=TrainerAssignment.Role.TRAINER).values_list("user_id", flat=True)
    )
    if {planned.trainer_id for planned in sessions} - assigned - {None}:
        raise ValidationError(_("Add the trainer to the class first."))
    places = {training_class.host_id, training_class.provider_id}
    rooms = {planned.room_id for planned in sessions if planned.room_id}
    if Room.objects.filter(pk__in=rooms, organisation__in=places).count() != len(rooms):
        raise ValidationError(_("Choose a room of the place or of the school."))


def _create(training_class: TrainingClass, planned: list[PlannedSession]) -> list[ClassSession]:
    refuse_unfit(training_class, planned)
    for before, after in pairwise(planned):
        if overlap(before.starts_at, before.ends_at, after.starts_at, after.ends_at):
            raise ValidationError(_("Two of the new sessions are at the same time."))
    trainers = list(
        training_class.assignments.filter(role=TrainerAssignment.Role.TRAINER).values_list("user_id", flat=True)
    )
    only = trainers[0] if len(trainers) == 1 else None
    sessions = [
        ClassSession(
            training_class=training_class, number=number, kind=one.kind, starts_at=one.starts_at,
            planned_half_hours=one.planned_half_hours, topic=one.topic, room_id=one.room_id,
            trainer_id=one.trainer_id or only,
        )
        for number, one in enumerate(planned, start=next_number(training_class))
    ]  # fmt: skip
    refuse_double_booking(training_class, [(one.span(), one.room_id, one.trainer_id) for one in sessions])
    for session in sessions:
        session.clean_fields()
    return ClassSession.objects.bulk_create(sessions)


def _refuse_begun(session: ClassSession, at: datetime | None) -> None:
    if session.starts_at <= (at or timezone.now()):
        raise ValidationError(_("The session has begun. If it was broken off, enter the minutes that were held."))


def _refuse_without_reason(training_class: TrainingClass, reason: str) -> None:
    if training_class.is_approved and not reason.strip():
        raise ValidationError({"reason": _("The timetable has been approved. Say why it changes.")})

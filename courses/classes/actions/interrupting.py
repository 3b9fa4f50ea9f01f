"""A session that was broken off, and the session that makes up for it (ATT-2)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.actions.booking import refuse_double_booking
from courses.classes.actions.drafting import refuse_if_over
from courses.classes.actions.timetable import next_number, note_change
from courses.classes.models import ClassSession, TrainingClass
from courses.classes.permissions import may_in_class, refuse_unless
from courses.journal.actions import record
from courses.people.models import Room, User
from courses.people.permissions import MARK_REGISTERS, OPEN_CLASSES


def interrupt(
    *, session: ClassSession, held_minutes: int, by: User | None, reason: str = "", at: datetime | None = None
) -> ClassSession:
    """Note that a session was broken off after so many minutes (停): everyone present earns what was held (ATT-2).

    `session.half_hours_to_make_up` then says what `plan_make_up` has to offer. Nothing held (0) is possible. The minutes
    may be mended until the make-up is planned, for as long as a mark may be (ATT-5). Refuses (ValidationError) a session
    that has not begun, one that was cancelled, and minutes beyond the planned ones
    or beyond those that have passed.
    """
    refuse_unless(by, MARK_REGISTERS, session.training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        session = ClassSession.objects.select_for_update().select_related("training_class").get(pk=session.pk)
        if session.state == ClassSession.State.INTERRUPTED and session.held_minutes == held_minutes:
            return session
        _refuse_interruption(session, held_minutes, moment)
        session.state = ClassSession.State.INTERRUPTED
        session.held_minutes, session.interruption_reason = held_minutes, reason.strip()
        session.save(update_fields=["state", "held_minutes", "interruption_reason"])
        record(
            verb="classes.interrupt", about=session, by=by, organisation=session.training_class.host_id,
            fields=["held_minutes"], reason=reason, at=at,
        )  # fmt: skip
    return session


def plan_make_up(
    *, session: ClassSession, starts_at: datetime, by: User | None, room: Room | None = None, at: datetime | None = None
) -> ClassSession:
    """Plan the session (补课) that makes up for the lost half-hours; planning it twice returns the planned one.

    It may lie after the last day of the class, which then moves. Refuses (ValidationError) a session that lost nothing,
    a time before it, and double bookings (CLS-5). The interruption is the reason that CLS-4 asks for.
    """
    if by is not None and not may_in_class(by, MARK_REGISTERS, session.training_class):
        refuse_unless(by, OPEN_CLASSES, session.training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=session.training_class_id)
        session = ClassSession.objects.select_for_update().get(pk=session.pk)
        existing = ClassSession.objects.filter(makes_up=session).first()
        if existing:
            return existing
        refuse_if_over(training_class)
        lost = session.half_hours_to_make_up
        if lost == 0:
            raise ValidationError(_("Nothing was lost in this session: there is nothing to make up."))
        if starts_at <= session.starts_at:
            raise ValidationError({"starts_at": _("The make-up session comes after the one that was broken off.")})
        make_up = ClassSession(
            training_class=training_class, number=next_number(training_class), kind=session.kind, starts_at=starts_at,
            planned_half_hours=lost, topic=session.topic, room=room or session.room, trainer_id=session.trainer_id,
            makes_up=session,
        )  # fmt: skip
        refuse_double_booking(training_class, [(make_up.span(), make_up.room_id, make_up.trainer_id)])
        make_up.save(force_insert=True)
        if timezone.localdate(starts_at) > training_class.ends_on:
            training_class.ends_on = timezone.localdate(starts_at)
            training_class.save(update_fields=["ends_on"])
        what = _("Session %(new)s makes up for session %(old)s") % {"new": make_up.number, "old": session.number}
        reason = session.interruption_reason or _("The session was broken off.")
        note_change(training_class, what=what, reason=reason, by=by, at=at)
        record(verb="classes.plan_make_up", about=make_up, by=by, organisation=training_class.host_id, at=at)
    return make_up


def _refuse_interruption(session: ClassSession, held_minutes: int, moment: datetime) -> None:
    refuse_if_over(session.training_class)
    if session.state == ClassSession.State.CANCELLED:
        raise ValidationError(_("This session was cancelled."))
    if session.starts_at > moment:
        raise ValidationError(_("The session has not begun yet. Cancel it if it cannot take place."))
    if not 0 <= held_minutes < session.planned_minutes:
        raise ValidationError(
            {"held_minutes": _("Enter 0 to %(most)s minutes.") % {"most": session.planned_minutes - 1}}
        )
    if session.starts_at + timedelta(minutes=held_minutes) > moment:
        passed = int((moment - session.starts_at).total_seconds()) // 60
        raise ValidationError({"held_minutes": _("Only %(passed)s minutes have passed so far.") % {"passed": passed}})
    if session.state == ClassSession.State.INTERRUPTED:
        window = timedelta(hours=session.training_class.run_rules.correction_hours)
        if ClassSession.objects.filter(makes_up=session).exists() or moment > session.ends_at + window:
            raise ValidationError(_("The make-up has been planned, or the time for corrections is over."))

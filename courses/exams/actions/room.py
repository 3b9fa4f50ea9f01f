"""What the invigilator does for the whole room: pause, go on, give time, decide about outages, write a note."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.permissions import refuse_unless
from courses.exams.actions.closing import facts_of
from courses.exams.actions.incidents import end_pause, note_down, pressed_before
from courses.exams.actions.pulse import arrival
from courses.exams.actions.seats import open_again
from courses.exams.models import Attempt, Incident, Outage, Pause, Sitting
from courses.exams.rules.clock import Still
from courses.exams.rules.protocol import seconds_lost
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import RUN_EXAMS

LONGEST = 4 * 3600  # seconds that one press may add


def pause_room(*, sitting: Sitting, by: User | None, reason: str, at: datetime | None = None) -> Pause:
    """Stop the whole room: no time runs until it goes on, and no answer is lost. A paused room returns its pause.

    What was under way is accepted for ten seconds more. Needs `RUN_EXAMS`. Refuses (ValidationError) a missing reason and a
    sitting that is not open.
    """
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    moment = arrival(at)
    with transaction.atomic():
        sitting = _locked_open(sitting)
        existing = sitting.pauses.filter(until__isnull=True).first()
        if existing:
            return existing
        _refuse_no_reason(reason)
        pause, _new = Pause.objects.get_or_create(
            sitting=sitting, until=None, defaults={"since": moment, "reason": reason.strip()[:160], "by": by}
        )
        note_down(sitting, Incident.Kind.PAUSE, by=by, at=moment, reason=reason)
        _record("exams.pause_room", sitting, by, reason, moment)
    return pause


def resume_room(*, sitting: Sitting, by: User | None, reason: str = "", at: datetime | None = None) -> Sitting:
    """Let the room go on: everybody has exactly the time left that they had. A room that runs is left alone. Needs `RUN_EXAMS`."""
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        sitting = _locked_open(sitting)
        pause = end_pause(sitting, moment)
        if pause and pause.until:
            seconds = round((pause.until - pause.since).total_seconds())
            note_down(sitting, Incident.Kind.RESUME, by=by, at=moment, reason=reason, seconds=seconds)
            _record("exams.resume_room", sitting, by, reason, moment)
    return sitting


def extend(
    *, sitting: Sitting, seconds: int, reason: str, by: User | None, attempt: Attempt | None = None, press: str = "",
    at: datetime | None = None,
) -> Incident:  # fmt: skip
    """Give time: to one attempt, or to all that are open. Time is never taken away. Needs `RUN_EXAMS`.

    `press` names one press of the button: the same press again changes nothing. Refuses (ValidationError) a missing reason,
    less than a second, more than four hours, an attempt that is closed, a sitting that is not open.
    """
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        sitting = _locked_open(sitting)
        done = pressed_before(sitting, press)
        if done:
            return done
        _refuse_no_reason(reason)
        if not 1 <= seconds <= LONGEST:
            raise ValidationError({"minutes": _("Give from 1 minute to 4 hours at a time.")})
        attempts = Attempt.objects.select_for_update().filter(sitting=sitting).open().order_by("pk")
        if attempt is not None:
            attempts = attempts.filter(pk=attempt.pk)
        chosen = list(attempts)
        if not chosen:
            raise ValidationError(_("Nobody here is writing now."))
        Attempt.objects.filter(pk__in=[row.pk for row in chosen]).update(extra_seconds=F("extra_seconds") + seconds)
        incident = note_down(
            sitting, Incident.Kind.EXTEND, by=by, at=moment, reason=reason, attempt=attempt, seconds=seconds, press=press
        )  # fmt: skip
        _record("exams.extend", sitting, by, reason, moment)
    return incident


def give_back_outage(*, sitting: Sitting, outage: Outage, by: User | None, at: datetime | None = None) -> Incident:
    """Give the time during which the server was away back to everybody who was writing (EXM-5). Once only. Needs `RUN_EXAMS`.

    Whose time ran out meanwhile gets the paper back, with what was left when the server went away.
    """
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        sitting = _locked_open(sitting)
        done = Incident.objects.filter(sitting=sitting, outage=outage).first()
        if done:
            return done
        away = Still(outage.since, outage.until)
        for attempt in Attempt.objects.select_for_update(of=("self",)).select_related("sitting__exam__training_class").filter(
            sitting=sitting, started_at__lt=outage.until
        ).order_by("pk"):  # fmt: skip
            _give_back(attempt, away, moment)
        incident = note_down(
            sitting, Incident.Kind.OUTAGE, by=by, at=moment, seconds=outage.seconds, outage=outage
        )  # fmt: skip
        _record("exams.give_back_outage", sitting, by, "", moment)
    return incident


def keep_outage(
    *, sitting: Sitting, outage: Outage, by: User | None, reason: str, at: datetime | None = None
) -> Incident:
    """Decide, with a reason, not to give an outage back. Decided once. Needs `RUN_EXAMS`."""
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    _refuse_no_reason(reason)
    moment = at or timezone.now()
    with transaction.atomic():
        sitting = _locked_open(sitting)
        done = Incident.objects.filter(sitting=sitting, outage=outage).first()
        if done:
            return done
        incident = note_down(
            sitting, Incident.Kind.KEEP, by=by, at=moment, reason=reason, seconds=outage.seconds, outage=outage
        )  # fmt: skip
        _record("exams.keep_outage", sitting, by, reason, moment)
    return incident


def note(
    *, sitting: Sitting, text: str, by: User | None, attempt: Attempt | None = None, press: str = "",
    at: datetime | None = None,
) -> Incident:  # fmt: skip
    """Write a note into the log of the sitting. Needs `RUN_EXAMS`; refuses (ValidationError) an empty one."""
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    if not text.strip():
        raise ValidationError({"reason": _("Write what happened.")})
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
        done = pressed_before(sitting, press)
        if done:
            return done
        moment = at or timezone.now()
        incident = note_down(
            sitting, Incident.Kind.NOTE, by=by, at=moment, reason=text, attempt=attempt, press=press
        )  # fmt: skip
        _record("exams.note", sitting, by, "", moment)
    return incident


def _give_back(attempt: Attempt, away: Still, at: datetime) -> None:
    ran_out = attempt.state == Attempt.State.EXPIRED and attempt.closed_at and attempt.closed_at >= away.since
    if ran_out:
        open_again(attempt, closed_at=away.since, at=at)
    elif attempt.state == Attempt.State.OPEN:
        facts = facts_of(attempt)
        attempt.extra_seconds += seconds_lost(away, started_at=attempt.started_at, pauses=facts.pauses)
        attempt.save(update_fields=["extra_seconds"])


def _locked_open(sitting: Sitting) -> Sitting:
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("exam__training_class").get(pk=sitting.pk)
    if sitting.state != Sitting.State.OPEN:
        raise ValidationError(_("This sitting is not open."))
    return sitting


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the log keeps it.")})


def _record(verb: str, sitting: Sitting, by: User | None, reason: str, at: datetime) -> None:
    place = sitting.exam.training_class.host_id
    record(verb=verb, about=sitting, by=by, organisation=place, reason=reason.strip(), at=at)

"""What the invigilator does for one learner: move, hand in, open again, make void, go to the seat."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.permissions import refuse_unless
from courses.exams.actions.closing import close_attempt, facts_of, locked, mark
from courses.exams.actions.incidents import note_down
from courses.exams.models import Attempt, Grade, Incident, Sitting
from courses.exams.rules.protocol import seconds_to_return
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import RUN_EXAMS


def move_seat(*, attempt: Attempt, by: User | None, reason: str, at: datetime | None = None) -> Attempt:
    """Let a learner go on at another terminal: the old one is cut off at once, the next to be signed in at takes over.

    Needs `RUN_EXAMS`. Refuses (ValidationError) a missing reason and an attempt that is closed.
    """
    with transaction.atomic():
        attempt = _locked_open(attempt, by)
        if attempt.terminal is None:
            return attempt  # moved already, and nobody has sat down yet
        _refuse_no_reason(reason)
        attempt.terminal, attempt.token_seed, attempt.hand_raised_at = None, secrets.token_hex(16), None
        attempt.save(update_fields=["terminal", "token_seed", "hand_raised_at"])
        _write(attempt, Incident.Kind.MOVE, "exams.move_seat", by, reason, at)
    return attempt


def force_submit(*, attempt: Attempt, by: User | None, reason: str, at: datetime | None = None) -> Attempt:
    """Hand a learner's paper in as it is. A paper that is in already stays so. Needs `RUN_EXAMS` and a reason."""
    moment = at or timezone.now()
    with transaction.atomic():
        attempt = _locked(attempt, by)
        if attempt.state != Attempt.State.OPEN:
            return attempt
        _refuse_no_reason(reason)
        close_attempt(attempt, at=moment)
        _write(attempt, Incident.Kind.FORCE, "exams.force_submit", by, reason, moment)
    mark(attempt)
    return attempt


def reopen(
    *, attempt: Attempt, by: User | None, reason: str, seconds: int = 0, at: datetime | None = None
) -> Attempt:  # fmt: skip
    """Give a paper back that was handed in by mistake or ran out: with the time that was left, and `seconds` more.

    An open paper stays as it is. Needs `RUN_EXAMS`. Refuses (ValidationError) a missing reason, a void paper, a mark that
    the learner has seen or that was corrected, and a closed sitting.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        attempt = _locked(attempt, by)
        if attempt.state == Attempt.State.OPEN:
            return attempt
        _refuse_no_reason(reason)
        if attempt.state == Attempt.State.VOID:
            raise ValidationError(_("A void paper is not opened again. Plan another sitting."))
        if attempt.sitting.state != Sitting.State.OPEN:
            raise ValidationError(_("This sitting is not open."))
        open_again(attempt, closed_at=attempt.closed_at or moment, at=moment, more=max(0, seconds))
        _write(attempt, Incident.Kind.REOPEN, "exams.reopen", by, reason, moment, seconds=seconds)
    return attempt


def void(*, attempt: Attempt, by: User | None, reason: str, at: datetime | None = None) -> Attempt:
    """Make a paper void: its answers stay, it earns no mark, and the learner may sit at another sitting. Needs `RUN_EXAMS`.

    Refuses (ValidationError) a missing reason and a mark that the learner has seen or that was corrected.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        attempt = _locked(attempt, by)
        if attempt.state == Attempt.State.VOID:
            return attempt
        _refuse_no_reason(reason)
        _take_mark_back(attempt, moment)
        attempt.state, attempt.closed_at, attempt.hand_raised_at = Attempt.State.VOID, moment, None
        attempt.save(update_fields=["state", "closed_at", "hand_raised_at"])
        _write(attempt, Incident.Kind.VOID, "exams.void", by, reason, moment)
    return attempt


def go_to_seat(*, attempt: Attempt, by: User | None, at: datetime | None = None) -> Attempt:
    """Answer a raised hand. Needs `RUN_EXAMS`; where no hand is up nothing changes."""
    with transaction.atomic():
        attempt = _locked(attempt, by)
        if attempt.hand_raised_at is not None:
            attempt.hand_raised_at = None
            attempt.save(update_fields=["hand_raised_at"])
            _write(attempt, Incident.Kind.SEEN, "exams.go_to_seat", by, "", at)
    return attempt


def open_again(attempt: Attempt, *, closed_at: datetime, at: datetime, more: int = 0) -> None:
    """Open a closed attempt with the time it had at `closed_at`. Inside the transaction that locked it."""
    _take_mark_back(attempt, at)
    attempt.extra_seconds += seconds_to_return(facts_of(attempt), closed_at=closed_at, now=at, more=more)
    attempt.state, attempt.closed_at = Attempt.State.OPEN, None
    attempt.save(update_fields=["state", "closed_at", "extra_seconds"])


def _take_mark_back(attempt: Attempt, at: datetime) -> None:
    grade = Grade.objects.select_for_update().live().filter(attempt=attempt).first()
    if grade is None:
        return
    if grade.released_at is not None or grade.reason:
        raise ValidationError(_("The mark of this paper stands already. Ask for a correction of the mark instead."))
    grade.superseded_at = at
    grade.save(update_fields=["superseded_at"])


def _locked(attempt: Attempt, by: User | None) -> Attempt:
    attempt = locked(attempt.pk)
    refuse_unless(by, RUN_EXAMS, attempt.sitting.exam.training_class)
    return attempt


def _locked_open(attempt: Attempt, by: User | None) -> Attempt:
    attempt = _locked(attempt, by)
    if attempt.state != Attempt.State.OPEN:
        raise ValidationError(_("This paper has been handed in."))
    return attempt


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the log keeps it.")})


def _write(
    attempt: Attempt, kind: str, verb: str, by: User | None, reason: str, at: datetime | None, *, seconds: int = 0
) -> None:
    moment = at or timezone.now()
    note_down(attempt.sitting, kind, by=by, at=moment, reason=reason, attempt=attempt, seconds=seconds)
    place = attempt.sitting.exam.training_class.host_id
    record(verb=verb, about=attempt, by=by, organisation=place, reason=reason.strip(), at=moment)

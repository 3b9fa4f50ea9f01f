"""Sitting down at a terminal, staying, and leaving it to the next person.

Signing in and out is not in the journal: a `TerminalSession` is itself the fact, and rows are only ended. What staff do to
sessions is in the journal.
"""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from courses.journal.actions import record
from courses.people.models import Learner, Organisation, Room, User
from courses.terminals import rules
from courses.terminals.actions.signing import checked_card, refuse_second_seat, seat_held_by
from courses.terminals.models import Terminal, TerminalSession
from courses.terminals.permissions import sign_in_rules

End = TerminalSession.End
SWEPT_AFTER = timedelta(minutes=30)  # reading without JavaScript is silent: the browser's own clock ends such a session


def sign_in(
    *, terminal: Terminal, pin: str, learner_no: str = "", card_code: str = "", at: datetime | None = None
) -> tuple[TerminalSession, str]:
    """Seat a learner: by number and PIN, or card and PIN. Returns the session and the token for its cookie.

    One live session per learner and per terminal: older ones end. Refuses (SignInRefused) with code `refused`, `locked`
    or `elsewhere`, see `signing.checked_card`.
    """
    at = at or timezone.now()
    card = checked_card(terminal=terminal, learner_no=learner_no, card_code=card_code, pin=pin, at=at)
    token = rules.new_token()
    with transaction.atomic():
        learner = Learner.objects.select_for_update().get(pk=card.learner_id)
        Terminal.objects.select_for_update().get(pk=terminal.pk)
        refuse_second_seat(learner_id=learner.pk, terminal=terminal)
        for session in TerminalSession.objects.live().filter(Q(learner=learner) | Q(terminal=terminal)):
            _end(session, End.ELSEWHERE if session.learner_id == learner.pk else End.IDLE, at)
        session = TerminalSession.objects.create(
            terminal=terminal, learner=learner, token_hash=rules.digest(token), started_at=at, last_active_at=at
        )
    return session, token


def unlock(*, session: TerminalSession, pin: str, at: datetime | None = None) -> str:
    """Open a locked seat with the PIN of the person who sits there. Returns a new token: the old cookie is worth nothing.

    Refuses (SignInRefused) as `sign_in` does; wrong PINs count for the same lock-out.
    """
    at = at or timezone.now()
    checked_card(terminal=session.terminal, learner_no=session.learner.learner_no, card_code="", pin=pin, at=at)
    token = rules.new_token()
    live = TerminalSession.objects.live().filter(pk=session.pk)
    live.update(token_hash=rules.digest(token), last_active_at=at)
    return token


def beat(*, session: TerminalSession, at: datetime | None = None) -> bool:
    """Note that the learner is still there: at most one write in a beat's time. Returns whether it was written."""
    at = at or timezone.now()
    gap = timedelta(seconds=sign_in_rules().beat_seconds)
    # A little less than a beat, so that pages that beat exactly on time are each heard.
    due = TerminalSession.objects.live().filter(pk=session.pk, last_active_at__lte=at - gap * 0.9)
    return due.update(last_active_at=at) == 1


def sign_out(*, session: TerminalSession, at: datetime | None = None) -> None:
    """Leave the terminal to the next person. Leaving twice changes nothing."""
    _end(session, End.LEARNER, at or timezone.now())


def end_session(*, session: TerminalSession, by: User | None, at: datetime | None = None) -> None:
    """A member of staff ends one session. The screen has asked for the right; ending twice changes nothing."""
    at = at or timezone.now()
    with transaction.atomic():
        if _end(session, End.STAFF, at):
            organisation = session.terminal.organisation_id
            record(verb="terminals.end_session", about=session, by=by, organisation=organisation, at=at)


def end_room(
    *,
    by: User | None,
    room: Room | None = None,
    organisation: Organisation | None = None,
    learners: models.QuerySet[Learner] | None = None,
    at: datetime | None = None,
) -> int:
    """Everyone out (一键收场): end the live sessions of a room, of a whole organisation, or of some learners wherever they sit.

    Returns how many ended. What was saved is saved; the minutes signed in stay as evidence. The screen has asked for the
    right: an officer's is on the place, a trainer's is on the class. Repeating it ends nobody twice.
    """
    at = at or timezone.now()
    sessions = TerminalSession.objects.live().select_related("terminal")
    if room is not None:
        sessions = sessions.filter(terminal__room=room)
    elif organisation is not None:
        sessions = sessions.filter(terminal__organisation=organisation)
    elif learners is not None:
        sessions = sessions.filter(learner__in=learners)
    else:
        raise ValueError("Say whose sessions end: a room's, an organisation's or some learners'.")
    ended = 0
    with transaction.atomic():
        for session in sessions:
            if _end(session, End.STAFF, at):
                ended += 1
                place = session.terminal.organisation_id
                record(verb="terminals.end_room", about=session, by=by, organisation=place, at=at)
    return ended


def end_idle_sessions(*, at: datetime | None = None) -> int:
    """The sweep: end sessions whose browser was last heard of half an hour ago. Open exams stay. Returns how many ended.

    A browser ends its own session much earlier; this one only tidies up what a power cut left behind.
    """
    at = at or timezone.now()
    ended = 0
    for session in TerminalSession.objects.live().filter(last_active_at__lt=at - SWEPT_AFTER):
        if seat_held_by(session.learner_id) is None:
            ended += _end(session, End.IDLE, at)
    return ended


def _end(session: TerminalSession, how: str, at: datetime) -> bool:
    live = TerminalSession.objects.live().filter(pk=session.pk)
    return live.update(ended_at=at, ended_by=how) == 1

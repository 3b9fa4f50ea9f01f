"""Enrolling a computer as a terminal and taking it out of use."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Organisation, Room, User
from courses.people.permissions import MANAGE_TERMINALS, may
from courses.terminals import rules
from courses.terminals.models import Terminal, TerminalSession
from courses.terminals.permissions import sign_in_rules


def enrol_terminal(
    *, organisation: Organisation, name: str, by: User | None, room: Room | None = None, at: datetime | None = None
) -> tuple[Terminal, str]:
    """Add a classroom computer; returns it and the token that its cookie holds. The token is stored as a hash only.

    Staff do not carry the token: `enrolment_code` gives the computer one of its own. Refuses (PermissionDenied) without
    the right `manage_terminals` there, and (ValidationError) a room of another organisation, a name in use or none.
    """
    _demand_right(by, organisation)
    if room is not None and room.organisation_id != organisation.pk:
        raise ValidationError({"room": _("This room belongs to another organisation.")})
    token = rules.new_token()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        terminal = Terminal(
            organisation=organisation, room=room, name=name.strip(), token_hash=rules.digest(token), enrolled_by=by,
            enrolled_at=at or timezone.now(),
        )  # fmt: skip
        if Terminal.objects.in_use().filter(organisation=organisation, name=terminal.name).exists():
            raise ValidationError({"name": _("There is a terminal of this name already. Take the next number.")})
        terminal.full_clean()
        terminal.save(force_insert=True)
        record(verb="terminals.enrol_terminal", about=terminal, by=by, organisation=organisation, at=at)
    return terminal, token


def enrolment_code(
    *, terminal: Terminal, by: User | None, at: datetime | None = None, minutes: int | None = None
) -> str:
    """A code such as `7K3M-9QWD` that makes the browser in which it is typed at `/t/enrol/` (or opened as `?code=…`) this
    terminal: once, and for a short time (half an hour).

    A new code ends the one before. Refuses (PermissionDenied) without the right, (ValidationError) a terminal out of use.
    """
    _demand_right(by, terminal.organisation)
    at = at or timezone.now()
    code = rules.new_enrolment_code()
    with transaction.atomic():
        terminal = Terminal.objects.select_for_update().get(pk=terminal.pk)
        if terminal.revoked_at is not None:
            raise ValidationError(_("This terminal is out of use. Enrol a new one."))
        terminal.code_hash = rules.digest(code)
        terminal.code_until = at + timedelta(minutes=minutes or sign_in_rules().code_minutes)
        terminal.save(update_fields=["code_hash", "code_until"])
        record(verb="terminals.enrolment_code", about=terminal, by=by, organisation=terminal.organisation, at=at)
    return code


def terminal_of_code(*, code: str, at: datetime | None = None) -> Terminal:
    """The terminal for which a code stands; nothing is changed. Refuses (ValidationError) as `redeem_code` does."""
    found = Terminal.objects.in_use().filter(code_hash=rules.digest(rules.normal_code(code))).first()
    if found is None or found.code_until is None or found.code_until <= (at or timezone.now()):
        raise ValidationError(_no_such_code())
    return found


def _no_such_code() -> str:
    return _("This code has been used, is too old or was typed differently. Ask for a new one at the staff desk.")


def redeem_code(*, code: str, at: datetime | None = None) -> tuple[Terminal, str]:
    """Make the browser that shows a code its terminal: returns the terminal and the token for its cookie.

    A computer that held the cookie before is none any more, and whoever sat there is signed out. Refuses
    (ValidationError) a code that is unknown, used or too old, with one sentence for all three.
    """
    at = at or timezone.now()
    token = rules.new_token()
    with transaction.atomic():
        terminal = Terminal.objects.select_for_update().get(pk=terminal_of_code(code=code, at=at).pk)
        if terminal.code_hash != rules.digest(rules.normal_code(code)):
            raise ValidationError(_no_such_code())  # somebody else was quicker
        terminal.token_hash = rules.digest(token)
        terminal.code_hash = terminal.code_until = None
        terminal.enrolled_at = at
        terminal.save(update_fields=["token_hash", "code_hash", "code_until", "enrolled_at"])
        _end_sessions(terminal, at)
        record(verb="terminals.redeem_code", about=terminal, by=None, organisation=terminal.organisation_id, at=at)
    return terminal, token


def revoke_terminal(*, terminal: Terminal, by: User | None, at: datetime | None = None) -> Terminal:
    """Take a terminal out of use; whoever sits there is signed out. Doing it twice changes nothing.

    Refuses (PermissionDenied) without the right `manage_terminals`.
    """
    _demand_right(by, terminal.organisation)
    at = at or timezone.now()
    with transaction.atomic():
        terminal = Terminal.objects.select_for_update().get(pk=terminal.pk)
        if terminal.revoked_at is None:
            terminal.revoked_at = at
            terminal.code_hash = terminal.code_until = None
            terminal.save(update_fields=["revoked_at", "code_hash", "code_until"])
            _end_sessions(terminal, at)
            record(verb="terminals.revoke_terminal", about=terminal, by=by, organisation=terminal.organisation, at=at)
    return terminal


def _demand_right(by: User | None, organisation: Organisation) -> None:
    if by is not None and not may(by, MANAGE_TERMINALS, organisation):
        raise PermissionDenied


def _end_sessions(terminal: Terminal, at: datetime) -> None:
    live = TerminalSession.objects.live().filter(terminal=terminal)
    live.update(ended_at=at, ended_by=TerminalSession.End.STAFF)

"""Which numbers are locked out now, and letting them in again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import MANAGE_TERMINALS, RESET_PIN, may
from courses.terminals import rules
from courses.terminals.models import SignInFailure, Terminal
from courses.terminals.permissions import sign_in_rules


@dataclass(frozen=True)
class Lockout:
    """A number (empty: the terminal itself) that is locked out: where it was tried last, since when, until when."""

    terminal: Terminal
    learner_no: str
    since: datetime
    until: datetime


def lockouts(user: User, at: datetime | None = None) -> list[Lockout]:
    """The lock-outs at the terminals that a user looks after, the newest first: one query."""
    at, numbers = at or timezone.now(), sign_in_rules()
    failures = SignInFailure.objects.visible_to(user).counting().filter(at__gt=at - timedelta(hours=1), at__lte=at)
    by_number: dict[str, list[SignInFailure]] = defaultdict(list)
    by_terminal: dict[int, list[SignInFailure]] = defaultdict(list)
    for failure in failures.select_related("terminal__organisation", "terminal__room").order_by("at", "pk"):
        by_terminal[failure.terminal_id].append(failure)
        if failure.learner_no:
            by_number[failure.learner_no].append(failure)
    found = []
    for number, tries in by_number.items():
        until = rules.locked_until([failure.at for failure in tries], numbers)
        if until is not None and until > at:
            found.append(Lockout(tries[-1].terminal, number, tries[-1].at, until))
    for tries in by_terminal.values():
        if len(tries) >= numbers.failures_a_terminal:
            free = tries[-numbers.failures_a_terminal].at + timedelta(hours=1)
            found.append(Lockout(tries[-1].terminal, "", tries[-1].at, free))
    return sorted(found, key=lambda lockout: lockout.since, reverse=True)


def release_number(*, learner_no: str, by: User, at: datetime | None = None) -> int:
    """Let a number try again at once. Returns how many refused tries no longer count.

    Only tries at terminals where `by` looks after PINs are released; elsewhere it changes nothing.
    """
    at = at or timezone.now()
    with transaction.atomic():
        counting = SignInFailure.objects.visible_to(by).counting().filter(learner_no=learner_no)
        last = counting.select_related("terminal").order_by("-at").first()
        if last is None:
            return 0
        released = counting.update(released_at=at)
        record(verb="terminals.release_number", about=last, by=by, organisation=last.terminal.organisation_id, at=at)
    return released


def release_terminal(*, terminal: Terminal, by: User, at: datetime | None = None) -> int:
    """Let a terminal try again at once, whatever numbers were typed there.

    Refuses (PermissionDenied) without the right `reset_pin` or `manage_terminals` there.
    """
    if not may(by, RESET_PIN, terminal.organisation) and not may(by, MANAGE_TERMINALS, terminal.organisation):
        raise PermissionDenied
    at = at or timezone.now()
    with transaction.atomic():
        released = SignInFailure.objects.counting().filter(terminal=terminal).update(released_at=at)
        if released:
            record(verb="terminals.release_terminal", about=terminal, by=by, organisation=terminal.organisation, at=at)
    return released

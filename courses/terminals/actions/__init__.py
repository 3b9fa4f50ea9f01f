"""Verbs on classroom computers, sign-in cards and the learners who sit there."""

from courses.terminals.actions.cards import Secret, issue_card, issue_cards, new_secrets, reset_pin
from courses.terminals.actions.computers import (
    enrol_terminal,
    enrolment_code,
    redeem_code,
    revoke_terminal,
    terminal_of_code,
)
from courses.terminals.actions.lockouts import Lockout, lockouts, release_number, release_terminal
from courses.terminals.actions.seats import beat, end_idle_sessions, end_room, end_session, sign_in, sign_out, unlock
from courses.terminals.actions.signing import SignInRefused

__all__ = [
    "Lockout",
    "Secret",
    "SignInRefused",
    "beat",
    "end_idle_sessions",
    "end_room",
    "end_session",
    "enrol_terminal",
    "enrolment_code",
    "issue_card",
    "issue_cards",
    "lockouts",
    "new_secrets",
    "redeem_code",
    "release_number",
    "release_terminal",
    "reset_pin",
    "revoke_terminal",
    "sign_in",
    "sign_out",
    "terminal_of_code",
    "unlock",
]

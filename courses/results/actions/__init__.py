"""Verbs on results, and the closing of a class."""

from courses.results.actions.closing import close_class
from courses.results.actions.completing import COMPLETION, correct_completion, decide_completion
from courses.results.actions.confirming import confirm, decide, reopen, send_back
from courses.results.actions.proposing import CONFIRM, propose

__all__ = [
    "COMPLETION", "CONFIRM", "close_class", "confirm", "correct_completion", "decide", "decide_completion", "propose",
    "reopen", "send_back",
]  # fmt: skip

"""Verbs on results, and the closing of a class."""

from courses.results.actions.closing import close_class
from courses.results.actions.confirming import confirm, decide, reopen, send_back
from courses.results.actions.proposing import CONFIRM, propose

__all__ = ["CONFIRM", "close_class", "confirm", "decide", "propose", "reopen", "send_back"]

"""Verbs on registers."""

from courses.attendance.actions.correcting import correct_record, decide_correction
from courses.attendance.actions.marking import Conflict, Marked, close_register, finishing_time, mark_register

__all__ = [
    "Conflict", "Marked", "close_register", "correct_record", "decide_correction", "finishing_time", "mark_register",
]  # fmt: skip

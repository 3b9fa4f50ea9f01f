"""Verbs on registers."""

from courses.attendance.actions.breaking import break_off
from courses.attendance.actions.correcting import correct_record, decide_correction
from courses.attendance.actions.finishing import close_register, finishing_time
from courses.attendance.actions.marking import Conflict, Marked, mark_register

__all__ = [
    "Conflict", "Marked", "break_off", "close_register", "correct_record", "decide_correction", "finishing_time",
    "mark_register",
]  # fmt: skip

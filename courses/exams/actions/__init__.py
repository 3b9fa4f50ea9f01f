"""Verbs on exams: setting up, entries, sittings, attempts and marks. Each file is re-exported here."""

from courses.exams.actions.corrections import correct_grade, decide_correction
from courses.exams.actions.entries import make_entries, refuse_unmarked, renew_entries
from courses.exams.actions.grading import enter_mark, enter_marks, grade_attempt, release_grades
from courses.exams.actions.setup import create_exam

__all__ = [
    "correct_grade",
    "create_exam",
    "decide_correction",
    "enter_mark",
    "enter_marks",
    "grade_attempt",
    "make_entries",
    "refuse_unmarked",
    "release_grades",
    "renew_entries",
]

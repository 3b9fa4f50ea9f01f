"""Verbs on exams: setting up, entries, sittings, attempts and marks. Each file is re-exported here."""

from courses.exams.actions.attempts import (
    Answered,
    Elsewhere,
    HandedIn,
    answer_page,
    beat,
    holds,
    raise_hand,
    save_answer,
    seat_held_by,
    start,
    submit,
)
from courses.exams.actions.closing import close_overdue
from courses.exams.actions.corrections import correct_grade, decide_correction
from courses.exams.actions.entries import make_entries, refuse_unmarked, renew_entries
from courses.exams.actions.grading import enter_mark, enter_marks, grade_attempt, release_grades
from courses.exams.actions.room import extend, give_back_outage, keep_outage, note, pause_room, resume_room
from courses.exams.actions.seats import force_submit, go_to_seat, move_seat, reopen, void
from courses.exams.actions.setup import create_exam
from courses.exams.actions.sittings import close_sitting, open_sitting, plan_sitting

__all__ = [
    "Answered",
    "Elsewhere",
    "HandedIn",
    "answer_page",
    "beat",
    "close_overdue",
    "close_sitting",
    "correct_grade",
    "create_exam",
    "decide_correction",
    "enter_mark",
    "enter_marks",
    "extend",
    "force_submit",
    "give_back_outage",
    "go_to_seat",
    "grade_attempt",
    "holds",
    "keep_outage",
    "make_entries",
    "move_seat",
    "note",
    "open_sitting",
    "pause_room",
    "plan_sitting",
    "raise_hand",
    "refuse_unmarked",
    "release_grades",
    "renew_entries",
    "reopen",
    "resume_room",
    "save_answer",
    "seat_held_by",
    "start",
    "submit",
    "void",
]

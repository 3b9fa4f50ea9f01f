"""Verbs on classes, their timetable and their people."""

from courses.classes.actions.applying import approve, complete_application, refuse, start, submit_application
from courses.classes.actions.assigning import assign, derive_class_rights, unassign
from courses.classes.actions.drafting import cancel_class, change_class, draft_class
from courses.classes.actions.interrupting import interrupt, plan_make_up
from courses.classes.actions.roster import enrol, enrol_all, resume, stop_waiting, suspend, wait, wait_all, withdraw
from courses.classes.actions.timetable import cancel_session, move_session, plan_sessions

__all__ = [
    "approve",
    "assign",
    "cancel_class",
    "cancel_session",
    "change_class",
    "complete_application",
    "derive_class_rights",
    "draft_class",
    "enrol",
    "enrol_all",
    "interrupt",
    "move_session",
    "plan_make_up",
    "plan_sessions",
    "refuse",
    "resume",
    "start",
    "stop_waiting",
    "submit_application",
    "suspend",
    "unassign",
    "wait",
    "wait_all",
    "withdraw",
]

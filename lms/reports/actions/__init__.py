"""Verbs on exports."""

from lms.reports.actions.asking import SHORT, ask_export, decide_export
from lms.reports.actions.making import delete_old_files, make_export, resume_exports

__all__ = ["SHORT", "ask_export", "decide_export", "delete_old_files", "make_export", "resume_exports"]

"""Exams, frozen papers, sittings, attempts, answers and marks."""

from courses.exams.models.attempts import Answer, AnswerLog, Attempt, random_id
from courses.exams.models.exams import Exam, ExamEntry, Paper, PaperItem
from courses.exams.models.grades import Grade, GradeCorrection
from courses.exams.models.incidents import Incident
from courses.exams.models.rosters import due_at, entry_due, late_with_scores, waiting_for_scores
from courses.exams.models.sittings import Heartbeat, Outage, Pause, Sitting

__all__ = [
    "Answer",
    "AnswerLog",
    "Attempt",
    "Exam",
    "ExamEntry",
    "Grade",
    "GradeCorrection",
    "Heartbeat",
    "Incident",
    "Outage",
    "Paper",
    "PaperItem",
    "Pause",
    "Sitting",
    "due_at",
    "entry_due",
    "late_with_scores",
    "random_id",
    "waiting_for_scores",
]

"""Workbooks of learners, what was written into them, what was handed in and what reviewers said; values of a place."""

from courses.plans.models.examples import TeachingExample
from courses.plans.models.local_values import LOCAL_LABELS, LocalValue, missing_values, nearest_values
from courses.plans.models.plans import Plan, PlanLog, Section, may_begin, values_of
from courses.plans.models.printing import ClassPrint
from courses.plans.models.reviews import Comment, HandIn, Review

__all__ = [
    "LOCAL_LABELS",
    "ClassPrint",
    "Comment",
    "HandIn",
    "LocalValue",
    "Plan",
    "PlanLog",
    "Review",
    "Section",
    "TeachingExample",
    "may_begin",
    "missing_values",
    "nearest_values",
    "values_of",
]

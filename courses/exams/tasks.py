"""Jobs of the exams: each wakes up one verb and may run twice."""

from celery import shared_task

from courses.exams import actions


@shared_task
def close_overdue() -> None:
    """Close the papers whose time is over and mark what is not marked."""
    actions.close_overdue()

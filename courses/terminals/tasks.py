"""The sweep of sessions that a power cut left behind."""

from celery import shared_task

from courses.terminals import actions


@shared_task
def end_idle_sessions() -> None:
    """Every five minutes: end sessions whose browser has been silent for half an hour."""
    actions.end_idle_sessions()

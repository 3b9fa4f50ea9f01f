"""Jobs on targets: each calls a verb and may run twice."""

from celery import shared_task

from lms.targets import actions


@shared_task
def take_readings() -> None:
    """Nightly: what the targets had reached by the end of yesterday."""
    actions.take_readings()

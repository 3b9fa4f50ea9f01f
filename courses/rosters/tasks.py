"""Wake-up calls: each task takes an id, calls one verb and may run twice."""

from celery import shared_task

from courses.rosters import actions
from courses.rosters.models import RosterImport


@shared_task
def work_on_import(import_id: int) -> None:
    actions.work_on_import(roster_import=RosterImport.objects.get(pk=import_id))


@shared_task
def sweep() -> None:
    """Every minute: rosters that a crash or a missing broker left behind, and what nobody came back for."""
    actions.resume_imports()
    actions.forget_old()

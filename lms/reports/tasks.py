"""Wake-up calls: each task takes an id, calls one verb and may run twice."""

from celery import shared_task

from lms.reports import actions
from lms.reports.models import ReportExport


@shared_task
def make_export(export_id: int) -> None:
    actions.make_export(export=ReportExport.objects.get(pk=export_id))


@shared_task
def sweep() -> None:
    """Every minute: exports that a crash or a missing broker left behind, and files that have been kept long enough."""
    actions.resume_exports()
    actions.delete_old_files()

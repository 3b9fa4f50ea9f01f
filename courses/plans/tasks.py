"""Wake-up calls: each task takes an id, calls one verb and may run twice."""

from celery import shared_task

from courses.plans import actions
from courses.plans.models import ClassPrint


@shared_task
def make_class_print(print_id: int) -> None:
    actions.make_class_print(class_print=ClassPrint.objects.get(pk=print_id))


@shared_task
def sweep() -> None:
    """Every minute: prints that a crash or a missing broker left behind, and files that have been kept long enough."""
    actions.resume_class_prints()
    actions.delete_old_prints()

"""Wake-up calls: each task takes an id, calls one verb and may run twice."""

from celery import shared_task

from certificates.issuing import actions
from certificates.issuing.models import Batch, Certificate


@shared_task
def work_on_batch(batch_id: int) -> None:
    actions.work_on_batch(batch=Batch.objects.get(pk=batch_id))


@shared_task
def draw_certificates(certificate_ids: list[int]) -> None:
    actions.draw_papers(certificates=Certificate.objects.filter(pk__in=certificate_ids).order_by("pk"))


@shared_task
def sweep() -> None:
    """Every minute: batches and papers that a crash or a missing broker left behind."""
    actions.resume_batches()
    actions.forget_unfinished()
    actions.draw_missing()

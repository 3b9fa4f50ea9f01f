"""Wake-up calls."""

from celery import shared_task

from certificates.verification import actions


@shared_task
def forget_addresses() -> None:
    actions.forget_addresses()

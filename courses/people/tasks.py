"""Jobs on people: each calls a verb and may run twice."""

from celery import shared_task

from courses.people.actions import end_expired_accounts, end_expired_posts


@shared_task
def end_what_expired() -> None:
    """Hourly: accounts and posts whose last day was yesterday lose their rights; posts that begin today give theirs."""
    end_expired_accounts()
    end_expired_posts()

"""The worker of a one-machine site: Celery's, with the clock as one of its threads."""

from typing import Any

from celery import bootsteps

from lms.celery import app

__all__ = ["app"]


class Clock(bootsteps.StartStopStep):  # type: ignore[misc]
    """What `--beat` is, without its process of its own: that would keep all the code in memory a second time."""

    def create(self, worker: Any) -> Any:
        from celery.beat import EmbeddedService  # noqa: PLC0415  (as Celery does: only a worker needs it)

        return EmbeddedService(worker.app, thread=True, schedule_filename=worker.schedule_filename)


app.steps["worker"].add(Clock)

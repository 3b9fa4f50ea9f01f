from django.apps import AppConfig


class LmsConfig(AppConfig):
    name = "lms"
    label = "lms"
    verbose_name = "启航"

    def ready(self) -> None:
        from lms import (
            celery,  # noqa: F401  (a task sent by any process must find its broker)
            checks,  # noqa: F401  (registers the start-up checks)
        )

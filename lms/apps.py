from django.apps import AppConfig


class LmsConfig(AppConfig):
    name = "lms"
    label = "lms"
    verbose_name = "启航"

    def ready(self) -> None:
        from lms import checks  # noqa: F401  (registers the start-up checks)

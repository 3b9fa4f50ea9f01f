"""Celery: wakes up verbs. A task takes ids, calls one verb and may run twice."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")

TRANSPORT_ALIASES["filesystem"] = "lms.broker:Transport"
app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

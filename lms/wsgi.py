"""WSGI entry point: `gunicorn lms.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

import lms.celery  # noqa: F401  (tasks sent by the web server must find their broker)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
application = get_wsgi_application()

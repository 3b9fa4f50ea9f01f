"""WSGI entry point: `gunicorn lms.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
application = get_wsgi_application()
connections.close_all()  # the workers are forked from here, and a connection must not be
gc.freeze()  # workers share what is read until here; the collector would copy it by looking at it

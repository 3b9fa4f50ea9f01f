"""WSGI entry point: `gunicorn lms.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
application = get_wsgi_application()
gc.freeze()  # workers share what is read until here; the collector would copy it by looking at it

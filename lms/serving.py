"""What the web server asks before it listens (a configuration file of gunicorn: the name of the function is gunicorn's)."""

import sys

from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections


def on_starting(server: object) -> None:
    """Check settings and database once the code is read. Refuses to start (exit, with the check's words) where one finds an error."""
    try:
        call_command("check", databases=["default"])
    except SystemCheckError as error:
        sys.exit(str(error))
    finally:
        connections.close_all()  # the workers are forked from here, and a connection must not be

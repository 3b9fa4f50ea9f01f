"""`lms worker`: the worker of a site."""

import argparse
import os

import django
from django.conf import settings
from django.core.management import call_command

from lms.cli.processes import hold_site, make_broker_folders, worker_command


def run(arguments: list[str]) -> int:
    """Check the settings and the database, then become the worker."""
    argparse.ArgumentParser(prog="lms worker").parse_args(arguments)
    django.setup()
    held = hold_site(settings.DATA_DIR)  # until this process ends: lms restore waits for nobody and refuses
    call_command("check", databases=["default"])
    make_broker_folders(settings.DATA_DIR)
    command = worker_command(settings.DATA_DIR)
    with held:
        os.execv(command[0], command)  # noqa: S606

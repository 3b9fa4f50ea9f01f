"""The `lms` command: the product's own commands, and every command of Django."""

import os
import sys

from django.core.management import execute_from_command_line


def main(argv: list[str] | None = None) -> None:
    """Run one command; `lms help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
    execute_from_command_line(argv or sys.argv)

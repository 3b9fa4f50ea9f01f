"""The `lms` command: the product's own commands, and every command of Django."""

import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

COMMANDS = {
    "demo": "a small true world on this machine, with web server and worker",
    "init": "make a new site: database, keys, institution, first administrator",
    "serve": "the web server",
    "worker": "the worker: draws certificates, closes exams, sweeps",
    "import": "regions and organisations from a table (XLSX, XLS or CSV)",
    "backup": "one file with database, files and keys, while the site runs",
    "restore": "put a backup in place, prove it, and never give a number out twice",
    "audit": "prove the journal and the register of certificates",
    "secret": "print a new secret for the environment",
}
MODULES = {"import": "importing"}  # a word that Python keeps for itself


def main(argv: list[str] | None = None) -> None:
    """Run one command; `lms help` lists them, `lms <command> --help` explains one."""
    arguments = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
    # For the servers that this process becomes or starts: a thread that has checked a PIN would keep 19 MiB for itself.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    name = arguments[1] if len(arguments) > 1 else ""
    if name in COMMANDS:
        sys.exit(import_module(f"lms.cli.{MODULES.get(name, name)}").run(arguments[2:]))
    if name in {"", "help", "--help", "-h"} and len(arguments) <= 2:
        print("lms – 启航\n")
        for command, purpose in COMMANDS.items():
            print(f"  lms {command:<8} {purpose}")
        print("\nEvery command of Django works too: lms migrate, lms shell, lms check …\n")
        return
    execute_from_command_line(arguments)

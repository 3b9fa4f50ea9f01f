"""`lms serve`: the web server of a site."""

import argparse
import os

import django
from django.conf import settings
from django.core.management import call_command

from lms.cli.processes import hold_site, make_broker_folders, web_command


def run(arguments: list[str]) -> int:
    """Check the settings and the database, then become the web server. Refuses to start where a check finds an error."""
    parser = argparse.ArgumentParser(prog="lms serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument(
        "--tls-cert", default="", help="certificate of this host (PEM, with its chain): serves https itself"
    )
    parser.add_argument("--tls-key", default="", help="its private key (PEM)")
    options = parser.parse_args(arguments)
    django.setup()
    held = hold_site(settings.DATA_DIR)  # until this process ends: lms restore waits for nobody and refuses
    call_command("check", databases=["default"])
    make_broker_folders(settings.DATA_DIR)
    command = web_command(options.host, options.port, options.workers, options.threads)
    if options.tls_cert:
        command += ["--certfile", options.tls_cert, "--keyfile", options.tls_key]
    with held:
        os.execv(command[0], command)  # noqa: S606

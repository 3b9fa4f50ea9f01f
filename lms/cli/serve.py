"""`lms serve`: the web server of a site."""

import argparse
import os

from django.conf import settings

from lms.cli.processes import hold_site, make_broker_folders, web_command


def run(arguments: list[str]) -> int:
    """Become the web server, which checks settings and database before it listens (`lms.serving`)."""
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
    held = hold_site(settings.DATA_DIR)  # until this process ends: lms restore waits for nobody and refuses
    make_broker_folders(settings.DATA_DIR)
    command = web_command(options.host, options.port, options.workers, options.threads)
    command += ["--config", "python:lms.serving"]
    if options.tls_cert:
        command += ["--certfile", options.tls_cert, "--keyfile", options.tls_key]
    with held:
        os.execv(command[0], command)  # noqa: S606

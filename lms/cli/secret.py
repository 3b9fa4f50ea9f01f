"""`lms secret`: a new secret for the environment, or the whole environment of a new production site."""

import argparse
import secrets
from urllib.parse import urlsplit


def run(arguments: list[str]) -> int:
    """Print one new secret; with --environment URL, a file of variables for `lms.settings.production`."""
    parser = argparse.ArgumentParser(prog="lms secret")
    parser.add_argument(
        "--environment", metavar="URL", help="print all variables of a new production site at this address"
    )
    options = parser.parse_args(arguments)
    print(_environment(options.environment) if options.environment else secrets.token_urlsafe(48))
    return 0


def _environment(url: str) -> str:
    host = urlsplit(url).hostname or url
    return "\n".join(
        [
            "DJANGO_SETTINGS_MODULE=lms.settings.production",
            "LMS_DATA_DIR=/srv/lms/data",
            "LMS_SIGNING_KEY_DIR=/srv/lms/signing",
            f"LMS_PUBLIC_URL={url.rstrip('/')}",
            f"LMS_HOSTS={host}",
            "LMS_ROLE=both",
            *(["LMS_BEHIND_PROXY=1"] if url.startswith("https://") else []),
            "DATABASE_URL=sqlite:////srv/lms/data/lms.sqlite3",
            "CELERY_BROKER_URL=filesystem://",
            *(f"{name}={secrets.token_urlsafe(48)}" for name in ("LMS_SECRET_KEY", "LMS_ID_KEY", "LMS_ID_HASH_KEY")),
        ]
    )

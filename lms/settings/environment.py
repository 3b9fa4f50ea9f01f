"""Reads the environment: the only place that knows how a setting is spelt there."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that reads and then writes would otherwise fail at once under load ("database is locked").
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: an answer that was acknowledged must survive a power cut.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
}

# A new SQLite connection reads the whole schema before its first answer: 5 ms, more than most requests need. Each thread has
# its own; one that is kept costs the file nothing.
KEPT_SECONDS = 60
KEPT_SECONDS_SQLITE = 15 * 60


def text(name: str, default: str = "") -> str:
    """The value of an environment variable, stripped; `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def remember(path: Path) -> None:
    """Lines `NAME=value` of a file, for what the environment does not say. No file: nothing."""
    if path.is_file():
        for line in path.read_text().splitlines():
            name, found, value = line.partition("=")
            if found and not name.startswith("#"):
                os.environ.setdefault(name.strip(), value.strip())


def data_dir() -> Path:
    """The data folder: LMS_DATA_DIR, else `.data` where the command runs."""
    return Path(text("LMS_DATA_DIR", str(Path.cwd() / ".data"))).resolve()


def items(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without empty items."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def database(url: str) -> dict[str, Any]:
    """A Django database from `sqlite:///path` or `postgres://user:password@host:port/name`.

    Refuses any other scheme (ImproperlyConfigured): both databases are tested, no third one is.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": KEPT_SECONDS_SQLITE,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        # The queries of courses.prepared are planned once for each connection, from their second time on.
        # `prepare_threshold=none` switches it off, for a pooler that keeps no plans.
        threshold = options.get("prepare_threshold", "1")
        options["prepare_threshold"] = None if threshold.lower() == "none" else int(threshold)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", None) or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": KEPT_SECONDS,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(f"DATABASE_URL must begin with sqlite:/// or postgres://, not {parts.scheme or url!r}.")


def kept_secret(folder: Path, name: str, size: int = 32) -> str:
    """A secret of this machine: from the environment, else made once and kept in `folder` (mode 0600).

    Only the embedded settings use it; production takes nothing but the environment.
    """
    if value := text(name):
        return value
    path = folder / f"{name.lower()}.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # the web server and the worker start at the same moment
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(size))
    return path.read_text().strip()


def required_secret(name: str, known_defaults: frozenset[str]) -> str:
    """A secret that production must be given. Refuses (ImproperlyConfigured) a missing, short or published value, naming it."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Production starts only with its own secret; see docs/operate.md."
        )
    if value in known_defaults or len(value) < 32:
        raise ImproperlyConfigured(f"{name} is a default or shorter than 32 characters. Make one with: lms secret")
    return value


def celery_broker(url: str, folder: Path) -> dict[str, Any]:
    """Celery's broker settings; `filesystem://` (the embedded default) keeps its messages under `folder`."""
    if not url.startswith("filesystem"):
        return {"CELERY_BROKER_URL": url, "CELERY_BROKER_TRANSPORT_OPTIONS": {}}
    queue = str(folder / "queue")
    options = {
        "data_folder_in": queue,
        "data_folder_out": queue,  # the same folder: every process is producer and consumer
        "control_folder": str(folder / "control"),
        "processed_folder": str(folder / "processed"),
        "store_processed": False,
        "polling_interval": 0.1,  # the default of one second makes 300 small jobs take 40 s instead of 6
    }
    return {"CELERY_BROKER_URL": "filesystem://", "CELERY_BROKER_TRANSPORT_OPTIONS": options}

"""One migrated database per set of migrations, copied for each run; the rest is pytest-django."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's sync API runs an event loop in the test's thread


def _migrations_hash() -> str:
    """Names and contents of all migrations, ours and the installed ones, in one word."""
    import django
    import wagtail

    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__} {settings.INSTALLED_APPS}".encode())
    for path in sorted(ROOT.glob("*/*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_keepdb(request):
    """The copied SQLite file is ready as it is; PostgreSQL's is kept where `--reuse-db` asks for it."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker):
    """SQLite: migrate once into a master file named after the migrations, then copy it (24 s once, 1 s after)."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return
    folder = Path(tempfile.gettempdir()) / f"qihang-test-masters-{os.getuid()}"
    folder.mkdir(exist_ok=True, mode=0o700)
    master = folder / f"{_migrations_hash()}.sqlite3"
    connection = connections["default"]
    if not master.exists():
        building = folder / f"{os.getpid()}.sqlite3"
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = str(building)
            call_command("migrate", verbosity=0, interactive=False)
            connection.close()
        with sqlite3.connect(building) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode=DELETE")
        building.replace(master)
        for suffix in ("-wal", "-shm"):
            Path(f"{building}{suffix}").unlink(missing_ok=True)
    copy = Path(database["TEST"]["NAME"])
    shutil.copyfile(master, copy)
    connection.settings_dict["NAME"] = str(copy)
    connection.settings_dict["TEST"]["NAME"] = str(copy)


@pytest.fixture(scope="session", autouse=True)
def remove_test_data():
    """The test settings make a folder of their own; nothing of it stays."""
    yield
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def clear_cache():
    """Rate limits and cached pages live in the cache: each test begins without them."""
    from django.core.cache import cache

    cache.clear()

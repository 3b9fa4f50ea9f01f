"""The database of the suite (`tests.database`), and what no test may leave to the next; the rest is pytest-django."""

import gc
import os
import shutil

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import TransactionTestCase

from tests import database

# Playwright's sync API runs an event loop in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config, items):
    """What takes long begins first, so that no worker waits for another at the end; what no database changes is tried on
    SQLite alone: what says so (`once`), and what asks for none."""
    scenes = {item.module for item in items if "scene" in getattr(item, "fixturenames", ())}
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and item.module in scenes:
            raise pytest.UsageError(
                f"{item.nodeid} commits, but its module's scene stays in a transaction: move it out."
            )
    items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.get_closest_marker("browser")))
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        left_out = [item for item in items if item.get_closest_marker("once") or not may_meet_a_database(item)]
        stay = set(items) - set(left_out)
        items[:] = [item for item in items if item in stay]
        config.hook.pytest_deselected(items=left_out)


def may_meet_a_database(item):
    """pytest-django refuses every query of a test that asks for no database; only a program of its own may meet one then,
    and such a test is slow or speaks to a broker."""
    asks = {"db", "transactional_db", "django_db_setup", "live_server"} & set(item.fixturenames)
    return bool(asks) or any(map(item.get_closest_marker, ("django_db", "slow", "broker", "browser")))


def pytest_collection_finish(session):
    """What was imported stays: the collector need not look through it again and again (a twentieth of all time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """A copy of the migrated master for this worker. Tests that commit get a fresh one behind them.

    Django would empty all tables there, also of what the migrations wrote (Wagtail's root page, groups, rights).
    """
    ours = database.of_worker(getattr(request.config, "workerinput", {}).get("workerid", "master"))

    def bring_back(_case):
        ours.bring_back()
        ContentType.objects.clear_cache()  # other ids in the fresh copy

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        ours.begin()
        patch.setattr(TransactionTestCase, "_fixture_teardown", bring_back)
        yield
        ours.end()


@pytest.fixture(scope="session", autouse=True)
def remove_test_data():
    """The test settings make a folder of their own; nothing of it stays."""
    yield
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def clear_cache():
    """Rate limits and cached pages live in the cache: each test begins without them."""
    cache.clear()

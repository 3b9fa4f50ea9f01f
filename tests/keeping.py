"""Worlds that take seconds to build are built once for a test module; each test gets a copy and leaves nothing behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept(blocker: Any, build: Callable[[], Any]) -> Iterator[Any]:
    """What `build` makes, inside a transaction that is rolled back at the end of the module.

    The tests run in savepoints of it (pytest-django's `db`). Tests that commit belong in a module without such a world.
    """
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)

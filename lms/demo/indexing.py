"""Writing the search index once for many pages instead of at each of their saves."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler


@contextmanager
def indexed_once(*kinds: Any) -> Iterator[None]:
    """Inside, saving an object of these models leaves the search index alone; at the end all of them are put in at once.

    A course page is saved five times on its way to publication, and each time its words would be cut up anew.
    """
    for kind in kinds:
        post_save.disconnect(post_save_signal_handler, sender=kind)
    try:
        yield
    finally:
        for kind in kinds:
            post_save.connect(post_save_signal_handler, sender=kind)
    for backend in get_search_backends(with_auto_update=True):
        for kind in kinds:
            found: models.QuerySet[Any] = kind.get_indexed_objects()
            backend.add_bulk(kind, list(found))

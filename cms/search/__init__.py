"""Chinese words are found: Wagtail's own backends, asked and filled in pairs of characters.

Stock search knows a run of Chinese characters as one word, so that 安全 finds nothing in 用电安全知识. With this backend any
model that lists plain `index.SearchField`s and `index.AutocompleteField`s is found by any word in it, on both databases.
After a change of `bigrams.py`: `lms update_index`.
"""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend for the connected database."""
    # Each module loads the index table of its database, which exists only after the apps are loaded.
    if connection.vendor == "postgresql":
        from cms.search.postgresql import Backend  # noqa: PLC0415

        return Backend({"SEARCH_CONFIG": "simple", **params})
    from cms.search.sqlite import Backend as SQLiteBackend  # noqa: PLC0415

    return SQLiteBackend(params)

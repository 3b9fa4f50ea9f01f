"""A journal of issued certificates beside the database, on disk before anybody gets an answer.

After a restore from last night, certificates that were printed today exist only on paper and here.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

NAME = "issue-log.jsonl"


def append(*lines: dict[str, Any]) -> None:
    """Add lines and wait until they are on disk. What several processes add never mixes: each call is one write."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines(path: Path | None = None) -> Iterator[dict[str, Any]]:
    """All whole lines of the log, or of a copy at `path`, oldest first; the torn last line of a power cut is left out."""
    try:
        with (path or _path()).open(encoding="utf-8") as file:
            for text in file:
                if text.endswith("\n"):
                    yield json.loads(text)
    except FileNotFoundError:
        return


def _path() -> Path:
    return Path(settings.PRIVATE_ROOT) / NAME

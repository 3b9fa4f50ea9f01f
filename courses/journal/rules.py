"""How one journal entry is sealed to the one before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class Fact:
    """What an entry says, in the order in which it is sealed. Ids and names of fields only: no personal value."""

    organisation_id: int
    sequence: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    verb: str
    object_label: str
    object_id: str
    fields: tuple[str, ...]
    reason: str


def seal(fact: Fact, previous: str) -> str:
    """SHA-256 over the previous seal and the fact. A changed, removed or inserted entry breaks every seal after it."""
    content = vars(fact) | {"at": fact.at.isoformat(timespec="microseconds"), "fields": list(fact.fields)}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()

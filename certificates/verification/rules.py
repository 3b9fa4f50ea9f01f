"""What an employer is told, and when somebody has guessed too often. Pure: no Django."""

import ipaddress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from certificates.issuing.rules.facts import PublicFacts
from courses.people.rules import comparable_name, mask_name

WINDOW = timedelta(minutes=10)
ALLOWED_FAILURES = 20  # CRT-5: the next one has to wait


class Answer(StrEnum):
    """The whole vocabulary of an answer."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """One answer. `facts` only where they may be shown: on a valid certificate. `contact` is the issuer's name."""

    answer: Answer
    number: str = ""
    facts: PublicFacts | None = None
    name_matches: bool = False
    since: date | None = None
    contact: str = ""

    @property
    def failed(self) -> bool:
        """Counts against the address that asked."""
        return self.answer == Answer.UNKNOWN

    @property
    def shown_name(self) -> str:
        """The name as it may be shown: in full only to somebody who knew it."""
        if self.facts is None:
            return ""
        return self.facts.name if self.name_matches else mask_name(self.facts.name)


UNKNOWN = Verdict(Answer.UNKNOWN)


def verdict(facts: PublicFacts, state: str, since: date, *, name_matches: bool) -> Verdict:
    """The answer about a record that was found. Revoked and replaced ones tell their state, and nothing of their facts."""
    answer = Answer(state)
    if answer == Answer.VALID:
        return Verdict(answer, facts.number, facts, name_matches)
    return Verdict(answer, facts.number, None, name_matches, since, facts.issuer)


def same_name(typed: str, stored: str) -> bool:
    """Whether two spellings are the same name: width, blanks, dots and Latin case do not matter, characters do (CRT-5)."""
    return comparable_name(typed) == comparable_name(stored) != ""


def seconds_to_wait(failures: int, since: datetime, at: datetime) -> int:
    """How long an address must wait before the next check; 0 while it may go on."""
    if failures < ALLOWED_FAILURES:
        return 0
    return max(0, int((since + WINDOW - at).total_seconds()) + 1)


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 address, which one household can change at will."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)

"""Answering a check: from the public records alone, counted without storing who asked."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from certificates.issuing.models import PublicRecord
from certificates.issuing.rules import number as numbers
from certificates.verification.models import CheckEvent, WrongGuesses
from certificates.verification.rules import (
    UNKNOWN,
    WINDOW,
    Verdict,
    network_of,
    same_name,
    seconds_to_wait,
    verdict,
)
from courses.prepared import Prepared

NOBODY = "〇〇〇"  # compared when there is no such number, so that both roads are equally long
KEPT = timedelta(days=1)

BY_TOKEN = Prepared(lambda token: PublicRecord.objects.filter(token_sha256=token), str)
BY_NUMBER = Prepared(lambda number: PublicRecord.objects.filter(number=number), str)
GUESSES = Prepared(lambda address: WrongGuesses.objects.filter(address_hash=address), str)


class MustWait(Exception):
    """Too many failed checks from one address. `seconds` until the next one is answered."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds


def verify(*, number: str = "", name: str | None = None, token: str = "") -> Verdict:
    """The answer about one certificate, found by `number` and `name`, or by the `token` of its QR code (CRT-5).

    A number with another name and a number that does not exist give the very same answer. With a token the name is
    optional: without one it is shown masked; a wrong one gives a verdict whose `name_matches` is False.
    """
    if token:
        record = next(iter(BY_TOKEN(hashlib.sha256(token.encode()).hexdigest())), None)
    else:
        asked = numbers.normalise(number)
        record = next(iter(BY_NUMBER(asked)), None) if numbers.is_valid(asked) else None
    facts = record.public_facts if record else None
    matches = same_name(name or "", facts.name if facts else NOBODY)
    if record is None or facts is None or not (token or matches):
        return UNKNOWN
    return verdict(facts, record.state, record.state_since, name_matches=matches)


def check(
    *, address: str, number: str = "", name: str | None = None, token: str = "", at: datetime | None = None
) -> Verdict:
    """`verify` for somebody outside: counts the check by day, way and answer, and failures by address.

    Refuses (MustWait) an address that failed 20 times within 10 minutes, whatever it asks now.
    """
    at = at or timezone.now()
    who = _hashed(address)
    guesses = next(iter(GUESSES(who)), None)
    in_window = guesses is not None and guesses.since > at - WINDOW
    if guesses and in_window and (seconds := seconds_to_wait(guesses.count, guesses.since, at)):
        raise MustWait(seconds)
    found = verify(number=number, name=name, token=token)
    if found.failed or (token and name is not None and not found.name_matches):
        _count_failure(who, at, in_window)
    _count(CheckEvent.Channel.LINK if token else CheckEvent.Channel.FORM, found, at)
    return found


def forget_addresses(*, at: datetime | None = None) -> int:
    """Remove what is older than a day: the sweep. Returns how many."""
    return WrongGuesses.objects.filter(since__lt=(at or timezone.now()) - KEPT).delete()[0]


def _count_failure(who: str, at: datetime, in_window: bool) -> None:
    # One statement each: two failures at the same moment count as two.
    if in_window:
        WrongGuesses.objects.filter(address_hash=who).update(count=F("count") + 1)
        return
    WrongGuesses.objects.bulk_create(
        [WrongGuesses(address_hash=who, since=at, count=1)],
        update_conflicts=True,
        unique_fields=["address_hash"],
        update_fields=["since", "count"],
    )


def _count(channel: str, found: Verdict, at: datetime) -> None:
    event = {"day": timezone.localdate(at), "channel": channel, "answer": found.answer}
    if not CheckEvent.objects.filter(**event).update(count=F("count") + 1):
        CheckEvent.objects.bulk_create([CheckEvent(**event)], ignore_conflicts=True)  # the first one of a day
        CheckEvent.objects.filter(**event).update(count=F("count") + 1)


def _hashed(address: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"check:{network_of(address)}".encode(), hashlib.sha256).hexdigest()

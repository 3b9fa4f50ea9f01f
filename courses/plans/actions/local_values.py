"""Setting what law and place set."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Region, User
from courses.plans.models import LocalValue
from courses.plans.permissions import may_set_values
from courses.plans.rules.amounts import Refused, read_amount, read_count, read_percent
from courses.plans.rules.local import LOCAL_CODES
from courses.plans.texts import plain_text, sentence

LONGEST_SOURCE = 200


def set_local_value(
    *, code: str, region: Region | None, value: str | Decimal | int, valid_from: date, source: str, by: User | None,
    at: datetime | None = None,
) -> LocalValue:  # fmt: skip
    """Set one value of a region (None: of the whole country) from a day on, naming the document in which it is written.

    Plans that begin from now on use it; a plan that was begun keeps what held on its first day. The same again changes
    nothing; another value for the same day corrects it, and the journal keeps both numbers.
    Refuses (PermissionDenied) who may not set the values of this region; (ValidationError) an unknown code, no number of its
    kind, a missing source.
    """
    if by is not None and not may_set_values(by, region):
        raise PermissionDenied
    amount, words = _read(code, value), _source(source)
    with transaction.atomic():
        row = LocalValue.objects.select_for_update(of=("self",)).filter(
            code=code, region=region, valid_from=valid_from
        ).first()  # fmt: skip
        if row and (row.value, row.source) == (amount, words):
            return row
        before = f"{row.value} -> " if row and row.value != amount else ""
        row = row or LocalValue(code=code, region=region, valid_from=valid_from)
        row.value, row.source = amount, words
        row.full_clean(exclude=["region"])
        row.save()
        record(
            verb="plans.set_local_value", about=row, by=by, organisation=None, fields=["value", "source"],
            reason=f"{code} {before}{amount}", at=at,
        )  # fmt: skip
    return row


def _read(code: str, typed: str | Decimal | int) -> Decimal:
    if code not in LOCAL_CODES:
        raise ValidationError({"code": _("Please choose from the answers that are offered.")})
    reads: dict[str, Callable[[str], Decimal | int]] = {
        "yuan": read_amount, "percent": read_percent, "years": read_count, "months": read_count,
    }  # fmt: skip
    try:
        return Decimal(reads[LOCAL_CODES[code]](str(typed)))
    except Refused as refused:
        raise ValidationError({"value": sentence(refused)}) from None


def _source(typed: str) -> str:
    text = plain_text(typed, lines=False)
    if not text:
        raise ValidationError({"source": _("Name the document in which this value is written.")})
    if len(text) > LONGEST_SOURCE:
        raise ValidationError({"source": _("At most %(longest)s characters.") % {"longest": LONGEST_SOURCE}})
    return text

"""Handing out what was locked away: the cards with their PINs, once; and forgetting what was not asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Learner, User
from courses.rosters import slips
from courses.rosters.models import RosterImport, RosterRow
from courses.rosters.permissions import can_print_cards

SLIPS_KEPT = timedelta(days=3)
CARDS_AT_ONCE = 60  # on one page to print
State = RosterImport.State


@dataclass(frozen=True)
class Slip:
    """What is printed for one person, once."""

    learner: Learner
    pin: str
    code: str


def hand_out_slips(*, roster_import: RosterImport, key: str, by: User, at: datetime | None = None) -> list[Slip]:
    """The next `CARDS_AT_ONCE` cards of a roster with their PINs, in the order of its rows. They are gone afterwards.

    `key` is the half that opens (`slips.new_key`), which only the browser has that confirmed the roster. Refuses
    (PermissionDenied) without the right to give PINs at the place, (ValidationError) without the key.
    """
    if not can_print_cards(by, roster_import.organisation):
        raise PermissionDenied
    if not slips.fits(key, roster_import.slip_key):
        raise ValidationError(
            _("These PINs can be read only in the browser in which the roster was confirmed. Make new cards instead.")
        )
    with transaction.atomic():
        rows = list(
            RosterRow.objects.select_for_update(of=("self",)).filter(roster_import=roster_import).exclude(slip="")
            .select_related("learner").order_by("row")[:CARDS_AT_ONCE]
        )  # fmt: skip
        found = [Slip(row.learner, **slips.unlock(key, row.slip)) for row in rows if row.learner]
        RosterRow.objects.filter(pk__in=[row.pk for row in rows]).update(slip="")
        if rows:
            record(
                verb="rosters.print_cards",
                about=roster_import,
                by=by,
                organisation=roster_import.organisation_id,
                at=at,
            )
    return found


def forget_old(*, at: datetime | None = None) -> int:
    """Delete slips that nobody printed within three days, and the cells of refused rows after `LMS_EXPORT_DAYS`.

    Returns how many rows. A card whose slip is gone stays; its PIN is then nobody's, and a new one is given at the desk.
    """
    now = at or timezone.now()
    over = RosterRow.objects.filter(roster_import__state__in=[State.DONE, State.FAILED])
    slips_gone = over.filter(roster_import__finished_at__lt=now - SLIPS_KEPT).exclude(slip="")
    long_ago = now - timedelta(days=settings.LMS_EXPORT_DAYS)
    cells_gone = over.filter(roster_import__finished_at__lt=long_ago).exclude(cells="")
    return slips_gone.update(slip="") + cells_gone.update(cells="")

"""Looking at a table, and confirming what was looked at."""

import base64
import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.classes.actions.drafting import refuse_if_over
from courses.classes.models import TrainingClass
from courses.journal.actions import record
from courses.people import sealing
from courses.people.models import Organisation, User
from courses.rosters import rules
from courses.rosters.actions.planning import Outcome, Planned, plan, refuse_table
from courses.rosters.models import RosterImport
from courses.rosters.permissions import can_bring_in
from courses.sheets import read_sheet


def read_upload(file: IO[bytes]) -> rules.Roster:
    """The rows of an uploaded table. Refuses (ValidationError) what `sheets.read` and `rules.read_roster` refuse."""
    sheet = read_sheet(file, max_rows=rules.MOST_PEOPLE + rules.HEADING_ROWS)
    try:
        return rules.read_roster(sheet.rows, merged=sheet.merged, formulas=sheet.formulas)
    except rules.Unreadable as problem:
        raise refuse_table(problem) from None


def preview_roster(
    *, roster: rules.Roster, organisation: Organisation, training_class: TrainingClass | None, when_full: str, by: User,
    at: datetime | None = None,
) -> list[Planned]:  # fmt: skip
    """What would happen to each row. Stores nothing. Refuses (PermissionDenied) who may not bring in a roster there, and
    (ValidationError) a class that is over."""
    if not can_bring_in(by, organisation, training_class):
        raise PermissionDenied
    if training_class is not None:
        refuse_if_over(training_class)
    return plan(
        lines=roster.lines, headings=roster.headings, organisation=organisation, training_class=training_class,
        when_full=when_full, by=by, at=at or timezone.now(),
    )  # fmt: skip


def ask_import(
    *, roster: rules.Roster, organisation: Organisation, by: User, training_class: TrainingClass | None = None,
    when_full: str = RosterImport.WhenFull.WAIT, ticket: UUID, slip_key: str = "", at: datetime | None = None,
) -> RosterImport:  # fmt: skip
    """Confirm a roster: its rows are brought in, in the background. Confirming the same ticket twice returns the first.

    `slip_key`: the half that locks PINs (`slips.new_key`); without it nobody gets a card. Refuses what `preview_roster`
    refuses, and (ValidationError) a roster of which no row can be brought in: nothing is stored then.
    """
    if same := RosterImport.objects.filter(ticket=ticket, asked_by=by).first():
        return same
    planned = preview_roster(
        roster=roster, organisation=organisation, training_class=training_class, when_full=when_full, by=by, at=at
    )
    if all(one.outcome == Outcome.REFUSED for one in planned):
        raise ValidationError(_("No row can be brought in. Mend the table and choose it again."))
    table = packed(roster)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two clicks wait for each other
        asked, created = RosterImport.objects.get_or_create(
            ticket=ticket,
            defaults={
                "organisation": organisation, "training_class": training_class, "when_full": when_full, "asked_by": by,
                "asked_at": at or timezone.now(), "language": get_language() or "zh-hans", "rows_total": len(roster.lines),
                "table": table, "slip_key": slip_key,
            },
        )  # fmt: skip
        if created:
            record(verb="rosters.ask_import", about=asked, by=by, organisation=organisation, at=at)
            _wake(asked)
    return asked


def _wake(asked: RosterImport) -> None:
    from courses.rosters.tasks import work_on_import  # noqa: PLC0415  (the task imports the verbs)

    transaction.on_commit(lambda: work_on_import.delay(asked.pk), robust=True)


def packed(roster: rules.Roster) -> str:
    """A roster as it is kept until its last row is brought in: encrypted."""
    lines = [[one.row, dict(one.cells), [[f.column, f.code, f.value] for f in one.faults]] for one in roster.lines]
    return sealed({"headings": dict(roster.headings), "lines": lines, "unread": list(roster.unread)})


def unpacked(text: str) -> rules.Roster:
    """The opposite of `packed`."""
    found = unsealed(text)
    lines = [
        rules.Line(row, cells, tuple(rules.Fault(*fault) for fault in faults)) for row, cells, faults in found["lines"]
    ]
    return rules.Roster(tuple(lines), found["headings"], tuple(found["unread"]))


def sealed(content: dict[str, Any] | Sequence[Any]) -> str:
    """Anything of JSON, short and encrypted."""
    return sealing.seal(base64.b85encode(zlib.compress(json.dumps(content, ensure_ascii=False).encode())).decode())


def unsealed(text: str) -> Any:
    """The opposite of `sealed`. Refuses (cryptography's InvalidToken) what another key has sealed."""
    return json.loads(zlib.decompress(base64.b85decode(sealing.unseal(text))))

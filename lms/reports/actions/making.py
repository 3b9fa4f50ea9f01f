"""Making the file: may be killed at any row and begun anew by anyone."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.jobs import TakenOver, begin, drop_file, end, keep_turn, stored
from courses.journal.actions import record
from courses.sheets import write_csv, write_xlsx
from lms.reports.actions.asking import report_or_refuse, signed_by
from lms.reports.models import ReportExport
from lms.reports.permissions import may_open
from lms.reports.sheet import preface, sheet_columns
from lms.reports.sight import Sight
from lms.reports.tables import CHUNK, Row, Rows

log = logging.getLogger("lms.reports")
TRIES = 3
State = ReportExport.State


def make_export(*, export: ReportExport, at: datetime | None = None) -> ReportExport:
    """Make the file of an export that was asked for and, where it had to be, signed. Safe to repeat and to kill.

    One that is done, deleted, unsigned or in somebody else's hands stays as it is. What goes wrong is told in `problem`;
    after `TRIES` starts it is given up.
    """
    now = at or timezone.now()
    begun = begin(export, now, tries=TRIES, give_up=lambda one: _fail(one, _stopped(), now), rows_done=0)
    if begun is None:
        return ReportExport.objects.get(pk=export.pk)
    try:
        with translation.override(begun.language), TemporaryFile() as file:
            rows = _write(begun, file)
            file.seek(0)
            return _finish(begun, file, rows, at)
    except TakenOver:
        return ReportExport.objects.get(pk=export.pk)
    except ValidationError as refusal:
        return _fail(begun, " ".join(refusal.messages), at)
    except Exception:
        log.exception("export %s was not made", begun.pk)
        if begun.tries < TRIES:
            raise  # the sweep begins anew
        with translation.override(begun.language):
            return _fail(begun, _stopped(), at)


def resume_exports(*, at: datetime | None = None) -> int:
    """Begin anew what a crash or a missing broker left behind: the sweep. Returns how many."""
    left = list(ReportExport.objects.left_behind(at or timezone.now()))
    for export in left:
        make_export(export=export, at=at)
    return len(left)


def delete_old_files(*, at: datetime | None = None) -> int:
    """Delete files that are older than `LMS_EXPORT_DAYS`; the rows stay as the record of the exports. Returns how many."""
    before = (at or timezone.now()) - timedelta(days=settings.LMS_EXPORT_DAYS)
    old = ReportExport.objects.filter(state=State.DONE, finished_at__lt=before).exclude(file="")
    return sum(_delete_file(one, at) for one in old)


def _delete_file(export: ReportExport, at: datetime | None) -> int:
    with transaction.atomic():
        one = drop_file(export)
        if one is None:
            return 0
        _record("reports.delete_file", one, "file", at)
    return 1


def _stopped() -> str:
    return _("It did not work three times in a row. Ask the operator to look at the log.")


def _write(export: ReportExport, file: IO[bytes]) -> int:
    report, user = report_or_refuse(export), export.asked_by
    if not may_open(user, report):
        raise ValidationError(_("Whoever asked may no longer see this report."))
    second = signed_by(export)
    sight = Sight.countersigned(user, second) if export.full_ids and second else Sight.of(user)
    rows = report.rows(user, export.scope, export.period, sight)
    ReportExport.objects.filter(pk=export.pk).update(rows_total=len(rows))
    head = preface(report, export)
    if export.file_format == ReportExport.Format.CSV:
        return write_csv(file, sheet_columns(report), _counted(export, rows), preface=head if export.full_ids else ())
    return write_xlsx(file, sheet_columns(report), _counted(export, rows), title=str(report.title), preface=head)


def _counted(export: ReportExport, rows: Rows) -> Iterator[Row]:
    """The rows, telling how far they have got after every chunk; stops (TakenOver) where somebody else has begun anew."""
    for number, row in enumerate(rows, start=1):
        yield row
        if number % CHUNK == 0:
            keep_turn(export, rows_done=number)


def _finish(begun: ReportExport, file: IO[bytes], rows: int, at: datetime | None) -> ReportExport:
    with stored(begun.file, begun.file_name, File(file)) as name, transaction.atomic():
        if not end(begun, State.DONE, at=at, file=name, rows_done=rows, rows_total=rows):
            raise TakenOver
        _record("reports.make_file", begun, "file", at)
    return ReportExport.objects.get(pk=begun.pk)


def _fail(begun: ReportExport, sentence: str, at: datetime | None) -> ReportExport:
    with transaction.atomic():
        if end(begun, State.FAILED, sentence, at=at):
            _record("reports.give_up", begun, "state", at)
    return ReportExport.objects.get(pk=begun.pk)


def _record(verb: str, export: ReportExport, field: str, at: datetime | None) -> None:
    record(verb=verb, about=export, by=None, organisation=export.organisation, fields=[field], at=at)

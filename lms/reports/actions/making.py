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

from courses.journal.actions import record
from courses.sheets import write_csv, write_xlsx
from lms.reports.actions.asking import report_or_refuse, signed_by
from lms.reports.models import ReportExport
from lms.reports.permissions import may_open
from lms.reports.sheet import preface, sheet_columns
from lms.reports.sight import Sight
from lms.reports.tables import CHUNK, Row, Rows

log = logging.getLogger("lms.reports")
SILENT = timedelta(minutes=2)  # without a sign of life for so long, somebody else takes over
TRIES = 3
State = ReportExport.State


class TakenOver(Exception):
    """Somebody else makes this file now."""


def make_export(*, export: ReportExport, at: datetime | None = None) -> ReportExport:
    """Make the file of an export that was asked for and, where it had to be, signed. Safe to repeat and to kill.

    One that is done, deleted, unsigned or in somebody else's hands stays as it is. What goes wrong is told in `problem`;
    after `TRIES` starts it is given up.
    """
    begun = _begin(export, at or timezone.now())
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
            return _fail(begun, _("It did not work three times in a row. Ask the operator to look at the log."), at)


def resume_exports(*, at: datetime | None = None) -> int:
    """Begin anew what a crash or a missing broker left behind: the sweep. Returns how many."""
    now = at or timezone.now()
    left = list(ReportExport.objects.left_behind(now - SILENT).order_by("asked_at"))
    for export in left:
        make_export(export=export, at=at)
    return len(left)


def delete_old_files(*, at: datetime | None = None) -> int:
    """Delete files that are older than `LMS_EXPORT_DAYS`; the rows stay as the record of the exports. Returns how many."""
    now = at or timezone.now()
    old = ReportExport.objects.filter(state=State.DONE, finished_at__lt=now - timedelta(days=settings.LMS_EXPORT_DAYS))
    count = 0
    for pk in old.exclude(file="").values_list("pk", flat=True):
        with transaction.atomic():
            export = ReportExport.objects.select_for_update(of=("self",)).get(pk=pk)
            if not export.file:
                continue
            name, storage = export.file.name, export.file.storage
            export.state, export.file = State.DELETED, ""
            export.save(update_fields=["state", "file"])
            record(
                verb="reports.delete_file",
                about=export,
                by=None,
                organisation=export.organisation,
                fields=["file"],
                at=at,
            )
            transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))  # type: ignore[misc]
            count += 1
    return count


def _begin(export: ReportExport, now: datetime) -> ReportExport | None:
    with transaction.atomic():
        export = ReportExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        silent = export.beat_at is None or export.beat_at < now - SILENT
        if not (export.state == State.ASKED or (export.state == State.WORKING and silent)):
            return None
        if export.tries >= TRIES:  # killed each time: not even the failure could be written down
            _fail(export, _("It did not work three times in a row. Ask the operator to look at the log."), now)
            return None
        export.state, export.beat_at, export.tries, export.rows_done = State.WORKING, now, export.tries + 1, 0
        export.save(update_fields=["state", "beat_at", "tries", "rows_done"])
    return ReportExport.objects.select_related(
        "asked_by", "countersign__decided_by", "scope_organisation", "region", "programme", "training_class", "organisation"
    ).get(pk=export.pk)  # fmt: skip


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
            mine = ReportExport.objects.filter(pk=export.pk, state=State.WORKING, tries=export.tries)
            if not mine.update(rows_done=number, beat_at=timezone.now()):
                raise TakenOver


def _finish(export: ReportExport, file: IO[bytes], rows: int, at: datetime | None) -> ReportExport:
    with transaction.atomic():
        current = ReportExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if current.state != State.WORKING or current.tries != export.tries:
            raise TakenOver
        current.file.save(current.file_name, File(file), save=False)
        current.state, current.finished_at = State.DONE, at or timezone.now()
        current.rows_done = current.rows_total = rows
        current.save(update_fields=["state", "finished_at", "file", "rows_done", "rows_total"])
        record(
            verb="reports.make_file", about=current, by=None, organisation=current.organisation, fields=["file"], at=at
        )
    return current


def _fail(export: ReportExport, sentence: str, at: datetime | None) -> ReportExport:
    with transaction.atomic():
        # Another worker may have begun anew, or be done already: then it is theirs to say how it ended.
        mine = ReportExport.objects.filter(pk=export.pk, tries=export.tries, state__in=(State.ASKED, State.WORKING))
        if mine.update(state=State.FAILED, problem=sentence[:200], finished_at=at or timezone.now()):
            about, place = export, export.organisation
            record(verb="reports.give_up", about=about, by=None, organisation=place, fields=["state"], at=at)
    return ReportExport.objects.get(pk=export.pk)

"""Marking a register."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from courses.attendance.actions.presence import overlaps_and_long_days
from courses.attendance.actions.refusing import (
    locked_for,
    refuse_late_changes,
    refuse_minutes,
    refuse_now,
    refuse_strangers,
)
from courses.attendance.models import AttendanceRecord, Register
from courses.attendance.rules import Mark
from courses.classes.models import ClassSession, Enrolment
from courses.journal.actions import record
from courses.people.models import User


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else has marked since: the mark that stands, and the one that was wanted."""

    live: AttendanceRecord
    wanted: Mark


@dataclass(frozen=True)
class Marked:
    """What came of marking: the marks that stand now, the cells left alone, and what the trainer should look at."""

    records: dict[int, AttendanceRecord] = field(default_factory=dict)  # by enrolment
    conflicts: list[Conflict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Sheet:
    """A register under the lock of its session: who is on it, and what has been marked."""

    session: ClassSession
    register: Register
    enrolments: Mapping[int, Enrolment]
    live: Mapping[int, AttendanceRecord]  # the marks that stand, by enrolment
    first_marked: Mapping[int, datetime]


def mark_register(
    *,
    session: ClassSession,
    marks: Mapping[int, Mark],
    by: User | None,
    at: datetime | None = None,
    versions: Mapping[int, int] | None = None,
    source: str | None = None,
    rest: Mark | None = None,
    left_open: Collection[int] = (),
) -> Marked:
    """Mark learners of one session: enrolment → mark. Cells that are not named stay as they are; nobody is marked by default.

    `rest` is for everybody else on the register who has no mark and is not paused, but for the enrolments in `left_open`.

    `versions` (enrolment → version that the trainer saw, 0 = no mark): a cell that has changed since is left alone and comes
    back as a conflict, the others are written; the same mark again is no conflict. `source` is late entry (补录) by itself
    when the correction hours have passed since the session.

    Refuses everything and stores nothing (ValidationError): a session that has not begun or was cancelled, a class that does
    not run, somebody who is not on the register, impossible minutes, a learner who was elsewhere in those minutes, and a
    change after the time for changes (ATT-5: `correct_record`). (PermissionDenied) without the right to mark.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        sheet = _sheet(locked_for(session, by), marks, moment, everybody=rest is not None)
        if rest is not None:
            marks = {**marks, **dict.fromkeys(_unmarked(sheet, {*marks, *left_open}), rest)}
        result, changed = _compared(sheet, marks, versions or {})
        if changed:
            result.warnings.extend(_refuse_changes(sheet, changed, moment))
            source = source or _usual_source(sheet.session, moment)
            written = write_marks(sheet.session, changed, sheet.live, by=by, at=moment, source=source)
            result.records.update(written)
            record(
                verb="attendance.mark_register", about=session, by=by,
                organisation=sheet.session.training_class.host_id, fields=["status"], at=at,
            )  # fmt: skip
    return result


def write_marks(
    session: ClassSession, marks: Mapping[int, Mark], live: Mapping[int, AttendanceRecord], *, by: User | None,
    at: datetime, source: str, reason: str = "",
) -> dict[int, AttendanceRecord]:  # fmt: skip
    """Write marks beside those that stand, which are superseded and stay. The session must be locked."""
    old = {pk: live[pk] for pk in marks if pk in live}
    AttendanceRecord.objects.filter(pk__in=[one.pk for one in old.values()]).update(superseded_at=at)
    new = AttendanceRecord.objects.bulk_create(
        AttendanceRecord(
            session=session, enrolment_id=pk, status=mark.status, minutes_missed=mark.minutes_missed, source=source,
            version=old[pk].version + 1 if pk in old else 1, reason=reason, marked_at=at, marked_by=by,
        )
        for pk, mark in marks.items()
    )  # fmt: skip
    written = {one.enrolment_id: one for one in new}
    for pk, one in old.items():
        one.superseded_at, one.superseded_by = at, written[pk]
    AttendanceRecord.objects.bulk_update(old.values(), ["superseded_by"])
    return written


def _sheet(session: ClassSession, marks: Mapping[int, Mark], moment: datetime, *, everybody: bool) -> _Sheet:
    """The register of a locked session, opened where nobody has marked in it yet. Refuses what no mark may be."""
    refuse_now(session, moment)
    enrolments = refuse_strangers(session, marks, everybody=everybody)
    refuse_minutes(session, marks, enrolments)
    register, is_new = Register.objects.get_or_create(session=session, defaults={"opened_at": moment})
    live, first_marked = ({}, {}) if is_new else _marks_of(session)  # no mark is older than its register
    return _Sheet(session, register, enrolments, live, first_marked)


def _marks_of(session: ClassSession) -> tuple[dict[int, AttendanceRecord], dict[int, datetime]]:
    """The marks that stand, and when each learner was marked for the first time."""
    live: dict[int, AttendanceRecord] = {}
    first: dict[int, datetime] = {}
    for one in session.records.order_by("version"):
        first.setdefault(one.enrolment_id, one.marked_at)
        if one.superseded_at is None:
            live[one.enrolment_id] = one
    return live, first


def _unmarked(sheet: _Sheet, named: Collection[int]) -> list[int]:
    """Who has no mark, is not named and not paused."""
    free = sheet.enrolments.keys() - sheet.live.keys() - set(named)
    return [pk for pk, one in sheet.enrolments.items() if pk in free and one.state != Enrolment.State.SUSPENDED]


def _compared(sheet: _Sheet, marks: Mapping[int, Mark], versions: Mapping[int, int]) -> tuple[Marked, dict[int, Mark]]:
    """What needs no writing (the same mark, and conflicts), and what is to be written."""
    result, changed = Marked(), {}
    for pk, mark in marks.items():
        standing = sheet.live.get(pk)
        if standing and standing.mark == mark:
            result.records[pk] = standing
        elif standing and versions.get(pk, standing.version) != standing.version:
            result.conflicts.append(Conflict(standing, mark))
        else:
            changed[pk] = mark
    return result, changed


def _refuse_changes(sheet: _Sheet, changed: Mapping[int, Mark], moment: datetime) -> list[str]:
    """Refuse changes that come too late, and learners who were elsewhere; returns what the trainer should look at."""
    first_marked = {pk: sheet.first_marked[pk] for pk in changed if pk in sheet.live}
    refuse_late_changes(sheet.session, sheet.register, moment, first_marked, sheet.enrolments)
    rows = {pk: (sheet.enrolments[pk], mark) for pk, mark in changed.items()}
    overlaps, warnings = overlaps_and_long_days(sheet.session, rows)
    if overlaps:
        raise ValidationError(overlaps)
    return warnings


def _usual_source(session: ClassSession, moment: datetime) -> str:
    window = timedelta(hours=session.training_class.run_rules.correction_hours)
    late = moment > session.ends_at + window
    return AttendanceRecord.Source.LATE_ENTRY if late else AttendanceRecord.Source.LIVE

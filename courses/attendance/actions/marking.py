"""Marking a register, and finishing it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance.actions.presence import overlaps_and_long_days
from courses.attendance.models import AttendanceRecord, Register
from courses.attendance.permissions import can_mark
from courses.attendance.rules import Mark, correction_deadline, finishable_from, mark_problem
from courses.classes.models import ClassSession, Enrolment, TrainingClass
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
    if by is not None and not can_mark(by, session):
        raise PermissionDenied
    moment = at or timezone.now()
    with transaction.atomic():
        session = locked(session)
        _refuse_now(session, moment)
        enrolments = _refuse_strangers(session, marks, everybody=rest is not None)
        _refuse_minutes(session, marks, enrolments)
        register, _created = Register.objects.get_or_create(session=session, defaults={"opened_at": moment})
        live, first_marked = _marks_of(session)
        if rest is not None:
            open_rows = _unmarked(enrolments, {*live, *marks, *left_open})
            marks = {**marks, **dict.fromkeys(open_rows, rest)}
        result = Marked()
        changed: dict[int, Mark] = {}
        for pk, mark in marks.items():
            standing = live.get(pk)
            if standing and standing.mark == mark:
                result.records[pk] = standing
            elif standing and versions is not None and versions.get(pk, standing.version) != standing.version:
                result.conflicts.append(Conflict(standing, mark))
            else:
                changed[pk] = mark
        if not changed:
            return result
        _refuse_late_changes(
            session, register, moment, {pk: first_marked[pk] for pk in changed if pk in live}, enrolments
        )
        overlaps, warnings = overlaps_and_long_days(
            session, {pk: (enrolments[pk], mark) for pk, mark in changed.items()}
        )
        if overlaps:
            raise ValidationError(overlaps)
        result.warnings.extend(warnings)
        window = timedelta(hours=session.training_class.run_rules.correction_hours)
        late = moment > session.ends_at + window
        usual = AttendanceRecord.Source.LATE_ENTRY if late else AttendanceRecord.Source.LIVE
        result.records.update(write_marks(session, changed, live, by=by, at=moment, source=source or usual))
        record(
            verb="attendance.mark_register", about=session, by=by, organisation=session.training_class.host_id,
            fields=["status"], at=at,
        )  # fmt: skip
    return result


def close_register(*, session: ClassSession, by: User | None, at: datetime | None = None) -> Register:
    """Finish a register: from here on a change needs a reason and a second person. Finishing twice changes nothing.

    Refuses (ValidationError) while anybody on it has no mark, and before the session is over: one that ended early says first
    how many minutes were held (`classes.interrupt`).
    """
    if by is not None and not can_mark(by, session):
        raise PermissionDenied
    moment = at or timezone.now()
    with transaction.atomic():
        session = locked(session)
        register, _created = Register.objects.get_or_create(session=session, defaults={"opened_at": moment})
        if register.closed_at is not None:
            return register
        _refuse_now(session, moment)
        _refuse_before_the_end(session, moment)
        marked = AttendanceRecord.objects.live().filter(session=session).values("enrolment")
        open_count = Enrolment.objects.due_at(session).exclude(pk__in=marked).count()
        if open_count:
            raise ValidationError(
                _("%(count)s learners are not marked yet. The hours count once everybody is.") % {"count": open_count}
            )
        register.closed_at, register.closed_by = moment, by
        register.save(update_fields=["closed_at", "closed_by"])
        record(
            verb="attendance.close_register", about=session, by=by, organisation=session.training_class.host_id, at=at
        )
    return register


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


def locked(session: ClassSession) -> ClassSession:
    """A session, locked, with its class and edition. To be called inside a transaction."""
    found = ClassSession.objects.select_for_update(of=("self",)).select_related(
        "training_class", "training_class__edition"
    )
    return found.get(pk=session.pk)


def _refuse_now(session: ClassSession, moment: datetime) -> None:
    if session.state == ClassSession.State.CANCELLED:
        raise ValidationError(_("This session was cancelled."))
    if session.starts_at > moment:
        begins = timezone.localtime(session.starts_at)
        raise ValidationError(
            _("This session begins at %(when)s. Mark it from then on.") % {"when": f"{begins:%Y-%m-%d %H:%M}"}
        )
    if session.training_class.state != TrainingClass.State.RUNNING:
        raise ValidationError(_("Registers are marked while the class runs."))


def _refuse_before_the_end(session: ClassSession, moment: datetime) -> None:
    """All planned hours count for everybody present: so nobody finishes them while they are still to be held (ATT-2)."""
    if moment < finishing_time(session):
        values = {
            "end": f"{timezone.localtime(session.held_until):%H:%M}",
            "from": f"{timezone.localtime(finishing_time(session)):%H:%M}",
        }
        raise ValidationError(
            _(
                "This session goes on until %(end)s: its register is finished from %(from)s on. What you marked is stored. "
                "If it ended early, note under “Broken off…” how many minutes were held, then finish."
            )
            % values
        )


def finishing_time(session: ClassSession) -> datetime:
    """From when on the register of a session may be finished."""
    return finishable_from(session.held_until, session.training_class.run_rules.late_tolerance_minutes)


def _refuse_strangers(session: ClassSession, marks: Mapping[int, Mark], *, everybody: bool) -> dict[int, Enrolment]:
    """The enrolments that are marked, or everybody on the register, in its order."""
    due = Enrolment.objects.due_at(session).select_related("learner").order_by("roster_no")
    found = {one.pk: one for one in (due if everybody else due.filter(pk__in=list(marks)))}
    if not found.keys() >= marks.keys():
        raise ValidationError(
            _("Somebody among the marks is not on the register of this session. Open it again from the class.")
        )
    return found


def _unmarked(enrolments: Mapping[int, Enrolment], named: Collection[int]) -> list[int]:
    return [pk for pk, one in enrolments.items() if pk not in named and one.state != Enrolment.State.SUSPENDED]


def _refuse_minutes(session: ClassSession, marks: Mapping[int, Mark], enrolments: Mapping[int, Enrolment]) -> None:
    sentences = {
        "minutes_needed": _("%(name)s: how many minutes?"),
        "minutes_too_many": _("%(name)s: the session has %(minutes)s minutes. Who missed them all was absent."),
        "minutes_not_here": _("%(name)s: minutes belong to late and left early only."),
    }
    problems = {pk: mark_problem(mark, session.minutes) for pk, mark in marks.items()}
    found = [
        sentences[problem] % {"name": enrolments[pk].learner.full_name, "minutes": session.minutes}
        for pk, problem in problems.items()
        if problem
    ]
    if found:
        raise ValidationError(found)


def _marks_of(session: ClassSession) -> tuple[dict[int, AttendanceRecord], dict[int, datetime]]:
    """The marks that stand, and when each learner was marked for the first time."""
    live: dict[int, AttendanceRecord] = {}
    first: dict[int, datetime] = {}
    for one in session.records.order_by("version"):
        first.setdefault(one.enrolment_id, one.marked_at)
        if one.superseded_at is None:
            live[one.enrolment_id] = one
    return live, first


def _refuse_late_changes(
    session: ClassSession, register: Register, moment: datetime, first_marked: Mapping[int, datetime],
    enrolments: Mapping[int, Enrolment],
) -> None:  # fmt: skip
    hours = session.training_class.run_rules.correction_hours
    late = [
        enrolments[pk].learner.full_name
        for pk, first in first_marked.items()
        if register.closed_at is not None or moment > correction_deadline(session.ends_at, first, hours)
    ]
    if late:
        raise ValidationError(
            _("%(names)s: this mark stands. Ask for a correction, with a reason; a second person decides.")
            % {"names": _(", ").join(late)}
        )

"""Correcting a mark: at once while one person may, by a second person afterwards (ATT-5). The original stays."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.attendance.actions.marking import write_marks
from courses.attendance.actions.presence import overlaps_and_long_days
from courses.attendance.models import AttendanceRecord, Correction, Register
from courses.attendance.permissions import can_mark
from courses.attendance.rules import Mark, correction_deadline, mark_problem
from courses.classes.models import TrainingClass
from courses.journal.actions import record as journal
from courses.people.actions import ask_countersign, countersign
from courses.people.models import Countersign, Organisation, User
from courses.people.permissions import MARK_REGISTERS

ACT = "attendance.correct"


def correct_record(
    *, record: AttendanceRecord, mark: Mark, reason: str, by: User, at: datetime | None = None
) -> Correction:
    """Correct a mark. While the register is open and the correction hours run, it is done at once (`result` is the new mark);
    afterwards it waits for a second person. Asking for the same twice returns the request that waits.

    Refuses (ValidationError) without a reason, a mark that no longer stands, the same mark, impossible minutes.
    """
    if not can_mark(by, record.session):
        raise PermissionDenied
    moment = at or timezone.now()
    with transaction.atomic():
        record = AttendanceRecord.objects.select_for_update(of=("self",)).select_related(
            "session__training_class__host", "session__training_class__provider", "enrolment__learner"
        ).get(pk=record.pk)  # fmt: skip
        waiting = record.corrections.waiting().first()
        if waiting and waiting.mark == mark:
            return waiting
        _refuse(record, mark, reason, waiting)
        correction = Correction.objects.create(
            record=record, status=mark.status, minutes_missed=mark.minutes_missed, reason=reason.strip(),
            asked_at=moment, asked_by=by,
        )  # fmt: skip
        journal(
            verb="attendance.correct_record", about=correction, by=by, fields=["status"], reason=reason, at=at,
            organisation=record.session.training_class.host_id,
        )  # fmt: skip
        if _one_person_suffices(record, moment):
            return _apply(correction, record, moment)
        _ask_second_person(correction, by, at)
    return correction


def decide_correction(
    *, correction: Correction, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> Correction:
    """Decide a correction as the second person: approved, the new mark stands beside the old one.

    Refuses (PermissionDenied) the person who asked; (ValidationError) a refusal without a comment, and a mark that has
    changed since. Deciding twice the same way changes nothing.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        correction = Correction.objects.select_for_update(of=("self",)).select_related("record").get(pk=correction.pk)
        request = Countersign.objects.filter(
            act=ACT, object_label=correction._meta.label_lower, object_id=str(correction.pk)
        ).get()
        countersign(request=request, by=by, approve=approve, comment=comment, at=at)
        if correction.decided_at is not None:
            return correction
        if not approve:
            correction.decided_at = moment
            correction.save(update_fields=["decided_at"])
            return correction
        record = AttendanceRecord.objects.select_for_update(of=("self",)).select_related(
            "session__training_class", "enrolment__learner"
        ).get(pk=correction.record_id)  # fmt: skip
        if record.superseded_at is not None:
            raise ValidationError(_("The mark has changed since. Send this back and look at the new one."))
        return _apply(correction, record, moment)


def _apply(correction: Correction, record: AttendanceRecord, moment: datetime) -> Correction:
    marks = {record.enrolment_id: correction.mark}
    overlaps, _warnings = overlaps_and_long_days(
        record.session, {record.enrolment_id: (record.enrolment, correction.mark)}
    )
    if overlaps:
        raise ValidationError(overlaps)
    written = write_marks(
        record.session, marks, {record.enrolment_id: record}, by=correction.asked_by, at=moment,
        source=AttendanceRecord.Source.CORRECTION, reason=correction.reason,
    )  # fmt: skip
    correction.result, correction.decided_at = written[record.enrolment_id], moment
    correction.save(update_fields=["result", "decided_at"])
    return correction


def _refuse(record: AttendanceRecord, mark: Mark, reason: str, waiting: Correction | None) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the mark is corrected.")})
    if record.superseded_at is not None:
        raise ValidationError(_("This mark has been replaced already. Look at the new one first."))
    if waiting:
        raise ValidationError(_("Another correction of this mark is waiting for a decision."))
    if record.mark == mark:
        raise ValidationError(_("This is the mark that stands. Choose another, or leave it."))
    problem = mark_problem(mark, record.session.minutes)
    if problem == "minutes_needed":
        raise ValidationError({"minutes": _("How many minutes?")})
    if problem:
        raise ValidationError({"minutes": _("The minutes do not fit the mark and the session.")})


def _one_person_suffices(record: AttendanceRecord, moment: datetime) -> bool:
    session = record.session
    if session.training_class.state != TrainingClass.State.RUNNING:
        return False
    if Register.objects.filter(session=session, closed_at__isnull=False).exists():
        return False
    first = session.records.filter(enrolment=record.enrolment_id).order_by("version").first() or record
    hours = session.training_class.run_rules.correction_hours
    return moment <= correction_deadline(session.ends_at, first.marked_at, hours)


def _ask_second_person(correction: Correction, by: User, at: datetime | None) -> None:
    session, learner = correction.record.session, correction.record.enrolment.learner
    training_class = session.training_class
    ask_countersign(
        act=ACT, about=correction, by=by, reason=correction.reason, at=at, permission=MARK_REGISTERS,
        organisation=_where_a_second_person_is(training_class, by),
        title=gettext_noop("Correct the mark of %(name)s, %(class_no)s session %(number)s"),
        values={"name": learner.full_name, "class_no": training_class.class_no, "number": session.number},
    )  # fmt: skip


def _where_a_second_person_is(training_class: TrainingClass, by: User) -> Organisation:
    """The school if somebody else there may mark registers, else the place where the class is held."""
    others = User.objects.with_right(MARK_REGISTERS, training_class.provider).exclude(pk=by.pk)
    return training_class.provider if others.exists() else training_class.host

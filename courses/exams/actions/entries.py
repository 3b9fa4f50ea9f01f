"""The exam list: who may sit, computed once and frozen with its figures (EXM-2)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import EarnedHours
from courses.classes.models import Enrolment, TrainingClass
from courses.classes.permissions import refuse_unless
from courses.exams.models import ExamEntry
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import RUN_EXAMS
from courses.words import listed

FIGURES = ["eligible", "reason", "earned_half_hours", "required_half_hours", "needed_half_hours"]


def make_entries(*, training_class: TrainingClass, by: User | None, at: datetime | None = None) -> list[ExamEntry]:
    """Make the exam list of a class: everybody on the roster, with the hours of this moment and whether they suffice.

    Who stands on the list already stays as computed then (EXM-2); a second call adds only who has joined since. Those who
    left the class are not on it. Needs `RUN_EXAMS`.

    Refuses (ValidationError) a class that does not run and, naming them, held sessions that are not fully marked: they must
    not vanish from anybody's hours.
    """
    refuse_unless(by, RUN_EXAMS, training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        there = set(ExamEntry.objects.of(training_class).values_list("enrolment", flat=True))
        new = [enrolment for enrolment in training_class.enrolments.on_roster() if enrolment.pk not in there]
        if new:
            if training_class.state != TrainingClass.State.RUNNING:
                raise ValidationError(_("The exam list is made while the class is running."))
            refuse_unmarked(training_class, moment)
            hours = AttendanceRecord.objects.hours_of(training_class, moment)
            ExamEntry.objects.bulk_create(_entry(enrolment, hours[enrolment.pk], by, moment) for enrolment in new)
            record(verb="exams.make_entries", about=training_class, by=by, organisation=training_class.host_id, at=at)
    return list(ExamEntry.objects.of(training_class))


def renew_entries(
    *, training_class: TrainingClass, by: User | None, reason: str, at: datetime | None = None
) -> list[ExamEntry]:
    """Compute the list again, for a reason (a register was corrected, lessons were made up). Returns the entries that changed.

    Whoever has sat anything stays as computed. Needs `RUN_EXAMS`. Refuses (ValidationError) a missing reason and whatever
    `make_entries` refuses.
    """
    refuse_unless(by, RUN_EXAMS, training_class)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the list is computed again.")})
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        refuse_unmarked(training_class, moment)
        hours = AttendanceRecord.objects.hours_of(training_class, moment)
        unused = ExamEntry.objects.of(training_class).filter(grades__isnull=True, attempts__isnull=True)
        changed = []
        for entry in unused.select_for_update(of=("self",)):
            fresh = _entry(entry.enrolment, hours[entry.enrolment_id], by, moment)
            if any(getattr(entry, name) != getattr(fresh, name) for name in FIGURES):
                fresh.pk = entry.pk
                changed.append(fresh)
        ExamEntry.objects.bulk_update(changed, [*FIGURES, "computed_at", "computed_by"])
        if changed:
            record(
                verb="exams.renew_entries", about=training_class, by=by, organisation=training_class.host_id,
                fields=FIGURES, reason=reason.strip(), at=at,
            )  # fmt: skip
    return changed


def refuse_unmarked(training_class: TrainingClass, at: datetime) -> None:
    """Refuse (ValidationError) while a held session lacks marks, naming each (EXM-2, CLS-7)."""
    waiting = AttendanceRecord.objects.unmarked_sessions(training_class, at)
    if waiting:
        names = listed(
            _("session %(number)s (%(day)s)") % {
                "number": unmarked.session.number,
                "day": f"{timezone.localtime(unmarked.session.starts_at):%Y-%m-%d}",
            }
            for unmarked in waiting
        )  # fmt: skip
        raise ValidationError(
            _("Not everybody is marked in %(sessions)s. Mark the register first.") % {"sessions": names}
        )


def _entry(enrolment: Enrolment, hours: EarnedHours, by: User | None, at: datetime) -> ExamEntry:
    left = enrolment.state == Enrolment.State.INCOMPLETE and enrolment.end_reason != Enrolment.EndReason.HOURS_SHORT
    reason = ExamEntry.LEFT if left else "" if hours.met else ExamEntry.HOURS_SHORT
    return ExamEntry(
        enrolment=enrolment, eligible=not reason, reason=reason, earned_half_hours=hours.earned_half_hours,
        required_half_hours=hours.required_half_hours, needed_half_hours=hours.needed_half_hours, computed_at=at,
        computed_by=by,
    )  # fmt: skip

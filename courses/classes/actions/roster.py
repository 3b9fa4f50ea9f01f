"""Who is in a class: enrolling, pausing, leaving, waiting for a place."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.actions.drafting import OVER, refuse_if_over
from courses.classes.models import Enrolment, TrainingClass, WaitingEntry
from courses.classes.permissions import refuse_unless
from courses.journal.actions import record
from courses.people.models import Learner, User
from courses.people.permissions import OPEN_CLASSES


def enrol(
    *, training_class: TrainingClass, learner: Learner, by: User | None, override_reason: str = "",
    at: datetime | None = None,
) -> Enrolment:  # fmt: skip
    """Put a learner on the roster, with the next number. Enrolling twice returns the enrolment.

    Refuses (ValidationError) a full class (CLS-2), and, unless `override_reason` says why: a learner who is not at the host,
    and one who is in another class in the same days (CLS-5).
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        learner = Learner.objects.select_for_update().get(pk=learner.pk)
        existing = training_class.enrolments.filter(learner=learner).first()
        if existing and existing.ended_at is None:
            return existing
        refuse_if_over(training_class)
        if existing:
            raise ValidationError(
                _("%(name)s was in this class before. Take the learner up again from the roster.")
                % {"name": learner.full_name}
            )
        _refuse_when_full(training_class, learner)
        if not override_reason.strip():
            _refuse_elsewhere(training_class, learner, moment)
            _refuse_second_class(training_class, learner)
        last = training_class.enrolments.aggregate(last=Max("roster_no"))["last"] or 0
        enrolment = Enrolment.objects.create(
            training_class=training_class, learner=learner, roster_no=last + 1, enrolled_at=moment,
            override_reason=override_reason.strip(),
        )  # fmt: skip
        training_class.waiting.filter(learner=learner, ended_at=None).update(ended_at=moment)
        record(
            verb="classes.enrol", about=enrolment, by=by, organisation=training_class.host_id, reason=override_reason,
            at=at,
        )  # fmt: skip
    return enrolment


def suspend(*, enrolment: Enrolment, by: User | None, reason: str, at: datetime | None = None) -> Enrolment:
    """Pause a learner, who stays on the roster. Pausing twice changes nothing. A neutral reason is needed."""
    return _move(enrolment, Enrolment.State.SUSPENDED, by=by, reason=reason, at=at, verb="suspend")


def resume(*, enrolment: Enrolment, by: User | None, reason: str, at: datetime | None = None) -> Enrolment:
    """Take a paused learner, or one who had left, up again. The place is counted again (CLS-2). A reason is needed."""
    return _move(enrolment, Enrolment.State.ACTIVE, by=by, reason=reason, at=at, verb="resume")


def withdraw(
    *, enrolment: Enrolment, by: User | None, reason: str, note: str = "", at: datetime | None = None
) -> Enrolment:
    """Take a learner off the class before its end; what was earned stays. `reason` is one of `Enrolment.EndReason`.

    Withdrawing twice changes nothing. Refuses (ValidationError) another word, and a class that is over.
    """
    if reason not in Enrolment.EndReason.values:
        raise ValidationError({"reason": _("Choose a reason from the list.")})
    return _move(
        enrolment, Enrolment.State.INCOMPLETE, by=by, reason=note or reason, at=at, verb="withdraw", end=reason
    )


def wait(
    *, training_class: TrainingClass, learner: Learner, by: User | None, at: datetime | None = None
) -> WaitingEntry:
    """Put a learner on the waiting list (候补); asking twice keeps the first place in it (CLS-2)."""
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        refuse_if_over(training_class)
        if training_class.enrolments.on_roster().filter(learner=learner).exists():
            raise ValidationError(_("%(name)s is in the class already.") % {"name": learner.full_name})
        entry, created = WaitingEntry.objects.get_or_create(
            training_class=training_class, learner=learner, ended_at=None,
            defaults={"asked_by": by, "since": at or timezone.now()},
        )  # fmt: skip
        if created:
            record(verb="classes.wait", about=entry, by=by, organisation=training_class.host_id, at=at)
    return entry


def stop_waiting(*, entry: WaitingEntry, by: User | None, at: datetime | None = None) -> WaitingEntry:
    """Take a learner off the waiting list. Twice changes nothing."""
    refuse_unless(by, OPEN_CLASSES, entry.training_class)
    with transaction.atomic():
        entry = WaitingEntry.objects.select_for_update().get(pk=entry.pk)
        if entry.ended_at is None:
            entry.ended_at = at or timezone.now()
            entry.save(update_fields=["ended_at"])
            record(verb="classes.stop_waiting", about=entry, by=by, organisation=entry.training_class.host_id, at=at)
    return entry


def _move(
    enrolment: Enrolment, state: str, *, by: User | None, reason: str, at: datetime | None, verb: str, end: str = ""
) -> Enrolment:
    refuse_unless(by, OPEN_CLASSES, enrolment.training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=enrolment.training_class_id)
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if enrolment.state == state:
            return enrolment
        refuse_if_over(training_class)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why.")})
        ended = enrolment.ended_at is not None
        if ended and state != Enrolment.State.ACTIVE:
            raise ValidationError(_("This learner has left the class already."))
        if ended:
            _refuse_when_full(training_class, enrolment.learner)
        enrolment.state, enrolment.end_reason = state, end
        enrolment.ended_at = (at or timezone.now()) if end else None
        enrolment.save(update_fields=["state", "end_reason", "ended_at"])
        record(
            verb=f"classes.{verb}", about=enrolment, by=by, organisation=training_class.host_id, reason=reason, at=at
        )
    return enrolment


def _refuse_when_full(training_class: TrainingClass, learner: Learner) -> None:
    taken = training_class.enrolments.on_roster().count()
    if taken >= training_class.capacity:
        raise ValidationError(
            _("All %(places)s places are taken. Put %(name)s on the waiting list.")
            % {"places": training_class.capacity, "name": learner.full_name}
        )


def _refuse_elsewhere(training_class: TrainingClass, learner: Learner, moment: datetime) -> None:
    if not Learner.objects.at(training_class.host, moment).filter(pk=learner.pk).exists():
        raise ValidationError(
            _("%(name)s is not at %(host)s. Say why the learner joins all the same, or choose another.")
            % {"name": learner.full_name, "host": training_class.host}
        )


def _refuse_second_class(training_class: TrainingClass, learner: Learner) -> None:
    other = (
        learner.enrolments.filter(ended_at=None)
        .exclude(training_class__state__in=OVER)
        .filter(
            training_class__starts_on__lte=training_class.ends_on, training_class__ends_on__gte=training_class.starts_on
        )
        .select_related("training_class")
        .first()
    )
    if other:
        raise ValidationError(
            _("%(name)s is in class %(class_no)s from %(first)s to %(last)s. Say why both are possible.")
            % {
                "name": learner.full_name,
                "class_no": other.training_class.class_no,
                "first": other.training_class.starts_on,
                "last": other.training_class.ends_on,
            }
        )

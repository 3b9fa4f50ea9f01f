"""Who is in a class: enrolling, pausing, leaving, waiting for a place."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.actions.drafting import OVER, refuse_if_over
from courses.classes.models import Enrolment, TrainingClass, WaitingEntry
from courses.classes.permissions import refuse_unless
from courses.journal.actions import Act, record, record_all
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
    (enrolment,) = enrol_all(
        training_class=training_class, learners=[learner], by=by, override_reason=override_reason, at=at
    )
    return enrolment


def enrol_all(
    *, training_class: TrainingClass, learners: Sequence[Learner], by: User | None, override_reason: str = "",
    at: datetime | None = None,
) -> list[Enrolment]:  # fmt: skip
    """Put a whole list on the roster, in its order: all of them, or nobody. See `enrol` for what is refused."""
    refuse_unless(by, OPEN_CLASSES, training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        wanted = {one.pk: one for one in Learner.objects.select_for_update().filter(pk__in=[x.pk for x in learners])}
        known = {one.learner_id: one for one in training_class.enrolments.filter(learner__in=wanted)}
        new = [wanted[pk] for pk in dict.fromkeys(x.pk for x in learners) if pk not in known]
        if new or any(one.ended_at for one in known.values()):
            refuse_if_over(training_class)
        _refuse_former(wanted, known)
        if new:
            _refuse_when_full(training_class, *new)
            if not override_reason.strip():
                _refuse_elsewhere(training_class, new, moment)
                _refuse_second_class(training_class, new)
            for enrolment in _write(training_class, new, moment, override_reason.strip()):
                known[enrolment.learner_id] = enrolment
            training_class.waiting.filter(learner__in=new, ended_at=None).update(ended_at=moment)
            acts = [Act("classes.enrol", known[one.pk], reason=override_reason) for one in new]
            record_all(acts=acts, by=by, organisation=training_class.host_id, at=at)
    return [known[learner.pk] for learner in learners]


def _write(training_class: TrainingClass, new: list[Learner], moment: datetime, reason: str) -> list[Enrolment]:
    last = training_class.enrolments.aggregate(last=Max("roster_no"))["last"] or 0
    return Enrolment.objects.bulk_create(
        Enrolment(
            training_class=training_class, learner=learner, roster_no=number, enrolled_at=moment, override_reason=reason
        )
        for number, learner in enumerate(new, start=last + 1)
    )


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
    (entry,) = wait_all(training_class=training_class, learners=[learner], by=by, at=at)
    return entry


def wait_all(
    *, training_class: TrainingClass, learners: Sequence[Learner], by: User | None, at: datetime | None = None
) -> list[WaitingEntry]:
    """Put a whole list on the waiting list, in its order: all of them, or nobody. Who waits already keeps the place (CLS-2).

    Refuses (ValidationError) a class that is over, and a learner who is on its roster.
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        refuse_if_over(training_class)
        there = training_class.enrolments.on_roster().filter(learner__in=learners).select_related("learner").first()
        if there:
            raise ValidationError(_("%(name)s is in the class already.") % {"name": there.learner.full_name})
        entries = {one.learner_id: one for one in training_class.waiting.filter(learner__in=learners, ended_at=None)}
        since = at or timezone.now()
        new = WaitingEntry.objects.bulk_create(
            WaitingEntry(training_class=training_class, learner=learner, asked_by=by, since=since)
            for learner in dict.fromkeys(learners)
            if learner.pk not in entries
        )
        if new:
            acts = [Act("classes.wait", entry) for entry in new]
            record_all(acts=acts, by=by, organisation=training_class.host_id, at=at)
    entries |= {one.learner_id: one for one in new}
    return [entries[learner.pk] for learner in learners]


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


def _refuse_former(learners: Mapping[int, Learner], known: Mapping[int, Enrolment]) -> None:
    for pk, enrolment in known.items():
        if enrolment.ended_at is not None:
            raise ValidationError(
                _("%(name)s was in this class before. Take the learner up again from the roster.")
                % {"name": learners[pk].full_name}
            )


def _refuse_when_full(training_class: TrainingClass, *new: Learner) -> None:
    free = training_class.capacity - training_class.enrolments.on_roster().count()
    if len(new) > free:
        raise ValidationError(
            _("All %(places)s places are taken. Put %(name)s on the waiting list.")
            % {"places": training_class.capacity, "name": new[max(free, 0)].full_name}
        )


def _refuse_elsewhere(training_class: TrainingClass, new: list[Learner], moment: datetime) -> None:
    here = set(Learner.objects.at(training_class.host, moment).filter(pk__in=[x.pk for x in new]).values_list("pk", flat=True))  # fmt: skip
    for learner in new:
        if learner.pk not in here:
            raise ValidationError(
                _("%(name)s is not at %(host)s. Say why the learner joins all the same, or choose another.")
                % {"name": learner.full_name, "host": training_class.host}
            )


def _refuse_second_class(training_class: TrainingClass, new: list[Learner]) -> None:
    other = (
        Enrolment.objects.filter(learner__in=new, ended_at=None)
        .exclude(training_class__state__in=OVER)
        .filter(
            training_class__starts_on__lte=training_class.ends_on, training_class__ends_on__gte=training_class.starts_on
        )
        .select_related("training_class", "learner")
        .first()
    )
    if other:
        raise ValidationError(
            _("%(name)s is in class %(class_no)s from %(first)s to %(last)s. Say why both are possible.")
            % {
                "name": other.learner.full_name,
                "class_no": other.training_class.class_no,
                "first": other.training_class.starts_on,
                "last": other.training_class.ends_on,
            }
        )

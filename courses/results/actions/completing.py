"""Correcting the day of a completion: a reason, two persons, and the old day stays readable."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.classes.models import Enrolment
from courses.exams.permissions import second_person_at
from courses.journal.actions import record
from courses.people.actions import ask_countersign, countersign
from courses.people.models import Countersign, User
from courses.people.permissions import CONFIRM_RESULTS
from courses.results.models import CompletionCorrection
from courses.results.permissions import refuse_unless_may_propose

COMPLETION = "results.correct_completion"


def correct_completion(
    *, enrolment: Enrolment, becomes: datetime, by: User, reason: str, at: datetime | None = None
) -> CompletionCorrection:
    """Ask for the moment of a completion to be corrected; somebody else with `CONFIRM_RESULTS` decides.

    Asking for the same twice returns the wish. Refuses (PermissionDenied) without `EXAMINE` or `CONFIRM_RESULTS`;
    (ValidationError) a missing reason, an enrolment that was not completed, a moment to come or before the class began,
    the moment that stands, and another wish that waits.
    """
    refuse_unless_may_propose(by, enrolment.training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        enrolment = _locked(enrolment.pk)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the day is corrected.")})
        waiting = enrolment.completion_corrections.waiting().first()
        if waiting and waiting.becomes == becomes:
            return waiting
        if waiting:
            raise ValidationError(_("Another correction of this day waits for a decision."))
        was = _completed_at(enrolment)
        _refuse_impossible(enrolment, becomes, moment)
        correction = CompletionCorrection.objects.create(
            enrolment=enrolment, was=was, becomes=becomes, reason=reason.strip(), asked_by=by, asked_at=moment
        )
        training_class = enrolment.training_class
        record(
            verb=COMPLETION, about=correction, by=by, organisation=training_class.host_id, fields=["ended_at"],
            reason=correction.reason, at=at,
        )  # fmt: skip
        ask_countersign(
            act=COMPLETION, about=correction, by=by, reason=correction.reason, at=at, permission=CONFIRM_RESULTS,
            organisation=second_person_at(training_class, CONFIRM_RESULTS, by),
            title=gettext_noop("Correct the day on which %(name)s completed: %(class)s"),
            values={
                "name": enrolment.learner.full_name, "class": training_class.class_no,
            },
        )  # fmt: skip
    return correction


def decide_completion(
    *, correction: CompletionCorrection, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> CompletionCorrection:
    """Decide as the second person. Approved, the completion has its new moment; the old one stays in the correction.

    Refuses (PermissionDenied) the person who asked; (ValidationError) a refusal without a comment and a completion that has
    changed since. Deciding twice the same way changes nothing.
    """
    with transaction.atomic():
        correction = CompletionCorrection.objects.select_for_update().get(pk=correction.pk)
        request = Countersign.objects.get(
            act=COMPLETION, object_label=correction._meta.label_lower, object_id=str(correction.pk)
        )
        countersign(request=request, by=by, approve=approve, comment=comment, at=at)
        if correction.decided_at is not None:
            return correction
        enrolment = _locked(correction.enrolment_id)
        if approve:
            if _completed_at(enrolment) != correction.was:
                raise ValidationError(_("The completion has changed since. Send this back and look again."))
            enrolment.ended_at = correction.becomes
            enrolment.save(update_fields=["ended_at"])
        correction.approved, correction.decided_at = approve, at or timezone.now()
        correction.save(update_fields=["approved", "decided_at"])
        record(
            verb="results.decide_completion", about=correction, by=by, reason=comment, at=at, fields=["ended_at"],
            organisation=enrolment.training_class.host_id,
        )  # fmt: skip
    return correction


def _locked(pk: int) -> Enrolment:
    found = Enrolment.objects.select_for_update(of=("self",)).select_related(
        "learner", "training_class__host", "training_class__provider"
    )  # fmt: skip
    return found.get(pk=pk)


def _completed_at(enrolment: Enrolment) -> datetime:
    if enrolment.state != Enrolment.State.COMPLETED or enrolment.ended_at is None:
        raise ValidationError(_("Only a completed class has a day of completion."))
    return enrolment.ended_at


def _refuse_impossible(enrolment: Enrolment, becomes: datetime, now: datetime) -> None:
    if becomes == enrolment.ended_at:
        raise ValidationError({"becomes": _("This is the day that stands.")})
    if becomes > now:
        raise ValidationError({"becomes": _("This day has not come yet.")})
    if timezone.localdate(becomes) < enrolment.training_class.starts_on:
        raise ValidationError({"becomes": _("The class had not begun on this day.")})

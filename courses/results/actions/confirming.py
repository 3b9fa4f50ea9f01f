"""Confirming results as the second person, and reopening one whose evidence was corrected (EXM-7)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.models import TrainingClass
from courses.classes.permissions import refuse_unless
from courses.journal.actions import record
from courses.people.actions import countersign
from courses.people.models import Countersign, User
from courses.people.permissions import CONFIRM_RESULTS
from courses.results.actions.proposing import CONFIRM, ask, is_the_same, locked, outcome_of
from courses.results.models import Outcome
from courses.results.permissions import refuse_unless_may_propose
from courses.results.rules import decide as decide_result


def confirm(*, training_class: TrainingClass, by: User, comment: str = "", at: datetime | None = None) -> list[Outcome]:
    """Confirm what is proposed in a class; returns its confirmed results. Confirming twice changes nothing.

    Refuses (PermissionDenied) whoever proposed any of it and whoever lacks `CONFIRM_RESULTS`; (ValidationError) results whose
    hours or marks have changed since they were proposed.
    """
    return decide(training_class=training_class, by=by, approve=True, comment=comment, at=at)


def send_back(*, training_class: TrainingClass, by: User, comment: str, at: datetime | None = None) -> list[Outcome]:
    """Send proposed results back, with a comment that says why; they are proposed anew when it is mended."""
    return decide(training_class=training_class, by=by, approve=False, comment=comment, at=at)


def decide(
    *, training_class: TrainingClass, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> list[Outcome]:
    """`confirm` or `send_back`."""
    refuse_unless(by, CONFIRM_RESULTS, training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = locked(training_class)
        proposed = list(Outcome.objects.of(training_class).filter(state=Outcome.State.PROPOSED))
        request = _waiting(training_class)
        if request is None:
            return list(Outcome.objects.of(training_class).confirmed())
        if any(outcome.proposed_by_id == by.pk for outcome in proposed):
            raise PermissionDenied(_("Somebody else confirms what you have proposed."))
        if approve:
            _refuse_stale(training_class, proposed, moment)
        countersign(request=request, by=by, approve=approve, comment=comment, at=at)
        found = Outcome.objects.filter(pk__in=[outcome.pk for outcome in proposed])
        if approve:
            found.update(state=Outcome.State.CONFIRMED, confirmed_at=moment, confirmed_by=by)
        else:
            _take_back(training_class, proposed, moment)
        record(
            verb="results.confirm" if approve else "results.send_back", about=training_class, by=by, reason=comment,
            organisation=training_class.host_id, fields=["state"], at=at,
        )  # fmt: skip
    return list(Outcome.objects.of(training_class).confirmed())


def reopen(*, outcome: Outcome, by: User, reason: str, at: datetime | None = None) -> Outcome:
    """Replace a confirmed result whose hours or marks were corrected (EXM-7); the new one waits for a second person.

    The old result keeps its evidence. Certificates that rest on it are looked at again by `certificates`.
    Refuses (PermissionDenied) without `EXAMINE` or `CONFIRM_RESULTS`; (ValidationError) a missing reason, a result that is
    not confirmed or not the newest, one that still holds, and marks that are missing.
    """
    training_class = outcome.enrolment.training_class
    refuse_unless_may_propose(by, training_class)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the result is opened again.")})
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = locked(training_class)
        outcome = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
        if outcome.superseded_at is not None or outcome.state != Outcome.State.CONFIRMED:
            raise ValidationError(_("Only a confirmed result is opened again."))
        evidence = Outcome.objects.evidence_of(training_class, moment)[outcome.enrolment_id]
        decision = decide_result(evidence, training_class.edition.pass_rule, training_class.run_rules)
        if is_the_same(outcome, evidence, decision):
            raise ValidationError(_("Nothing has changed behind this result. Correct the score or the register first."))
        if not decision.is_complete:
            raise ValidationError(_("No result can be written down yet: the scores are missing."))
        outcome.superseded_at = moment
        outcome.save(update_fields=["superseded_at"])
        fresh = outcome_of(outcome.enrolment_id, evidence, decision)
        fresh.proposed_by, fresh.proposed_at = by, moment
        fresh.save(force_insert=True)
        record(
            verb="results.reopen", about=fresh, by=by, organisation=training_class.host_id, reason=reason.strip(),
            fields=["passed", "resit_of", "repeat_course"], at=at,
        )  # fmt: skip
        ask(training_class, by, at, reason.strip())
    return fresh


def _waiting(training_class: TrainingClass) -> Countersign | None:
    return Countersign.objects.waiting().filter(
        act=CONFIRM, object_label=training_class._meta.label_lower, object_id=str(training_class.pk)
    ).first()  # fmt: skip


def _refuse_stale(training_class: TrainingClass, proposed: list[Outcome], moment: datetime) -> None:
    evidence = Outcome.objects.evidence_of(training_class, moment)
    rule, run = training_class.edition.pass_rule, training_class.run_rules
    for outcome in proposed:
        found = evidence[outcome.enrolment_id]
        if not is_the_same(outcome, found, decide_result(found, rule, run)):
            raise ValidationError(
                _("Hours or scores of %(name)s have changed since. Have the results proposed again.")
                % {"name": outcome.enrolment.learner.full_name}
            )


def _take_back(training_class: TrainingClass, proposed: list[Outcome], moment: datetime) -> None:
    """Proposals that were sent back no longer count; a confirmed result that one of them had replaced does not come back:
    its evidence has changed."""
    Outcome.objects.filter(pk__in=[outcome.pk for outcome in proposed]).update(superseded_at=moment)

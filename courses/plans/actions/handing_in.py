"""Handing a plan in, sending it back to be rewritten, accepting it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Learner, User
from courses.plans.actions.writing import LOCKED, refuse_closed
from courses.plans.attempts import is_unchanged, reviews_left
from courses.plans.models import Comment, HandIn, Plan, values_of
from courses.plans.permissions import refuse_unless_reader
from courses.plans.progress import Missing, missing_of
from courses.plans.texts import plain_text
from courses.words import listed

NAMED = 6  # so many missing things are named in a sentence


def hand_in(*, plan: Plan, by: Learner, at: datetime | None = None) -> HandIn:
    """Hand the plan in: what is written is frozen as this attempt, and the plan is locked until it is sent back.

    Handing in twice gives the same. Raises `Plan.DoesNotExist` for a plan that is not this learner's. Refuses (Closed) a plan
    that cannot be written; (ValidationError, by section) what is missing; a plan that has no review left (EXM-3); one that came
    back and in which nothing was changed since: it would use its last review up for the same points.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        row = LOCKED.one(plan.pk, by.pk)
        if row.state == Plan.State.HANDED_IN:
            return row.hand_ins.get(number=row.attempt)
        refuse_closed(row)
        _refuse_no_review_left(row)
        values = values_of(row)
        _refuse_missing(row, values)
        _refuse_unchanged(row, values)
        handed_in = HandIn.objects.create(plan=row, number=row.attempt, values=values, at=moment)
        row.state = Plan.State.HANDED_IN
        row.save(update_fields=["state"])
        host = row.enrolment.training_class.host_id
        record(verb="plans.hand_in", about=row, by=by, organisation=host, fields=["state"], at=at)
    return handed_in


def send_back(*, plan: Plan, comment: str, by: User | None, at: datetime | None = None) -> Plan:
    """Unlock a plan that was handed in, to be rewritten as the next attempt; what was handed in stays readable.

    For trainers of the class and reviewers. The comment says what to do and is shown to the learner. Sending back twice is once.
    Refuses (PermissionDenied) who may not read the plan; (ValidationError) a missing comment, a plan that was not handed in.
    """
    refuse_unless_reader(by, plan)
    with transaction.atomic():
        plan = locked_for_staff(plan)
        if plan.state == Plan.State.RETURNED:
            return plan
        text = plain_text(comment)
        if not text:
            raise ValidationError({"comment": _("Write what has to be done before the plan is handed in again.")})
        if plan.state != Plan.State.HANDED_IN:
            raise ValidationError(_("Only a plan that was handed in can be sent back."))
        Comment.objects.create(plan=plan, text=text, attempt=plan.attempt, by=by, at=at or timezone.now())
        return_plan(plan, by=by, at=at)
    return plan


def accept_plan(*, plan: Plan, by: User | None, at: datetime | None = None) -> Plan:
    """Accept what was handed in, in a course that asks for no mark: for its trainers. Accepting twice is once.

    Where the course asks for a mark, the review accepts (`review`). Refuses (PermissionDenied) who may not read the plan;
    (ValidationError) a plan that was not handed in, a course in which the review decides.
    """
    refuse_unless_reader(by, plan)
    with transaction.atomic():
        plan = locked_for_staff(plan)
        if plan.state == Plan.State.ACCEPTED:
            return plan
        if plan.state != Plan.State.HANDED_IN:
            raise ValidationError(_("Only a plan that was handed in can be accepted."))
        if plan.enrolment.training_class.edition.pass_rule.plan_pass is not None:
            raise ValidationError(_("An outside expert reviews the plans of this course. The review decides."))
        set_accepted(plan)
        host = plan.enrolment.training_class.host_id
        record(verb="plans.accept_plan", about=plan, by=by, organisation=host, fields=["state"], at=at)
    return plan


def locked_for_staff(plan: Plan) -> Plan:
    """A plan, locked, with its class, edition and learner."""
    return Plan.objects.select_for_update(of=("self",)).select_related(
        "enrolment__training_class__edition", "enrolment__learner"
    ).get(pk=plan.pk)  # fmt: skip


def return_plan(plan: Plan, *, by: User | None, at: datetime | None) -> None:
    """Open a locked plan for its next attempt. To be called inside the transaction that locked it."""
    plan.state, plan.attempt = Plan.State.RETURNED, plan.attempt + 1
    plan.save(update_fields=["state", "attempt"])
    host = plan.enrolment.training_class.host_id
    record(verb="plans.send_back", about=plan, by=by, organisation=host, fields=["state", "attempt"], at=at)


def set_accepted(plan: Plan) -> None:
    """Mark a locked plan as accepted."""
    plan.state = Plan.State.ACCEPTED
    plan.save(update_fields=["state"])


def _refuse_unchanged(plan: Plan, values: dict[str, str]) -> None:
    if is_unchanged(plan, values):
        raise ValidationError(_("You have not changed anything since it came back. First make better what was said."))


def _refuse_no_review_left(plan: Plan) -> None:
    if reviews_left(plan) == 0:
        raise ValidationError(
            _("This plan was reviewed as often as the course allows. You can go on writing it and print it.")
        )


def _refuse_missing(plan: Plan, values: dict[str, str]) -> None:
    problems = {
        code: _("%(section)s: still missing: %(what)s.")
        % {"section": plan.workbook.section(code).title, "what": _named(lacking)}
        for code, lacking in missing_of(plan.workbook, values).items()
    }
    if problems:
        raise ValidationError(problems)


def _named(lacking: list[Missing]) -> str:
    """What is missing, in words; the rest of a long list as a number."""
    names = [
        _("%(label)s (%(row)s)") % {"label": one.label, "row": one.row} if one.row else str(one.label)
        for one in lacking
    ]
    text = listed(dict.fromkeys(names[:NAMED]))
    more = len(names) - NAMED
    return _("%(names)s and %(more)s more") % {"names": text, "more": more} if more > 0 else text

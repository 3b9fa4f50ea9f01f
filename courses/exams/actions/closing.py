"""Closing attempts, and marking what was handed in."""

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from courses.exams.actions import grading
from courses.exams.actions.pulse import guard_clock
from courses.exams.models import Attempt, Grade, Pause, Sitting
from courses.exams.rules.clock import Still
from courses.exams.rules.protocol import Facts
from courses.journal.actions import record
from courses.people.models import Learner
from courses.prepared import Prepared

logger = logging.getLogger("lms.exams")
RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no look-alikes: people copy it by hand
FORGOTTEN = timedelta(hours=12)

_LOCK = Attempt.objects.select_for_update(of=("self",)).order_by()
_SAVING = _LOCK.select_related("sitting__paper")
LOCKED = Prepared(
    lambda pk: _LOCK.select_related(
        "sitting__exam__training_class", "sitting__paper", "terminal", "entry__enrolment__learner"
    ).filter(pk=pk),
    str,
)
LOCKED_FOR_SAVING = Prepared(lambda pk: _SAVING.filter(pk=pk), str)
OWN_LOCKED_FOR_SAVING = Prepared(lambda pk, learner: _SAVING.filter(pk=pk, entry__enrolment__learner=learner), str, int)
PAUSES = Prepared(lambda sitting: Pause.objects.filter(sitting=sitting).order_by("since"), int)


def facts_of(attempt: Attempt, pauses: Iterable[Pause] | None = None) -> Facts:
    """What the rules need to know about an attempt. One query, for the pauses of its room, where they are not given."""
    rows = PAUSES(attempt.sitting_id) if pauses is None else pauses
    still = tuple(Still(pause.since, pause.until) for pause in rows)
    return Facts(
        attempt.state, attempt.started_at, attempt.sitting.limit_seconds, attempt.extra_seconds, still
    )  # fmt: skip


def close_attempt(attempt: Attempt, *, at: datetime, by: Learner | None = None, facts: Facts | None = None) -> bool:
    """Close a locked, open attempt: handed in now, or, when its time was over, expired with the deadline as its time.

    Returns whether it was closed before its time was over. To be called inside the transaction that locked it.
    """
    facts = facts or facts_of(attempt)
    over = facts.is_over(at)
    attempt.state = Attempt.State.EXPIRED if over else Attempt.State.SUBMITTED
    attempt.closed_at = facts.deadline(at) if over else at
    attempt.receipt = attempt.receipt or new_receipt()
    attempt.hand_raised_at = None
    attempt.save(update_fields=["state", "closed_at", "receipt", "hand_raised_at"])
    verb = "exams.expire" if over else "exams.submit"
    record(verb=verb, about=attempt, by=by, organisation=attempt.sitting.exam.training_class.host_id, at=at)
    return not over


def close_overdue(*, at: datetime | None = None) -> int:
    """The sweep: close the attempts whose time is over, with the deadline as their time, and mark what is not marked.

    Returns how many it closed. Safe to run at any time and twice at once; nothing depends on its being punctual, because
    each request that touches an attempt does the same for that attempt.
    """
    moment = at or timezone.now()
    guard_clock(moment)
    closed = 0
    candidates = Attempt.objects.open().select_related("sitting").prefetch_related("sitting__pauses")
    for candidate in candidates:
        if facts_of(candidate, candidate.sitting.pauses.all()).is_over(moment):
            closed += _expire(candidate.pk, moment)
    marked = Grade.objects.live().filter(
        exam=OuterRef("sitting__exam"), entry=OuterRef("entry"), resit=OuterRef("sitting__resit")
    )
    done = (Attempt.State.SUBMITTED, Attempt.State.EXPIRED)
    for attempt in Attempt.objects.filter(~Exists(marked), state__in=done):
        mark(attempt)
    _close_forgotten(moment)
    return closed


def _expire(pk: str, at: datetime) -> bool:
    with transaction.atomic():
        attempt = locked(pk)
        if attempt.state != Attempt.State.OPEN or not facts_of(attempt).is_over(at):
            return False
        close_attempt(attempt, at=at)
    mark(attempt)
    return True


def _close_forgotten(at: datetime) -> None:
    """A sitting that nobody closed is closed half a day after everybody is done: nobody starts its paper the next morning."""
    for sitting in Sitting.objects.open().filter(opened_at__lt=at - FORGOTTEN):
        if sitting.opened_at and sitting.opened_at < at - FORGOTTEN - timedelta(seconds=sitting.limit_seconds):
            still_open = Attempt.objects.open().filter(sitting=OuterRef("pk"))
            Sitting.objects.filter(~Exists(still_open), pk=sitting.pk).update(state=Sitting.State.CLOSED, closed_at=at)


def locked(pk: str) -> Attempt:
    """An attempt, locked until the end of the transaction, with its sitting, paper, class and learner."""
    return LOCKED.one(pk)


def locked_for_saving(pk: str) -> Attempt:
    """The same with no more than an answer needs: the hottest path. Exam and class are asked for only where it closes."""
    return LOCKED_FOR_SAVING.one(pk)


def own_locked_for_saving(pk: str, learner: Learner) -> Attempt:
    """`locked_for_saving` of an attempt of this learner; anybody else's is not there (Attempt.DoesNotExist)."""
    return OWN_LOCKED_FOR_SAVING.one(pk, learner.pk)


def mark(attempt: Attempt) -> None:
    """Mark a closed attempt. A problem here must not take the receipt from the learner: it is logged, and the sweep tries again."""
    try:
        grading.grade_attempt(attempt=attempt)
    except ValidationError as refusal:
        logger.info("attempt %s is not marked: %s", attempt.pk, refusal)
    except Exception:
        logger.exception("attempt %s could not be marked", attempt.pk)


def new_receipt() -> str:
    """Eight characters on the learner's receipt."""
    return "".join(secrets.choice(RECEIPT_LETTERS) for _letter in range(8))

"""What the learner does: start, answer, hand in. The page's clock is never asked; each reply is sent after the commit.

A learner's attempt belongs to one terminal. The terminal holds a token in a cookie; it follows from a random seed of the
attempt, the terminal and the server's secret, so that starting again after a crash gives the same one, moving to another
terminal makes it worthless, and the database alone does not give it away.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from courses.exams.actions.closing import (
    PAUSES,
    close_attempt,
    facts_of,
    locked,
    locked_for_saving,
    mark,
    own_locked_for_saving,
)
from courses.exams.actions.grading import ANSWERS
from courses.exams.actions.incidents import note_down
from courses.exams.actions.pulse import arrival
from courses.exams.booklet import Booklet, Page, order_for
from courses.exams.models import Answer, AnswerLog, Attempt, ExamEntry, Incident, Sitting, entry_due
from courses.exams.models.attempts import random_id
from courses.exams.rules.clock import whole_seconds
from courses.exams.rules.protocol import Facts, Reply, Save, Stored, Submit, decide_save, decide_submit
from courses.journal.actions import record
from courses.people.models import Learner
from courses.prepared import Prepared
from courses.questions.types import Refused
from courses.terminals.models import Terminal

ANSWER = Prepared(lambda attempt, position: Answer.objects.filter(attempt=attempt, position=position), str, int)
SITTING = Prepared(
    lambda pk: (
        Sitting.objects.select_for_update(of=("self",)).select_related("exam__training_class", "paper").filter(pk=pk)
    ),
    int,
)
ENTRY = Prepared(lambda pk: ExamEntry.objects.select_for_update(of=("self",)).filter(pk=pk).order_by(), int)
BEGUN = Prepared(
    lambda sitting, learner: Attempt.objects.filter(sitting=sitting, entry__enrolment__learner=learner), int, int
)
UNFINISHED = Prepared(lambda learner: Attempt.objects.open().filter(entry__enrolment__learner=learner).order_by(), int)
HEARD = (Reply.OK, Reply.SAME, Reply.STALE, Reply.PAUSED)  # the page that asked is the learner's, and goes on


class Unreadable:
    """Stands for a value that cannot be read: no stored answer equals it."""


class Elsewhere(ValidationError):
    """The attempt is open at another terminal: `terminal` is its name. An invigilator may move it."""

    def __init__(self, terminal: str):
        super().__init__(_("Your exam is open at %(terminal)s. Please raise your hand.") % {"terminal": terminal})
        self.terminal = terminal


@dataclass(frozen=True)
class Answered:
    """The reply to a save: what the server has now. `value` is the stored answer in the paper's terms."""

    reply: Reply
    attempt: Attempt
    facts: Facts
    at: datetime
    seq: int = 0
    value: Any = None
    saved_at: datetime | None = None

    @property
    def remaining(self) -> int:
        """Whole seconds that are left."""
        return 0 if self.attempt.state != Attempt.State.OPEN else whole_seconds(self.facts.left(self.at))

    @property
    def is_paused(self) -> bool:
        return self.facts.still_since() is not None


@dataclass(frozen=True)
class HandedIn:
    """The reply to a submission. `missing` are the positions of the paper without a stored answer."""

    reply: Reply
    attempt: Attempt
    answered: int
    missing: tuple[int, ...] = ()


def start(
    *, sitting: Sitting, learner: Learner, terminal: Terminal, at: datetime | None = None
) -> tuple[Attempt, str]:  # fmt: skip
    """Begin, or go on with, the one attempt that a learner has at a sitting. Returns it with the token for the terminal.

    Starting again at the same terminal gives the same attempt and token; after the invigilator moved the seat, the next
    terminal takes over. A closed attempt comes back with an empty token.

    Refuses (Elsewhere) another terminal than the attempt's; (ValidationError) a sitting that is not open, a paused room and
    a learner who is not on the list for it.
    """
    moment = arrival(at)
    with transaction.atomic():
        sitting = SITTING.one(sitting.pk)
        existing = BEGUN(sitting.pk, learner.pk)
        if existing:
            attempt = _go_on(locked(existing[0].pk), terminal, moment)
        else:
            attempt = _begin(sitting, learner, terminal, moment)
    if attempt.state == Attempt.State.EXPIRED:
        mark(attempt)
    is_open = attempt.state == Attempt.State.OPEN
    return attempt, token_of(attempt, terminal) if is_open else ""


def save_answer(
    *, attempt: Attempt, position: int, seq: int, value: Any, terminal: Terminal, token: str, at: datetime | None = None,
    flagged: bool | None = None,
) -> Answered:  # fmt: skip
    """Store one answer (EXM-5), or say why not: see `rules.protocol.decide_save`. `value` None takes the answer back.

    `at` is the moment of arrival. `flagged` sets the learner's own mark on the question whatever becomes of the answer.
    Refuses (ValidationError) a position that the paper has not, and, where an answer would be stored, a value that cannot
    be one: after the deadline it gets the deadline's reply like any other.
    """
    moment = arrival(at)
    with transaction.atomic():
        attempt = locked_for_saving(attempt.pk)
        problem = _no_answer(attempt, position, value)
        save = Save(seq, Unreadable() if problem else value, moment, holds(attempt, terminal, token))
        answered = _decide(attempt, position, save, terminal, flagged, problem)
    return _marked_if_late(answered)


def answer_page(
    *, attempt: str, learner: Learner, number: int, seq: int, posted: Sequence[str], terminal: Terminal, token: str,
    flagged: bool | None = None, shown_next: int | None = None, at: datetime | None = None,
) -> Answered:  # fmt: skip
    """`save_answer` in the terms of a page: the attempt's number, the question's number and the fields as they were posted.

    One lock and no second look: the hottest path. `shown_next` is the question that the page goes on to: after a pause or
    a crash the learner is there again. Raises `Attempt.DoesNotExist` for an attempt or a question that is not this
    learner's, and `types.Refused` with a sentence for what cannot be an answer.
    """
    moment = arrival(at)
    with transaction.atomic():
        row = own_locked_for_saving(attempt, learner)
        page = Booklet.of(row).page(number)
        if page is None:
            raise Attempt.DoesNotExist
        value, problem = _read(page, posted)
        save = Save(seq, value, moment, holds(row, terminal, token))
        answered = _decide(row, page.item.position, save, terminal, flagged, problem)
        if answered.reply in HEARD:
            _be_at(row, number if answered.reply == Reply.PAUSED else shown_next or number)
    return _marked_if_late(answered)


def submit(
    *, attempt: Attempt, terminal: Terminal, token: str, believed: int | None = None, at: datetime | None = None
) -> HandedIn:  # fmt: skip
    """Hand the paper in. Twice is once: the same receipt. `believed` is how many answers the page believes are stored; where
    that is wrong nothing is closed, and the reply says which questions have no answer. See `rules.protocol.decide_submit`."""
    moment = arrival(at)
    with transaction.atomic():
        attempt = locked(attempt.pk)
        facts = facts_of(attempt)
        given = {answer.position for answer in ANSWERS(attempt.pk) if answer.value is not None}
        reply = decide_submit(facts, len(given), Submit(moment, believed, holds(attempt, terminal, token)))
        if reply in (Reply.OK, Reply.LATE):
            close_attempt(attempt, at=moment, by=attempt.entry.enrolment.learner, facts=facts)
    if reply in (Reply.OK, Reply.LATE):
        mark(attempt)
    missing = tuple(page.item.position for page in Booklet.of(attempt) if page.item.position not in given)
    return HandedIn(reply, attempt, len(given), missing)


def beat(
    *, attempt: Attempt, terminal: Terminal, token: str, number: int | None = None, at: datetime | None = None
) -> Answered:  # fmt: skip
    """A sign of life: carries no answer, says how much time is left, and where in the paper the learner is (`number`)."""
    moment = arrival(at)
    with transaction.atomic():
        facts = facts_of(attempt)
        if attempt.state != Attempt.State.OPEN:
            reply = Reply.CLOSED
        elif facts.is_over(moment):
            reply, attempt = Reply.LATE, locked(attempt.pk)
            if attempt.state == Attempt.State.OPEN:
                close_attempt(attempt, at=moment)
        elif not holds(attempt, terminal, token):
            reply = Reply.ELSEWHERE
        else:
            reply = Reply.PAUSED if facts.still_since() else Reply.OK
            here = {"at_number": number} if number and 1 <= number <= len(attempt.order) else {}
            Attempt.objects.filter(pk=attempt.pk).update(last_beat_at=moment, **here)
    if reply == Reply.LATE:
        mark(attempt)
    return Answered(reply, attempt, facts, moment)


def raise_hand(*, attempt: Attempt, up: bool = True, at: datetime | None = None) -> Attempt:
    """Call the invigilator, or take the hand down. Twice is once; a closed paper has no hand."""
    moment = arrival(at)
    with transaction.atomic():
        attempt = locked(attempt.pk)
        if attempt.state == Attempt.State.OPEN and (attempt.hand_raised_at is not None) != up:
            attempt.hand_raised_at = moment if up else None
            attempt.save(update_fields=["hand_raised_at"])
            if up:
                note_down(attempt.sitting, Incident.Kind.HAND, by=None, at=moment, attempt=attempt)
    return attempt


def seat_held_by(learner_id: int) -> int | None:
    """The terminal at which a learner's exam is open: its seat does not lock itself, and there is no second one."""
    open_here = Attempt.objects.open().filter(entry__enrolment__learner=learner_id, terminal__isnull=False)
    return open_here.values_list("terminal", flat=True).first()


def token_of(attempt: Attempt, terminal: Terminal) -> str:
    """The 128-bit token with which a terminal holds an attempt."""
    return salted_hmac("courses.exams.attempt", f"{attempt.pk}:{terminal.pk}:{attempt.token_seed}").hexdigest()[:32]


def holds(attempt: Attempt, terminal: Terminal, token: str) -> bool:
    """Whether a terminal with a token is the one to which the attempt belongs."""
    return (
        attempt.terminal_id == terminal.pk
        and bool(attempt.token_seed)
        and constant_time_compare(token, token_of(attempt, terminal))
    )


def _begin(sitting: Sitting, learner: Learner, terminal: Terminal, at: datetime) -> Attempt:
    if sitting.state != Sitting.State.OPEN or sitting.paper is None:
        raise ValidationError(_("This exam is not open now. Please ask the teacher."))
    if any(pause.until is None for pause in PAUSES(sitting.pk)):
        raise ValidationError(_("The room is paused. Please wait until the exam goes on."))
    entry = entry_due(sitting, learner.pk, timezone.localdate(at))
    if entry is None:
        raise ValidationError(_("You are not on the list for this exam. Please ask the teacher."))
    entry = ENTRY.one(entry.pk)  # another room, the same moment
    if UNFINISHED(learner.pk):
        raise ValidationError(_("Another exam of yours is open. Hand it in first."))
    number = random_id()
    attempt = Attempt.objects.create(
        pk=number, sitting=sitting, entry=entry, started_at=at, order=order_for(sitting.paper, number), terminal=terminal,
        token_seed=secrets.token_hex(16), last_beat_at=at,
    )  # fmt: skip
    record(
        verb="exams.start", about=attempt, by=learner, organisation=sitting.exam.training_class.host_id, at=at
    )  # fmt: skip
    return attempt


def _go_on(attempt: Attempt, terminal: Terminal, at: datetime) -> Attempt:
    if attempt.state != Attempt.State.OPEN:
        return attempt
    facts = facts_of(attempt)
    if facts.is_over(at):
        close_attempt(attempt, at=at, facts=facts)
        return attempt
    if attempt.terminal is None:
        attempt.terminal, attempt.token_seed = terminal, secrets.token_hex(16)
        attempt.save(update_fields=["terminal", "token_seed"])
    elif attempt.terminal_id != terminal.pk:
        raise Elsewhere(attempt.terminal.name)
    return attempt


def _decide(
    attempt: Attempt, position: int, save: Save, terminal: Terminal, flagged: bool | None, problem: Exception | None = None
) -> Answered:  # fmt: skip
    """Answer a save to a locked attempt, and do what the answer says. `problem` is raised where the value would be stored."""
    facts = facts_of(attempt)
    row = next(iter(ANSWER(attempt.pk, position)), None)
    reply = decide_save(facts, Stored(row.seq, row.value) if row else Stored(), save)
    if reply == Reply.OK:
        if problem is not None:
            raise problem
        row = _store(attempt, position, save, row, terminal)
    elif reply == Reply.LATE:
        close_attempt(attempt, at=save.at, facts=facts)
    if flagged is not None and reply in (Reply.OK, Reply.SAME, Reply.STALE):
        row = _flag(attempt, position, row, flagged, save.at)
    return Answered(
        reply, attempt, facts, save.at, seq=row.seq if row else 0, value=row.value if row else None,
        saved_at=row.saved_at if row and row.seq else None,
    )  # fmt: skip


def _marked_if_late(answered: Answered) -> Answered:
    if answered.reply == Reply.LATE:
        mark(answered.attempt)
    return answered


def _read(page: Page, posted: Sequence[str]) -> tuple[Any, Refused | None]:
    """What posted fields mean; where that is nothing, why."""
    try:
        return page.parse(posted), None
    except Refused as refusal:
        return Unreadable(), refusal


def _no_answer(attempt: Attempt, position: int, value: Any) -> ValidationError | None:
    """Why a value cannot be an answer to the question. Refuses (ValidationError) a position that the paper has not."""
    page = Booklet.of(attempt).at_position(position)
    if page is None:
        raise ValidationError(_("This paper has no such question."))
    if value is None:
        return None
    try:
        read = page.parse(page.posted(value))
        same = type(read) is type(value) and read == value  # True is not choice number 1
    except (Refused, ValueError, TypeError, AttributeError):
        same = False
    return None if same else ValidationError(_("This cannot be an answer to the question."))


def _be_at(attempt: Attempt, number: int) -> None:
    """Note which question the learner has in front of him."""
    if number != attempt.at_number and 1 <= number <= len(attempt.order):
        attempt.at_number = number
        attempt.save(update_fields=["at_number"])


def _store(attempt: Attempt, position: int, save: Save, row: Answer | None, terminal: Terminal) -> Answer:
    if row is None:
        row = Answer(attempt=attempt, position=position)
    row.seq, row.value, row.saved_at = save.seq, save.value, save.at
    row.save()
    AnswerLog.objects.create(
        attempt=attempt, position=position, seq=save.seq, value=save.value, at=save.at, terminal=terminal
    )
    return row


def _flag(attempt: Attempt, position: int, row: Answer | None, flagged: bool, at: datetime) -> Answer:
    if row is None:
        row = Answer(attempt=attempt, position=position, seq=0, saved_at=at)
    if row.pk is None or row.flagged != flagged:
        row.flagged = flagged
        row.save()
    return row

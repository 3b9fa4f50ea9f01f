"""Bringing in the rows: some at a time, to be killed at any of them and taken up again by anyone."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.classes import actions as classes
from courses.classes.actions.drafting import refuse_if_over
from courses.jobs import TakenOver, begin, end, keep_turn
from courses.journal.actions import record
from courses.people.actions import register_learners
from courses.people.models import Learner
from courses.rosters import rules, slips
from courses.rosters.actions.asking import sealed, unpacked
from courses.rosters.actions.planning import Outcome, Place, Planned, plan
from courses.rosters.models import RosterImport, RosterRow
from courses.terminals.actions import Secret, issue_cards, new_secrets

log = logging.getLogger("lms.rosters")
CHUNK = 10  # rows of one transaction: less than 100 ms of write lock
TRIES = 5
State = RosterImport.State


def work_on_import(*, roster_import: RosterImport, at: datetime | None = None) -> RosterImport:
    """Bring in what is left of a confirmed roster. Safe to repeat and to kill: a row that is stored is not done again.

    Each chunk is planned anew, its PINs are hashed, and then it is stored in one transaction: files, cards, places in the
    class, and what became of each row. Where something has changed in between, the rows of the chunk go one by one, so
    that one refused row keeps nobody else out. What goes wrong altogether is told in `problem`.
    """
    now = at or timezone.now()
    begun = begin(roster_import, now, tries=TRIES, give_up=lambda one: _finish(one, State.FAILED, _stopped(one), now))
    if begun is None:
        return RosterImport.objects.get(pk=roster_import.pk)
    with translation.override(begun.language):
        try:
            _work(begun)
            return _finish(begun, State.DONE, at=at)
        except TakenOver:
            return RosterImport.objects.get(pk=begun.pk)
        except PermissionDenied:
            return _finish(begun, State.FAILED, _("Whoever asked may no longer bring in people here."), at)
        except ValidationError as refusal:  # the class is over
            return _finish(begun, State.FAILED, " ".join(refusal.messages), at)
        except Exception:
            log.exception("roster %s stopped", begun.pk)
            if begun.tries < TRIES:
                raise  # the sweep takes it up again
            return _finish(begun, State.FAILED, _stopped(begun), at)


def resume_imports(*, at: datetime | None = None) -> int:
    """Take up again what a crash or a missing broker left behind: the sweep. Returns how many."""
    left = list(RosterImport.objects.left_behind(at or timezone.now()))
    for one in left:
        work_on_import(roster_import=one, at=at)
    return len(left)


def _stopped(one: RosterImport) -> str:
    with translation.override(one.language):
        return _("It did not work five times in a row. Ask the operator to look at the log.")


def _work(begun: RosterImport) -> None:
    roster = unpacked(begun.table)
    done = set(begun.rows.values_list("row", flat=True))
    left = [line for line in roster.lines if line.row not in done]
    for start in range(0, len(left), CHUNK):
        chunk = left[start : start + CHUNK]
        try:
            _bring_in(begun, roster, chunk)
        except (ValidationError, IntegrityError):
            for line in chunk:
                _bring_in_one(begun, roster, line)


def _bring_in_one(begun: RosterImport, roster: rules.Roster, line: rules.Line) -> None:
    try:
        _bring_in(begun, roster, [line])
    except (ValidationError, IntegrityError) as refusal:
        problems = refusal.messages if isinstance(refusal, ValidationError) else [_("Somebody else has just entered the same. Look and try again.")]  # fmt: skip
        with transaction.atomic():
            keep_turn(begun)
            row = RosterRow(roster_import=begun, row=line.row, outcome=Outcome.REFUSED)
            row.problems, row.cells = list(problems), sealed(dict(line.cells))
            row.save(force_insert=True)


def _bring_in(begun: RosterImport, roster: rules.Roster, chunk: Sequence[rules.Line]) -> None:
    """Plan, hash, store. The hashes take far longer than the storing, and are done before it."""
    if begun.training_class is not None:
        begun.training_class.refresh_from_db(fields=["state", "capacity"])
        refuse_if_over(begun.training_class)
    now = timezone.now()
    planned = plan(
        lines=chunk, headings=roster.headings, organisation=begun.organisation, training_class=begun.training_class,
        when_full=begun.when_full, by=begun.asked_by, at=now,
        done=dict(begun.rows.filter(learner__isnull=False).values_list("learner", "row")),
    )  # fmt: skip
    refused = {one.line.row: sealed(dict(one.line.cells)) for one in planned if one.outcome == Outcome.REFUSED}
    cardless = [one for one in planned if begun.slip_key and not one.has_card and one.outcome != Outcome.REFUSED]
    secrets = dict(zip([one.line.row for one in cardless], new_secrets(len(cardless)), strict=True))
    locked = {row: slips.lock(begun.slip_key, {"pin": one.pin, "code": one.code}) for row, one in secrets.items()}
    with transaction.atomic():
        keep_turn(begun)
        learners = _files(begun, planned, now)
        _cards(begun, learners, secrets, now)
        _seats(begun, planned, learners, now)
        RosterRow.objects.bulk_create(
            RosterRow(
                roster_import=begun, row=row, outcome=one.outcome, place=one.place, learner=learners.get(row),
                problems=list(one.problems), cells=refused.get(row, ""), slip=locked.get(row, ""),
            )
            for row, one in _by_row(planned)
        )  # fmt: skip


def _by_row(planned: Sequence[Planned]) -> Iterator[tuple[int, Planned]]:
    return ((one.line.row, one) for one in planned)


def _files(begun: RosterImport, planned: Sequence[Planned], now: datetime) -> dict[int, Learner]:
    """The person of each row that is not refused; files are opened for those who have none."""
    new = [(row, one.person) for row, one in _by_row(planned) if one.outcome == Outcome.NEW and one.person]
    learners = {row: one.learner for row, one in _by_row(planned) if one.learner}
    if new:
        people = [person for _row, person in new]
        opened = register_learners(people=people, by=begun.asked_by, organisation=begun.organisation, at=now)
        learners |= {row: learner for (row, _person), learner in zip(new, opened, strict=True)}
    return learners


def _cards(begun: RosterImport, learners: dict[int, Learner], secrets: dict[int, Secret], now: datetime) -> None:
    if secrets:
        issue_cards(
            learners=[learners[row] for row in secrets], secrets=list(secrets.values()), by=begun.asked_by,
            organisation=begun.organisation, at=now,
        )  # fmt: skip


def _seats(begun: RosterImport, planned: Sequence[Planned], learners: dict[int, Learner], now: datetime) -> None:
    if begun.training_class is None:
        return
    joining = [
        learners[row] for row, one in _by_row(planned) if one.place == Place.CLASS and one.outcome != Outcome.THERE
    ]
    if joining:
        classes.enrol_all(training_class=begun.training_class, learners=joining, by=begun.asked_by, at=now)
    waiting = [
        learners[row] for row, one in _by_row(planned) if one.place == Place.WAITING and one.outcome != Outcome.THERE
    ]
    if waiting:
        classes.wait_all(training_class=begun.training_class, learners=waiting, by=begun.asked_by, at=now)


def _finish(begun: RosterImport, state: str, problem: str = "", at: datetime | None = None) -> RosterImport:
    with transaction.atomic():
        if end(begun, state, problem, at=at, table=""):
            verb = "rosters.finish_import" if state == State.DONE else "rosters.give_up"
            record(verb=verb, about=begun, by=None, organisation=begun.organisation_id, fields=["state"], at=at)
    return RosterImport.objects.get(pk=begun.pk)

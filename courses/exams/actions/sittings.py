"""Planning, opening and closing a sitting."""

import hashlib
import json
import secrets
import shutil
from datetime import datetime, timedelta

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.models import TrainingClass
from courses.classes.permissions import refuse_unless
from courses.exams.actions.closing import close_attempt, facts_of, mark
from courses.exams.actions.incidents import end_pause, note_down
from courses.exams.actions.pulse import arrival
from courses.exams.models import Attempt, Exam, Incident, Paper, PaperItem, Sitting, due_at
from courses.journal.actions import record
from courses.people.models import Room, User
from courses.people.permissions import RUN_EXAMS
from courses.questions.models import Question
from courses.questions.rules import BlueprintProblem, Drawn, NotEnough, PoolQuestion, draw

EARLIEST = timedelta(hours=1)  # before the planned time: a paper that lies open all day is read by somebody
FIRST_STATES = (TrainingClass.State.APPROVED, TrainingClass.State.RUNNING)
RESIT_STATES = (*FIRST_STATES, TrainingClass.State.CLOSED)
FREE_BYTES, FREE_SHARE, FREE_PLENTY = 2**30, 0.10, 10 * 2**30


def plan_sitting(
    *, exam: Exam, planned_for: datetime, by: User | None, room: Room | None = None, resit: bool = False,
    at: datetime | None = None,
) -> Sitting:  # fmt: skip
    """Plan a time and a room at which an exam is sat on the terminals. The same plan again returns the sitting. Needs `RUN_EXAMS`.

    A resit may be planned after the class is closed as well: it has twelve months (EXM-3). Refuses (ValidationError) an exam
    that is not sat on the terminal, a first sitting in a class that is not approved or is over, a room of neither the place nor
    the school, and a time before the class begins.
    """
    training_class = exam.training_class
    refuse_unless(by, RUN_EXAMS, training_class)
    with transaction.atomic():
        exam = Exam.objects.select_for_update(of=("self",)).select_related("training_class").get(pk=exam.pk)
        existing = exam.sittings.filter(planned_for=planned_for, room=room, resit=resit).first()
        if existing:
            return existing
        if exam.mode != Exam.Mode.SCREEN:
            raise ValidationError(_("Only an exam on the terminal has sittings. Type the marks of the others."))
        if training_class.state not in (RESIT_STATES if resit else FIRST_STATES):
            raise ValidationError(
                _("An exam is planned while the class is approved or running, a resit also after that.")
            )
        if room and room.organisation_id not in (training_class.host_id, training_class.provider_id):
            raise ValidationError({"room": _("Choose a room of the place or of the school.")})
        if timezone.localdate(planned_for) < training_class.starts_on:
            raise ValidationError({"planned_for": _("This day lies before the class began.")})
        sitting = Sitting.objects.create(
            exam=exam, room=room, resit=resit, planned_for=planned_for, limit_seconds=exam.minutes * 60
        )
        record(verb="exams.plan_sitting", about=sitting, by=by, organisation=training_class.host_id, at=at)
    return sitting


def open_sitting(*, sitting: Sitting, by: User | None, at: datetime | None = None) -> Sitting:
    """Open a sitting: draw and freeze its paper, and let the learners in. Opening it again changes nothing. Needs `RUN_EXAMS`.

    Refuses (ValidationError) a closed sitting, a sitting more than an hour early, one with nobody to sit, a bank that cannot
    fill the blueprint, and a server that could forget an acknowledged answer or runs out of disk.
    """
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    moment = arrival(at)
    with transaction.atomic():
        sitting = _locked(sitting)
        if sitting.state == Sitting.State.OPEN:
            return sitting
        if sitting.state == Sitting.State.CLOSED:
            raise ValidationError(_("This sitting is closed. Plan another one."))
        if moment < sitting.planned_for - EARLIEST:
            raise ValidationError(
                _("This sitting is planned for %(when)s. It can be opened from an hour before.")
                % {"when": f"{timezone.localtime(sitting.planned_for):%Y-%m-%d %H:%M}"}
            )
        if not due_at(sitting, timezone.localdate(moment)).exists():
            raise ValidationError(_("Nobody is on the list for this sitting. Make the exam list first."))
        refuse_unsafe_server()
        sitting.paper = freeze_paper(sitting.exam, moment)
        sitting.state, sitting.opened_at = Sitting.State.OPEN, moment
        sitting.save(update_fields=["paper", "state", "opened_at"])
        note_down(sitting, Incident.Kind.OPEN, by=by, at=moment)
        record(verb="exams.open_sitting", about=sitting, by=by, organisation=_place(sitting), at=moment)
    return sitting


def close_sitting(*, sitting: Sitting, by: User | None, reason: str = "", at: datetime | None = None) -> Sitting:
    """Close a sitting: what is still open is handed in as it is, and marked. Closing it again changes nothing. Needs `RUN_EXAMS`.

    Refuses (ValidationError) a sitting that was never opened and, without a reason, one in which somebody still has time.
    """
    refuse_unless(by, RUN_EXAMS, sitting.exam.training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        sitting = _locked(sitting)
        if sitting.state == Sitting.State.CLOSED:
            return sitting
        if sitting.state == Sitting.State.PLANNED:
            raise ValidationError(_("This sitting has not been opened."))
        attempts = list(Attempt.objects.select_for_update(of=("self",)).filter(sitting=sitting).open().order_by("pk"))
        if not reason.strip() and any(not facts_of(attempt).is_over(moment) for attempt in attempts):
            raise ValidationError({"reason": _("Some learners still have time. Say why the sitting is closed now.")})
        end_pause(sitting, moment)
        for attempt in attempts:
            forced = close_attempt(attempt, at=moment)
            if forced:
                note_down(sitting, Incident.Kind.FORCE, by=by, at=moment, reason=reason, attempt=attempt)
        sitting.state, sitting.closed_at = Sitting.State.CLOSED, moment
        sitting.save(update_fields=["state", "closed_at"])
        note_down(sitting, Incident.Kind.CLOSE, by=by, at=moment, reason=reason)
        record(
            verb="exams.close_sitting", about=sitting, by=by, organisation=_place(sitting), reason=reason, at=moment
        )  # fmt: skip
    for attempt in attempts:
        mark(attempt)
    return sitting


def freeze_paper(exam: Exam, at: datetime) -> Paper:
    """Draw an exam's paper and copy it out of the bank: words, choices, key and points, with a seal over all of it.

    Refuses (ValidationError) an exam without bank or blueprint, and a bank that has too few questions.
    """
    if exam.bank is None:
        raise ValidationError(_("This exam has no question bank."))
    pool = {question.pk: question for question in exam.bank.questions.current()}
    seed = secrets.token_hex(16)
    drawn = _draw(exam, pool, seed)
    items = [
        PaperItem(
            position=position, question=pool[item.id], type=pool[item.id].type, text=pool[item.id].text,
            body=pool[item.id].body, key=pool[item.id].key, points=item.points,
        )
        for position, item in enumerate(drawn, start=1)
    ]  # fmt: skip
    paper = Paper.objects.create(exam=exam, seed=seed, sha256=seal_of(seed, items), frozen_at=at)
    for item in items:
        item.paper = paper
    PaperItem.objects.bulk_create(items)
    return paper


def seal_of(seed: str, items: list[PaperItem]) -> str:
    """SHA-256 over a paper: a changed word, choice, key or point breaks it."""
    content = [[item.position, item.type, item.text, item.body, item.key, f"{item.points:.2f}"] for item in items]
    canonical = json.dumps([seed, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def refuse_unsafe_server() -> None:
    """Refuse (ValidationError) to begin on a server that could forget what it acknowledged, or that runs out of disk."""
    problems = run_checks(tags=["database"], databases=["default"])
    if any(problem.level >= 40 for problem in problems):
        raise ValidationError(
            _("The database is not set to keep every answer through a power cut. Ask the administrator.")
        )
    folder = settings.DATA_DIR if settings.DATA_DIR.exists() else settings.BASE_DIR
    disk = shutil.disk_usage(folder)
    if disk.free < FREE_BYTES or (disk.free < FREE_PLENTY and disk.free < FREE_SHARE * disk.total):
        raise ValidationError(_("The server's disk is nearly full. Make room before the exam begins."))


def _draw(exam: Exam, pool: dict[int, Question], seed: str) -> list[Drawn]:
    try:
        return draw(exam.blueprint, [PoolQuestion(q.pk, q.topic, q.type) for q in pool.values()], seed)
    except BlueprintProblem:
        raise ValidationError(_("Say how many questions the paper has, and the points of each.")) from None
    except NotEnough as problem:
        short = problem.shortages[0]
        raise ValidationError(
            _("The bank has %(found)s questions for this, the paper needs %(needed)s.")
            % {"found": short.found, "needed": short.part.count}
        ) from None


def _locked(sitting: Sitting) -> Sitting:
    related = ("exam__training_class", "exam__bank", "paper")
    return Sitting.objects.select_for_update(of=("self",)).select_related(*related).get(pk=sitting.pk)


def _place(sitting: Sitting) -> int:
    return sitting.exam.training_class.host_id

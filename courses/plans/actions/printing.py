"""The workbooks of a whole class as one file: asked for, drawn one by one, bound; may be killed at any of them."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.models import TrainingClass
from courses.journal.actions import record
from courses.papers import page_count
from courses.people.models import User
from courses.plans.models import ClassPrint, Plan
from courses.plans.paper import print_plan
from courses.plans.paper.whole_class import Printed, bind_class
from courses.plans.permissions import may_print

log = logging.getLogger("lms.plans")
SILENT = timedelta(minutes=2)  # without a sign of life for so long, somebody else takes over
TRIES = 3
State = ClassPrint.State


class TakenOver(Exception):
    """Somebody else makes this file now."""


def ask_class_print(*, training_class: TrainingClass, by: User, at: datetime | None = None) -> ClassPrint:
    """Have the workbooks of a class made into one file, in the background. While one is in hand, asking again returns it.

    Refuses (PermissionDenied) who may not read these plans; (ValidationError) a class in which nothing was begun.
    """
    if not may_print(by, training_class):
        raise PermissionDenied
    total = len(plans_to_print(training_class))
    if not total:
        raise ValidationError(_("Nobody in this class has begun a workbook. There is nothing to print yet."))
    with transaction.atomic():
        locked = TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class.pk)  # two clicks wait
        same = ClassPrint.objects.in_hand().filter(training_class=locked).first()
        if same:
            return same
        asked = ClassPrint.objects.create(
            training_class=locked, asked_by=by, asked_at=at or timezone.now(), books_total=total
        )
        record(verb="plans.ask_class_print", about=asked, by=by, organisation=locked.host_id, at=at)
        _wake(asked)
    return asked


def _wake(asked: ClassPrint) -> None:
    from courses.plans.tasks import make_class_print as wake  # noqa: PLC0415  (the task imports the verbs)

    transaction.on_commit(lambda: wake.delay(asked.pk), robust=True)


def plans_to_print(training_class: TrainingClass) -> list[Plan]:
    """The workbooks of those on the roster, in its order. Who has left the class takes the own one along."""
    here = training_class.enrolments.on_roster()
    return list(Plan.objects.in_class(training_class).filter(enrolment__in=here))


def make_class_print(*, class_print: ClassPrint, at: datetime | None = None) -> ClassPrint:
    """Make the file that was asked for. Safe to repeat and to kill; what goes wrong is told in `problem`.

    One that is done, deleted or in somebody else's hands stays as it is; after `TRIES` starts it is given up.
    """
    begun = _begin(class_print, at or timezone.now())
    if begun is None:
        return ClassPrint.objects.get(pk=class_print.pk)
    try:
        return _finish(begun, *_draw(begun), at)
    except TakenOver:
        return ClassPrint.objects.get(pk=begun.pk)
    except PermissionDenied:
        return _fail(begun, _("Whoever asked may no longer read the plans of this class."), at)
    except Exception:
        log.exception("print %s was not made", begun.pk)
        if begun.tries < TRIES:
            raise  # the sweep begins anew
        return _fail(begun, _stopped(), at)


def resume_class_prints(*, at: datetime | None = None) -> int:
    """Begin anew what a crash or a missing broker left behind: the sweep. Returns how many."""
    left = list(ClassPrint.objects.left_behind((at or timezone.now()) - SILENT).order_by("asked_at"))
    for one in left:
        make_class_print(class_print=one, at=at)
    return len(left)


def delete_old_prints(*, at: datetime | None = None) -> int:
    """Delete files that are older than `LMS_EXPORT_DAYS`; the rows stay. Returns how many."""
    before = (at or timezone.now()) - timedelta(days=settings.LMS_EXPORT_DAYS)
    old = ClassPrint.objects.filter(state=State.DONE, finished_at__lt=before)
    return sum(_delete_file(pk, at) for pk in old.values_list("pk", flat=True))


def _stopped() -> str:
    return _("It did not work three times in a row. Ask the operator to look at the log.")


def _begin(class_print: ClassPrint, now: datetime) -> ClassPrint | None:
    with transaction.atomic():
        one = ClassPrint.objects.select_for_update(of=("self",)).get(pk=class_print.pk)
        silent = one.beat_at is None or one.beat_at < now - SILENT
        if not (one.state == State.ASKED or (one.state == State.WORKING and silent)):
            return None
        if one.tries >= TRIES:  # killed each time: not even the failure could be written down
            _fail(one, _stopped(), now)
            return None
        one.state, one.beat_at, one.tries, one.books_done = State.WORKING, now, one.tries + 1, 0
        one.save(update_fields=["state", "beat_at", "tries", "books_done"])
    return ClassPrint.objects.select_related("asked_by", "training_class__edition").get(pk=one.pk)


def _draw(begun: ClassPrint) -> tuple[bytes, int]:
    """The bound file and the number of workbooks in it. Tells after each how far it is."""
    if not may_print(begun.asked_by, begun.training_class):
        raise PermissionDenied
    plans, printed = plans_to_print(begun.training_class), []
    mine = ClassPrint.objects.filter(pk=begun.pk, state=State.WORKING, tries=begun.tries)
    for number, plan in enumerate(plans, start=1):
        printed.append(Printed(plan, print_plan(plan, mark=str(plan.enrolment.roster_no))))
        if not mine.update(books_done=number, books_total=len(plans), beat_at=timezone.now()):
            raise TakenOver
    return bind_class(begun.training_class, printed, dated=timezone.localdate(begun.asked_at)), len(plans)


def _finish(begun: ClassPrint, pdf: bytes, books: int, at: datetime | None) -> ClassPrint:
    with transaction.atomic():
        current = ClassPrint.objects.select_for_update(of=("self",)).get(pk=begun.pk)
        if current.state != State.WORKING or current.tries != begun.tries:
            raise TakenOver
        current.file.save(current.file_name, ContentFile(pdf), save=False)
        current.state, current.finished_at = State.DONE, at or timezone.now()
        current.books_done = current.books_total = books
        current.pages = page_count(pdf)
        current.save(update_fields=["state", "finished_at", "file", "books_done", "books_total", "pages"])
        host = begun.training_class.host_id
        record(verb="plans.make_class_print", about=current, by=None, organisation=host, fields=["file"], at=at)
    older = ClassPrint.objects.filter(training_class=begun.training_class, state=State.DONE, pk__lt=current.pk)
    for pk in older.values_list("pk", flat=True):  # only the newest is ever offered
        _delete_file(pk, at)
    return current


def _fail(begun: ClassPrint, sentence: str, at: datetime | None) -> ClassPrint:
    with transaction.atomic():
        # Another worker may have begun anew, or be done already: then it is theirs to say how it ended.
        mine = ClassPrint.objects.filter(pk=begun.pk, tries=begun.tries, state__in=(State.ASKED, State.WORKING))
        if mine.update(state=State.FAILED, problem=sentence[:200], finished_at=at or timezone.now()):
            host = begun.training_class.host_id
            record(verb="plans.give_up_class_print", about=begun, by=None, organisation=host, fields=["state"], at=at)
    return ClassPrint.objects.get(pk=begun.pk)


def _delete_file(pk: int, at: datetime | None) -> int:
    with transaction.atomic():
        one = ClassPrint.objects.select_for_update(of=("self",)).select_related("training_class").get(pk=pk)
        if not one.file:
            return 0
        name, storage = one.file.name, one.file.storage
        one.state, one.file = State.DELETED, ""
        one.save(update_fields=["state", "file"])
        host = one.training_class.host_id
        record(verb="plans.delete_class_print", about=one, by=None, organisation=host, fields=["file"], at=at)
        transaction.on_commit(lambda: storage.delete(str(name)))
    return 1

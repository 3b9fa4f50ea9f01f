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
from courses.jobs import TakenOver, begin, drop_file, end, keep_turn, stored
from courses.journal.actions import record
from courses.papers import page_count
from courses.people.models import User
from courses.plans.models import ClassPrint, Plan
from courses.plans.paper import print_plan
from courses.plans.paper.whole_class import Printed, bind_class
from courses.plans.permissions import may_print

log = logging.getLogger("lms.plans")
TRIES = 3
State = ClassPrint.State


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
    now = at or timezone.now()
    begun = begin(class_print, now, tries=TRIES, give_up=lambda one: _fail(one, _stopped(), now), books_done=0)
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
    left = list(ClassPrint.objects.left_behind(at or timezone.now()))
    for one in left:
        make_class_print(class_print=one, at=at)
    return len(left)


def delete_old_prints(*, at: datetime | None = None) -> int:
    """Delete files that are older than `LMS_EXPORT_DAYS`; the rows stay. Returns how many."""
    before = (at or timezone.now()) - timedelta(days=settings.LMS_EXPORT_DAYS)
    old = ClassPrint.objects.filter(state=State.DONE, finished_at__lt=before)
    return sum(_delete_file(one, at) for one in old)


def _stopped() -> str:
    return _("It did not work three times in a row. Ask the operator to look at the log.")


def _draw(begun: ClassPrint) -> tuple[bytes, int]:
    """The bound file and the number of workbooks in it. Tells after each how far it is."""
    if not may_print(begun.asked_by, begun.training_class):
        raise PermissionDenied
    plans, printed = plans_to_print(begun.training_class), []
    for number, plan in enumerate(plans, start=1):
        printed.append(Printed(plan, print_plan(plan, mark=str(plan.enrolment.roster_no))))
        keep_turn(begun, books_done=number, books_total=len(plans))
    return bind_class(begun.training_class, printed, dated=timezone.localdate(begun.asked_at)), len(plans)


def _finish(begun: ClassPrint, pdf: bytes, books: int, at: datetime | None) -> ClassPrint:
    pages = page_count(pdf)
    with stored(begun.file, begun.file_name, ContentFile(pdf)) as name, transaction.atomic():
        if not end(begun, State.DONE, at=at, file=name, books_done=books, books_total=books, pages=pages):
            raise TakenOver
        _record("plans.make_class_print", begun, "file", at)
    for older in ClassPrint.objects.filter(training_class=begun.training_class, state=State.DONE, pk__lt=begun.pk):
        _delete_file(older, at)  # only the newest is ever offered
    return ClassPrint.objects.get(pk=begun.pk)


def _fail(begun: ClassPrint, sentence: str, at: datetime | None) -> ClassPrint:
    with transaction.atomic():
        if end(begun, State.FAILED, sentence, at=at):
            _record("plans.give_up_class_print", begun, "state", at)
    return ClassPrint.objects.get(pk=begun.pk)


def _delete_file(class_print: ClassPrint, at: datetime | None) -> int:
    with transaction.atomic():
        one = drop_file(class_print)
        if one is None:
            return 0
        _record("plans.delete_class_print", one, "file", at)
    return 1


def _record(verb: str, one: ClassPrint, field: str, at: datetime | None) -> None:
    record(verb=verb, about=one, by=None, organisation=one.training_class.host_id, fields=[field], at=at)

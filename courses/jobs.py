"""Work in the background: a row that says how far it is, and workers that may be killed at any moment.

The row is the truth; a task only wakes a worker up, and a sweep calls the same verb again (`docs/decisions/jobs.md`). An app that
has such work lets its model inherit `Job`, gives it a `state` with its own words, and writes its verbs around these steps::

    begun = begin(job, now, tries=3, give_up=…)         # None: done already, or in somebody else's hands
    keep_turn(begun, rows_done=number)                  # after each part; TakenOver for whoever was overtaken
    ended = end(begun, Job.DONE)                        # in one transaction with what the verb writes; False: overtaken

Whoever begins anew raises `tries`: by it a worker that was taken for dead knows that the row is no longer its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.core.files import File
from django.db import models, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

J = TypeVar("J", bound="Job")
SILENT = timedelta(minutes=2)  # without a sign of life for so long, somebody else takes over


class TakenOver(Exception):
    """Somebody else does this work now."""


class JobQuerySet(models.QuerySet[J]):
    def in_hand(self) -> Self:
        """Neither finished nor given up."""
        return self.filter(state__in=[Job.ASKED, Job.WORKING])

    def left_behind(self, now: datetime) -> Self:
        """To be done, and nobody has touched them since a while: a crash, or a broker that forgot. The oldest first."""
        before = now - SILENT
        asked = Q(state=Job.ASKED, asked_at__lt=before)
        return self.filter(asked | Q(state=Job.WORKING, beat_at__lt=before)).order_by("asked_at")


class Job(models.Model):
    """`asked` → `working` → `done` (→ `deleted`, where it had a file) or `failed`; the model that inherits may have more."""

    ASKED, WORKING, DONE, FAILED, DELETED = "asked", "working", "done", "failed", "deleted"
    state: Any  # a field of the model that inherits, with its own words

    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    problem = models.CharField(_("why it was not made"), max_length=200, blank=True)

    class Meta:
        abstract = True


def begin(job: J, now: datetime, *, tries: int, give_up: Callable[[J], object], **progress: int) -> J | None:
    """Take a job into one's hands, with its progress set back. None where it is not to be done, or in somebody's hands.

    After `tries` beginnings that were all killed, not even a failure could be written down: `give_up` then does.
    """
    with transaction.atomic():
        one = _locked(job)
        silent = one.beat_at is None or one.beat_at < now - SILENT
        if not (one.state == Job.ASKED or (one.state == Job.WORKING and silent)):
            return None
        if one.tries >= tries:
            give_up(one)
            return None
        _mine(one).update(state=Job.WORKING, beat_at=now, tries=one.tries + 1, **progress)
        return type(job)._default_manager.get(pk=job.pk)


def keep_turn(begun: Job, **progress: int) -> None:
    """Give a sign of life, and say how far it is. Refuses (TakenOver) where somebody else has begun anew."""
    if not _mine(begun).filter(state=Job.WORKING).update(beat_at=timezone.now(), **progress):
        raise TakenOver


def end(begun: Job, state: str, problem: str = "", *, at: datetime | None = None, **facts: object) -> bool:
    """Write down how it ended. False, and nothing written, where another worker has it, or has ended it already."""
    mine = _mine(begun).filter(state__in=[Job.ASKED, Job.WORKING])
    return bool(mine.update(state=state, problem=problem[:200], finished_at=at or timezone.now(), **facts))


@contextmanager
def stored(file: FieldFile, name: str, content: "File[bytes]") -> Iterator[str]:
    """Store the file of a job before its row is locked; gone again where the row cannot be written. Gives the stored name."""
    file.save(name, content, save=False)
    try:
        yield str(file.name)
    except BaseException:
        file.delete(save=False)
        raise


def drop_file(job: J) -> J | None:
    """Delete the file of a job that is done; the row stays, as its record. None where it is gone. In the verb's transaction."""
    one: Any = _locked(job)
    if not one.file:
        return None
    name, storage = one.file.name, one.file.storage
    one.state, one.file = Job.DELETED, ""
    one.save(update_fields=["state", "file"])
    transaction.on_commit(lambda: storage.delete(name))
    return one


def _locked(job: J) -> J:
    return type(job)._default_manager.select_for_update(of=("self",)).get(pk=job.pk)


def _mine(begun: Job) -> Any:  # rows of a model with a state
    return type(begun)._default_manager.filter(pk=begun.pk, tries=begun.tries)

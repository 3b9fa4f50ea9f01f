"""Work in the background: one pair of hands for each job. The prints of a class stand for every kind of job."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from courses.jobs import SILENT, Job, TakenOver, begin, drop_file, end, keep_turn, stored
from courses.plans.models import ClassPrint
from tests.courses.plans.building import plan_room, plan_scene

pytestmark = pytest.mark.django_db
build_scene = plan_scene


@pytest.fixture
def job(world):
    room = plan_room(world)
    return ClassPrint.objects.create(training_class=room.training_class, asked_by=room.trainer, books_done=5)


def start(job, at=None, give_up=None, tries=3):
    return begin(job, at or timezone.now(), tries=tries, give_up=give_up or pytest.fail, books_done=0)


def files(job):
    return set(job.file.storage.listdir("plans")[1]) if job.file.storage.exists("plans") else set()


def test_one_worker_has_a_job_until_it_is_silent_for_too_long(job):
    now = timezone.now()
    first = start(job, now)
    assert (first.state, first.tries, first.books_done) == (Job.WORKING, 1, 0)
    assert start(job, now + SILENT) is None and not ClassPrint.objects.left_behind(now + SILENT)
    later = now + SILENT + timedelta(seconds=1)
    assert list(ClassPrint.objects.left_behind(later)) == [job]
    assert start(job, later).tries == 2
    with pytest.raises(TakenOver):
        keep_turn(first, books_done=1)
    assert not end(first, Job.DONE)
    job.refresh_from_db()
    assert (job.state, job.books_done, job.finished_at) == (Job.WORKING, 0, None)


def test_who_was_killed_each_time_is_given_up(job):
    gone = []
    ClassPrint.objects.filter(pk=job.pk).update(state=Job.WORKING, tries=3)
    assert start(job, give_up=gone.append) is None
    assert gone == [job] and end(gone[0], Job.FAILED, "x" * 300)
    job.refresh_from_db()
    assert (job.state, len(job.problem)) == (Job.FAILED, 200)


@pytest.mark.parametrize("state", [Job.DONE, Job.FAILED, Job.DELETED])
def test_what_has_ended_stays_as_it_is(job, state):
    ClassPrint.objects.filter(pk=job.pk).update(state=state)
    job.refresh_from_db()
    assert start(job) is None and not end(job, Job.DONE)
    with pytest.raises(TakenOver):
        keep_turn(job)


def test_a_file_is_stored_before_the_lock_and_gone_where_its_worker_was_overtaken(job, monkeypatch):
    begun, before, depth = start(job), files(job), []
    real = type(begun.file.storage)._save

    def outside(storage, name, content):
        depth.append(len(connection.savepoint_ids))
        return real(storage, name, content)

    monkeypatch.setattr(type(begun.file.storage), "_save", outside)
    ClassPrint.objects.filter(pk=job.pk).update(tries=2)
    held = len(connection.savepoint_ids)
    with pytest.raises(TakenOver), stored(begun.file, "one.pdf", ContentFile(b"1")) as name, transaction.atomic():
        if not end(begun, Job.DONE, file=name):
            raise TakenOver
    assert depth == [held] and files(job) == before


def test_a_file_is_deleted_once_and_not_before_its_row_says_so(job, django_capture_on_commit_callbacks):
    begun = start(job)
    with stored(begun.file, "one.pdf", ContentFile(b"1")) as name:
        assert end(begun, Job.DONE, file=name)
    storage = begun.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_file(begun).state == Job.DELETED
        assert storage.exists(name)
    assert not storage.exists(name) and drop_file(begun) is None

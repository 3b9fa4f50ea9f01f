"""Two people at the same moment: both prepare the same learners, both press "release"."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from certificates.issuing import actions, issue_log
from certificates.issuing.actions import preparing
from certificates.issuing.models import Batch, BatchItem, Certificate
from tests.bench.issue import transactions
from tests.certificates.conftest import AWARDED, build

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_releases_at_the_same_moment_give_each_learner_one_certificate():
    """CRT-9, must be seen 2: two people press release together; the tasks of both run at once."""
    world = build()
    batch = world.prepared()
    start = Barrier(2)

    def press(_n):
        try:
            start.wait()
            actions.work_on_batch(batch=actions.release_batch(batch=batch, by=world.releaser))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, range(2)))
    certificates = Certificate.objects.order_by("register_number")
    assert [c.register_number for c in certificates] == [f"2025-990103-2-{n:06d}" for n in (1, 2, 3)]
    assert {c.learner_id for c in certificates} == {learner.pk for learner in world.learners}
    assert Batch.objects.get().state == Batch.State.DONE
    # after the commits: a line each on disk, and a paper each drawn by the task
    assert sorted(line["number"] for line in issue_log.lines()) == sorted(c.number for c in certificates)
    assert all(c.pdf and c.pdf_sha256 for c in certificates)
    assert actions.audit_register() == (3, [])


def test_two_who_prepare_the_same_learners_at_the_same_moment_make_one_batch(monkeypatch):
    """CRT-9: the lists are written side by side, and one of them becomes a batch."""
    monkeypatch.setattr(preparing, "TOGETHER", 1)
    world = build()
    facts = {"certificate_type": world.certificate_type, "award_date": AWARDED}
    written, lists = Barrier(2), [(world.outcomes[:2], world.preparer), (world.outcomes[1:], None)]
    write = preparing._write

    def write_and_wait(*parts):
        write(*parts)
        written.wait(timeout=20)

    monkeypatch.setattr(preparing, "_write", write_and_wait)

    def press(one):
        try:
            return actions.prepare_batch(outcomes=one[0], by=one[1], **facts)
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(press, lists))
    batch = Batch.objects.get()
    assert sorted(isinstance(one, ValidationError) for one in results) == [False, True], results
    assert batch in results
    assert batch.state == Batch.State.DRAFT
    assert BatchItem.objects.count() == batch.items.count() == 2


def test_a_long_list_is_many_short_transactions(monkeypatch):
    """Nobody else who writes waits for all of it: three parts, and the moment when it becomes a batch."""
    monkeypatch.setattr(preparing, "TOGETHER", 1)
    world = build()
    with transactions() as lengths:
        actions.prepare_batch(
            outcomes=world.outcomes, certificate_type=world.certificate_type, award_date=AWARDED, by=world.preparer
        )
    assert len(lengths) == len(world.outcomes) + 1

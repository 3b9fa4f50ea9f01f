"""Two people press "release" at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from certificates.issuing import actions, issue_log
from certificates.issuing.models import Batch, Certificate
from tests.certificates.conftest import build

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

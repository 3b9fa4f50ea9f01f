"""Many certificates: rows and signatures through the batch and its second person, the longest write lock, and the papers."""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.report import Figure, Report
from tests.bench.site import site


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--certificates", type=int, default=1000, help="1000 or 10000")
    parser.add_argument("--papers", type=int, default=30, help="how many of them are drawn")


def run(options: argparse.Namespace) -> Report:
    with site(keep=options.keep, demo=True) as here:
        from tests.bench.rooms import person
        from tests.certificates import conftest as passed

        world = passed.build()
        for number in range(options.certificates - len(world.outcomes)):
            world.passed(person(number))
        print(f"{len(world.outcomes)} learners have passed", flush=True)
        report = Report("issue", here.on_postgresql, vars(options))
        _issue(report, world, options.certificates)
        _draw(report, options.papers)
        return report


def _issue(report: Report, world: object, count: int) -> None:
    from certificates.issuing import actions
    from certificates.issuing.models import Certificate

    with transactions() as lengths:
        began, cpu = time.monotonic(), time.process_time()
        batch = world.prepared()
        prepared = time.monotonic()
        batch = actions.release_batch(batch=batch, by=world.releaser)
        before = len(lengths)
        actions.work_on_batch(batch=batch)
        done = time.monotonic()
    assert Certificate.objects.count() == count
    per_thousand = 2 * count / 1000
    report.add(Figure("prepare and hand in: s", prepared - began, None, 2))
    report.add(Figure("release, number, sign, store: s", done - prepared, per_thousand, 2))
    report.add(Figure("CPU ms per certificate", (time.process_time() - cpu) * 1000 / count, None, 2))
    report.add(Figure("longest write transaction while issuing: ms", max(lengths[before:]) * 1000, 100, 0))
    report.add(Figure("longest write transaction while preparing: ms", max(lengths[:before]) * 1000, 100, 0))


def _draw(report: Report, papers: int) -> None:
    from certificates.issuing import actions
    from certificates.issuing.models import Certificate

    chosen = list(Certificate.objects.order_by("pk")[: papers + 2])
    for certificate in chosen[:2]:
        actions.draw_pdf(certificate=certificate)  # the first one reads the fonts
    times, sizes = [], []
    for certificate in chosen[2:]:
        cpu = time.process_time()
        drawn = actions.draw_pdf(certificate=certificate)
        times.append((time.process_time() - cpu) * 1000)
        sizes.append(drawn.pdf.size)
    report.add(Figure("PDF: CPU ms (best)", min(times), 30, 1))
    report.add(Figure("PDF: CPU ms (middle)", sorted(times)[len(times) // 2], 30, 1))
    report.add(Figure("PDF: KiB", sum(sizes) / len(sizes) / 1024, None, 0))


@contextmanager
def transactions() -> Iterator[list[float]]:
    """How long each outermost transaction was open, in seconds: on SQLite that is how long everybody else who writes waits.

    What is done after the commit (a message to the worker) keeps nobody waiting and does not count.
    """
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.transaction import Atomic

    lengths: list[float] = []
    opened: list[float] = []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entered(self: Atomic) -> None:
        outermost = not connection.in_atomic_block
        enter(self)
        if outermost:
            opened.append(time.monotonic())

    def ended() -> None:
        if opened and not connection.in_atomic_block:
            lengths.append(time.monotonic() - opened.pop())

    def left(self: Atomic, *error: object) -> None:
        leave(self, *error)
        ended()  # rolled back

    def after_commit(self: BaseDatabaseWrapper) -> None:
        ended()
        run(self)

    run = BaseDatabaseWrapper.run_and_clear_commit_hooks
    Atomic.__enter__, Atomic.__exit__ = entered, left
    BaseDatabaseWrapper.run_and_clear_commit_hooks = after_commit
    try:
        yield lengths
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave
        BaseDatabaseWrapper.run_and_clear_commit_hooks = run

"""A roster of many people: looked at, confirmed and brought in, each with an own PIN; and the longest write lock meanwhile."""

import argparse
import time
import uuid
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from tests.bench.issue import transactions
from tests.bench.report import Figure, Report
from tests.bench.site import site

SECONDS_PER_THOUSAND = 60
LOCK_MS = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=1000, help="30 to 2000")


def run(options: argparse.Namespace) -> Report:
    with site(keep=options.keep, demo=True) as here:
        from tests.courses.building import draft, make_world

        world = make_world()
        report = Report("roster", here.on_postgresql, vars(options))
        _bring_in(report, world, table(options.people), "")
        starts_on = date.today() + timedelta(days=400)
        training_class = draft(
            world, "2026-BENCH", capacity=30, starts_on=starts_on, ends_on=starts_on + timedelta(days=13)
        )
        _bring_in(report, world, table(40, first=options.people), "class of 30, 10 wait: ", training_class)
        return report


def table(count: int, first: int = 0) -> BytesIO:
    """A CSV of so many people with identity numbers that belong to nobody."""
    from courses.people.rules import mod_11_2
    from tests.bench.rooms import person

    lines = ["姓名,证件号码,人员类别"]
    for number in range(first, first + count):
        born = date(1960, 1, 1) + timedelta(days=number // 900)
        digits = f"990101{born:%Y%m%d}{number % 900 + 100}"
        lines.append(f"{person(number)},{digits}{mod_11_2(digits)},其他")
    return BytesIO("\n".join(lines).encode())


def _bring_in(report: Report, world: Any, file: BytesIO, what: str, training_class: Any = None) -> None:
    from courses.people.models import Learner
    from courses.rosters import actions, slips
    from courses.terminals.models import LoginCard

    before = Learner.objects.count()
    facts = {"organisation": world.prison, "training_class": training_class, "by": world.admin_prison}
    began = time.monotonic()
    roster = actions.read_upload(file)
    actions.preview_roster(roster=roster, when_full="wait", **facts)
    looked = time.monotonic()
    with transactions() as lengths:
        asked = actions.ask_import(roster=roster, ticket=uuid.uuid4(), slip_key=slips.new_key()[0], **facts)
        confirmed, cpu = time.monotonic(), time.process_time()
        asked = actions.work_on_import(roster_import=asked)
        done = time.monotonic()
    count = len(roster.lines)
    assert asked.state == "done" and Learner.objects.count() == before + count
    assert LoginCard.objects.live().count() == before + count
    report.add(Figure(f"{what}look at {count} rows: s", looked - began, None, 2))
    report.add(Figure(f"{what}confirm: s", confirmed - looked, None, 2))
    report.add(Figure(f"{what}files, own PINs, cards: s", done - confirmed, SECONDS_PER_THOUSAND * count / 1000, 1))
    report.add(Figure(f"{what}CPU ms per person", (time.process_time() - cpu) * 1000 / count, None, 1))
    report.add(Figure(f"{what}longest write transaction: ms", max(lengths) * 1000, LOCK_MS, 0))
    report.add(Figure(f"{what}write transactions: ms, middle", sorted(lengths)[len(lengths) // 2] * 1000, None, 0))

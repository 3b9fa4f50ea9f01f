"""A class writes its business plans at once: every field is stored as it is typed, in two windows now and then, and the web
server is killed in the middle. Afterwards each acknowledged text is looked up in the plan's log."""

import argparse
import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field, replace
from typing import Any

from tests.bench import classroom, processes
from tests.bench.client import Browser, Noted
from tests.bench.report import Figure, Report, percentile
from tests.bench.site import Site, site

FIELDS = (
    *(f"forecast.quantity.{product}.m{month}" for product in (1, 2) for month in range(1, 13)),
    *(f"marketing.products.{product}.{column}" for product in (1, 2) for column in ("cost_price", "selling_price")),
)
TRIES = 40  # a server that was killed is back within this many repetitions


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=40)
    parser.add_argument("--fields", type=int, default=60, help="texts that each learner types")
    parser.add_argument("--think", type=float, nargs=2, default=(0.5, 1.5), metavar=("FROM", "TO"), help="seconds before a field is left")  # fmt: skip
    parser.add_argument(
        "--windows", type=float, default=0.1, help="share of fields that a second window writes as well"
    )
    parser.add_argument("--kill", action="store_true", help="kill -9 the web server half-way and start it again")
    parser.add_argument("--seed", type=int, default=1)


@dataclass
class Ledger:
    """What one learner's page was told was stored: (path, version, text)."""

    plan: int = 0
    acknowledged: list[tuple[str, int, str]] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def run(options: argparse.Namespace) -> Report:
    with site(keep=options.keep) as here:
        desks = _plans(options.learners)
        here.serve()
        browsers = asyncio.run(_signed_in(here, desks))
        here.settle()
        return _measure(here, browsers, [Ledger(plan) for _desk, plan in desks], options)


def _plans(learners: int) -> list[tuple[Any, int]]:
    """A class in its last week whose course has the workbook, and a begun plan for everybody."""
    from courses.catalogue.models import Edition
    from courses.classes.models import Enrolment
    from courses.plans.actions import start_plan
    from tests.bench import rooms

    desks = rooms.fill(rooms.bare_world(), learners, 20)
    Edition.objects.update(workbook=Edition.Workbook.SYB)  # frozen for the product; here the room is only furniture
    found = []
    for desk in desks:
        enrolment = Enrolment.objects.get(learner=desk.learner)
        found.append((desk, start_plan(enrolment=enrolment, by=desk.learner).pk))
    return found


async def _signed_in(here: Site, desks: list[tuple[Any, int]]) -> list[Browser]:
    browsers = []
    for desk, _plan in desks:
        browser = Browser(here.port, [], {classroom.TERMINAL_COOKIE: desk.terminal_token})
        await classroom.sign_in(browser, desk)
        browser.close()
        browsers.append(browser)
    return browsers


def _measure(here: Site, browsers: list[Browser], ledgers: list[Ledger], options: argparse.Namespace) -> Report:
    before = processes.cpu_seconds(here.roots + here.database_roots())
    began = time.monotonic()
    with processes.Peak(app=here.roots, database=here.database_roots()) as peak:
        notes = asyncio.run(_all(here, browsers, ledgers, options))
    wall = time.monotonic() - began
    stored = sum(len(ledger.acknowledged) for ledger in ledgers)
    report = Report("workbook", here.on_postgresql, vars(options))
    report.add(Figure("fields stored", stored, len(ledgers) * options.fields, 0, least=True))
    report.add(Figure("lost texts", lost_texts(ledgers), 0, 0))
    if not options.kill:  # the dead server's processor time is gone with it
        spent = processes.cpu_seconds(here.roots + here.database_roots()) - before
        report.add(Figure("CPU ms per field", spent * 1000 / max(1, stored), 8))
        report.add(Figure("errors", sum(note.status == 0 or note.status >= 400 for note in notes), 0, 0))
        found = sorted(note.seconds * 1000 for note in notes)
        report.add(Figure("p50 ms", percentile(found, 50), None, 0))
        report.add(Figure("p95 ms", percentile(found, 95), 150, 0))
    report.add(Figure("requests/s", len(notes) / wall, None))
    report.add(Figure("memory peak, MiB", peak.mib["app"], 500, 0))
    report.remarks += sorted({trouble for ledger in ledgers for trouble in ledger.trouble})[:8]
    return report


async def _all(here: Site, browsers: list[Browser], ledgers: list[Ledger], options: argparse.Namespace) -> list[Noted]:
    notes: list[Noted] = []
    chance = random.Random(options.seed)
    writing = [
        _write(replace(browser, notes=notes), ledger, random.Random(chance.random()), options)
        for browser, ledger in zip(browsers, ledgers, strict=True)
    ]
    tasks = [asyncio.create_task(one) for one in writing]
    if options.kill:
        await asyncio.sleep(options.fields * sum(options.think) / 4)
        await asyncio.to_thread(_kill_and_restart, here)
    await asyncio.gather(*tasks)
    return notes


def _kill_and_restart(here: Site) -> None:
    """As when the power fails: every process of the web server ends at once. The same port answers again."""
    server = here.children[0]
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    here.restart_web()


async def _write(browser: Browser, ledger: Ledger, chance: random.Random, options: argparse.Namespace) -> None:
    versions: dict[str, int] = {}
    second = replace(browser, cookies=dict(browser.cookies))
    try:
        for number in range(options.fields):
            await asyncio.sleep(chance.uniform(*options.think))
            path = FIELDS[number % len(FIELDS)]
            await _store(browser, ledger, path, str(chance.randint(1, 999)), versions)
            if chance.random() < options.windows:  # the other window has not heard of what was just stored
                await _store(second, ledger, path, str(chance.randint(1000, 1999)), versions, unseen=True)
    except classroom.Trouble as trouble:
        ledger.trouble.append(str(trouble))
    browser.close()
    second.close()


async def _store(
    browser: Browser, ledger: Ledger, path: str, text: str, versions: dict[str, int], *, unseen: bool = False
) -> None:
    message = {"path": path, "value": text, "version": 0 if unseen else versions.get(path, 0)}
    address = f"/plan/{ledger.plan}/field/"
    sent = lambda: browser.send_json("PUT", address, message, "field")  # noqa: E731
    reply = await classroom.ask(sent, f"field {path}", 200, tries=TRIES)
    stored = reply.json
    versions[path] = stored["version"]
    ledger.acknowledged.append((path, stored["version"], stored["value"]))


def lost_texts(ledgers: list[Ledger]) -> int:
    """How many acknowledged texts the log of their plan has not, with that version; and newest ones that the plan has not."""
    from courses.plans.models import PlanLog, Section

    kept = set(PlanLog.objects.values_list("plan", "path", "version", "value"))
    lost = 0
    for ledger in ledgers:
        lost += sum((ledger.plan, *told) not in kept for told in ledger.acknowledged)
        values = {
            path: tuple(cell) for one in Section.objects.filter(plan=ledger.plan) for path, cell in one.values.items()
        }
        newest = {
            path: (text, version) for path, version, text in sorted(ledger.acknowledged, key=lambda told: told[1])
        }
        lost += sum(values.get(path, ("", 0))[1] < cell[1] for path, cell in newest.items())
    return lost

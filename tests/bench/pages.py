"""Single pages: CPU time in the server, SQL statements, and what a learner's first visit brings over the wire.

One request after the other over one kept connection, so the figures do not depend on what else the machine does as much as
latencies would. CPU is the time that the server's processes (and PostgreSQL's) ran, best of several rounds.
"""

import argparse
import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench import processes
from tests.bench.client import Browser
from tests.bench.report import Figure, Report
from tests.bench.site import Site, site

if TYPE_CHECKING:
    from tests.bench.worlds import Pages

ROUND = 10
PATIENCE = 15  # seconds for each page
KEPT = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
LINKED = re.compile(r'(?:<link[^>]+href|<script[^>]+src|<img[^>]+src)="(/static/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=8, help=f"of {ROUND} requests for each page; the best one counts")


@dataclass(frozen=True)
class Page:
    """An address with who asks (cookies) and what is promised."""

    name: str
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    cpu_goal: float | None = None
    sql_goal: int | None = None
    form: str = ""


def run(options: argparse.Namespace) -> Report:
    with site(keep=options.keep, demo=True) as here:
        from tests.bench import worlds

        began = time.monotonic()
        world, board = worlds.of_pages(), worlds.address("targets_board")
        print(f"the world of the pages is ready after {time.monotonic() - began:.0f} s", flush=True)
        sql = {page.name: statements(page) for page in listed(world, worlds.seated(world.desk), board)}
        here.serve(worker=False)
        report = Report("pages", here.on_postgresql, vars(options))
        learner = worlds.seated(world.desk)
        _first_visit(report, here.port, world, learner)
        for page in listed(world, learner, board):
            print(page.name, flush=True)
            report.add(Figure(f"{page.name}: CPU ms", cpu(here, page, options.rounds), page.cpu_goal, 2))
            report.add(Figure(f"{page.name}: SQL", sql[page.name], page.sql_goal, 0))
        _marking(report, world)
        return report


def listed(world: "Pages", learner: dict[str, str], board: str) -> list[Page]:
    """The pages that are measured, the learner's first; the board only where this version has one."""
    pages = [
        Page("lesson", world.lesson, learner, 20, 15),
        Page("learner's desk", "/learn/", learner),
        Page("catalogue, cold", world.catalogue + "?page={}", {}, 25),
        Page("catalogue, cached", world.catalogue, {}, 2, 0),
        Page("verification", world.certificate, {}, 5, 4),
        Page("verification, number and name", "/verify", {}, 5, 4, form=world.check_form),
        Page("register of 40", world.register, world.trainer),
        Page("trainer's home", "/admin/", world.trainer),
    ]
    if board:
        pages.append(Page("target board", board, world.admin, 1000))
    return pages


def statements(page: Page) -> int:
    """SQL statements of one request after the first few, without the borders of transactions."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    for name, value in page.cookies.items():
        client.cookies[name] = value

    def ask(number: int) -> None:
        path = page.path.format(number)
        reply = (
            client.post(path, page.form, content_type="application/x-www-form-urlencoded")
            if page.form
            else client.get(path)
        )
        assert reply.status_code == 200, (page.name, reply.status_code)

    for number in range(3):
        ask(number)
    with CaptureQueriesContext(connection) as found:
        ask(99)
    return sum(not query["sql"].startswith(KEPT) for query in found.captured_queries)


def cpu(here: Site, page: Page, rounds: int) -> float:
    """Milliseconds of CPU for one request: the best of several rounds on one connection to one worker, of a slow page (or on
    a busy machine) as many as fit into `PATIENCE`, and two at least."""
    roots = here.roots + here.database_roots()

    async def ask() -> list[float]:
        browser, found, number = Browser(here.port, []), [], 1000
        browser.cookies = dict(page.cookies)
        deadline = time.monotonic() + PATIENCE
        while len(found) <= rounds and (len(found) < 3 or time.monotonic() < deadline):
            before = processes.cpu_nanoseconds(roots)
            for _request in range(ROUND):
                number += 1
                method = "POST" if page.form else "GET"
                reply = await browser.request(method, page.path.format(number), "page", page.form.encode(), "application/x-www-form-urlencoded")  # fmt: skip
                assert reply.status == 200, (page.name, reply.status)
            found.append((processes.cpu_nanoseconds(roots) - before) / ROUND / 1e6)
        browser.close()
        return found[1:]

    return min(asyncio.run(ask()))


def _marking(report: Report, world: "Pages") -> None:
    """Marking a class of a hundred: one request, in this process, after another class was marked in the same way."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    for name, value in world.trainer.items():
        client.cookies[name] = value
    client.post(world.register, {"act": "rest"})
    asked = []

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append(sql)  # writing the values into the statement, as a log of queries does, costs more than marking
        return execute(sql, params, many, context)

    began = time.process_time()
    with connection.execute_wrapper(count):
        reply = client.post(world.hundred, {"act": "rest"})
    seconds = time.process_time() - began
    assert reply.status_code in (200, 302), reply.status_code
    number = sum(not sql.startswith(KEPT) for sql in asked)
    report.add(Figure("mark a class of 100: CPU ms", seconds * 1000, 100, 0))
    report.add(Figure("mark a class of 100: SQL", number, 10, 0))


def _first_visit(report: Report, port: int, world: "Pages", learner: dict[str, str]) -> None:
    """What a browser without anything in its cache asks for: the page, and what it links and imports; sound and film aside."""
    first, seen = asyncio.run(visit(port, world.lesson, learner, frozenset()))
    second, _seen = asyncio.run(visit(port, world.next_screen, learner, seen))
    report.add(Figure("first visit: requests", len(first), 8, 0))
    report.add(Figure("first visit: KiB gz", sum(first) / 1024, 120, 1))
    report.add(Figure("second page: requests", len(second), 2, 0))
    report.add(Figure("second page: KiB gz", sum(second) / 1024, None, 1))


async def visit(
    port: int, path: str, cookies: dict[str, str], seen: frozenset[str]
) -> tuple[list[int], frozenset[str]]:
    """Sizes of the page and of what it needs that was not `seen`; and all that has been seen then."""
    import gzip

    browser = Browser(port, [], dict(cookies))
    waiting, done, sizes = [path], set(seen), []
    while waiting:
        address = waiting.pop()
        reply = await browser.get(address)
        assert reply.status == 200, (address, reply.status)
        sizes.append(len(reply.body))
        done.add(address)
        packed = reply.header("content-encoding") == "gzip"
        text = (gzip.decompress(reply.body) if packed else reply.body).decode(errors="replace")
        wanted = set(LINKED.findall(text)) if address == path else set()
        if address.endswith(".js"):
            wanted |= {address.rpartition("/")[0] + "/" + name for name in IMPORTED.findall(text)}
        waiting += sorted(wanted - done - set(waiting))
    browser.close()
    return sizes, frozenset(done - {path})

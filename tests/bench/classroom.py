"""N learners sign in, read, sit an exam of twenty questions and hand it in, all through the real server.

Each does what the page's module does: one request for each answer, sent again until it is acknowledged, and a sign of life
after eight seconds without one. Afterwards every acknowledged answer is compared with the database.
"""

import argparse
import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench import processes
from tests.bench.client import Browser, Noted, Reply
from tests.bench.report import Figure, Report, percentile
from tests.bench.site import Site, site

TERMINAL_COOKIE = "qihang-terminal"
WARM = 8  # learners who sit before the measurement begins
BEAT, JITTER = 8.0, 1.5
WAITS = (1.0, 2.0, 4.0, 8.0)  # courses/exams/static/exams/saving.js
KINDS = ("sign-in", "lesson", "start", "answer", "submit", "beat", "page")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--arrive", type=float, default=5, help="seconds within which all sign in")
    parser.add_argument("--start-within", type=float, default=1, help="seconds within which all press Begin")
    parser.add_argument("--think", type=float, nargs=2, default=(0.5, 1.5), metavar=("FROM", "TO"), help="seconds before an answer")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)


@dataclass
class Ledger:
    """What one learner's page was told: by question number, the newest acknowledged sequence number and answer."""

    attempt: str = ""
    acknowledged: dict[int, tuple[int, list[str]]] = field(default_factory=dict)
    finished: bool = False
    heard: float = 0  # when the server last answered
    trouble: list[str] = field(default_factory=list)


@dataclass
class Room:
    """What all learners of a run share."""

    options: argparse.Namespace
    port: int
    notes: list[Noted] = field(default_factory=list)
    read: int = 0
    all_have_read: asyncio.Event = field(default_factory=asyncio.Event)


def run(options: argparse.Namespace) -> Report:
    with site(keep=options.keep) as here:
        from tests.bench import rooms

        began = time.monotonic()
        desks = rooms.fill(rooms.bare_world(), options.learners + WARM, options.questions)
        print(f"{options.learners} learners ready after {time.monotonic() - began:.0f} s", flush=True)
        here.serve()
        warm(here, desks[options.learners :], options)
        return _measure(here, desks[: options.learners], options)


def warm(here: Site, desks: list[Any], options: argparse.Namespace) -> None:
    """Some learners sit the whole exam first: every process has read its code and templates before anything is counted."""
    hasty = argparse.Namespace(**vars(options) | {"arrive": 0, "start_within": 0, "think": (0, 0)})
    asyncio.run(_all(here.port, desks, [Ledger() for _desk in desks], hasty))
    here.settle()


def _measure(here: Site, desks: list[Any], options: argparse.Namespace) -> Report:
    databases = here.database_roots()
    ledgers = [Ledger() for _desk in desks]
    web, worker = here.roots[:1], here.roots[1:]
    before = [processes.cpu_seconds(one) for one in (web, worker, databases)]
    client = time.process_time()
    began = time.monotonic()
    with processes.Peak(app=here.roots, database=databases) as peak:
        idle = processes.memory_mib(here.roots)
        notes = asyncio.run(_all(here.port, desks, ledgers, options))
    wall = time.monotonic() - began
    after = [processes.cpu_seconds(one) for one in (web, worker, databases)]
    spent = [late - early for late, early in zip(after, before, strict=True)]
    finished = sum(one.finished for one in ledgers)
    report = Report("classroom", here.on_postgresql, vars(options))
    _outcome(report, ledgers, notes, lost_answers(ledgers))
    goal = 0.40 if here.on_postgresql else 0.30
    report.add(Figure("CPU-s per attempt", sum(spent) / max(1, finished), goal, 3))
    for name, seconds in zip(("web", "worker", "database"), spent, strict=True):
        report.add(Figure(f"of it {name}", seconds / max(1, finished), None, 3))
    report.add(Figure("requests/s", len(notes) / wall, None, 1))
    report.add(Figure("KiB per attempt", sum(note.size for note in notes) / 1024 / max(1, finished), None, 0))
    report.add(Figure("requests per attempt", len(notes) / max(1, finished), None, 1))
    report.add(Figure("memory idle, MiB", idle, 250, 0))
    report.add(Figure("memory peak, MiB", peak.mib["app"], 500, 0))
    report.add(Figure("memory peak database, MiB", peak.mib["database"], None, 0))
    report.add(Figure("CPU-s of this client", time.process_time() - client, None, 1))
    _latencies(report, notes, len(desks))
    return report


def _outcome(report: Report, ledgers: list[Ledger], notes: list[Noted], lost: int) -> None:
    report.add(Figure("learners finished", sum(one.finished for one in ledgers), len(ledgers), 0, least=True))
    report.add(Figure("errors", sum(note.status == 0 or note.status >= 400 for note in notes), 0, 0))
    report.add(Figure("lost answers", lost, 0, 0))
    wrong = Counter(f"{note.kind}: {note.status or 'no answer'}" for note in notes if not 0 < note.status < 400)
    given_up = Counter(f"gave up: {trouble}" for ledger in ledgers for trouble in ledger.trouble)
    report.remarks += [f"{count} × {what}" for what, count in (wrong + given_up).most_common(8)]


def _latencies(report: Report, notes: list[Noted], learners: int) -> None:
    goals = {"answer": 50 if learners <= 20 else 150, "start": 3000, "submit": 3000, "sign-in": 1000, "lesson": 500}
    for kind in KINDS:
        found = sorted(note.seconds * 1000 for note in notes if note.kind == kind)
        if found:
            spread = " / ".join(f"{percentile(found, part):.0f}" for part in (50, 95, 99))
            report.add(
                Figure(
                    f"{kind} p95 ms (p50/p95/p99: {spread}, {len(found)})", percentile(found, 95), goals.get(kind), 0
                )
            )


async def _all(port: int, desks: list[Any], ledgers: list[Ledger], options: argparse.Namespace) -> list[Noted]:
    room = Room(options, port)
    chance = random.Random(options.seed)
    await asyncio.gather(*(
        _learner(room, desk, ledger, random.Random(chance.random()), len(desks))
        for desk, ledger in zip(desks, ledgers, strict=True)
    ))  # fmt: skip
    return room.notes


async def _learner(room: Room, desk: Any, ledger: Ledger, chance: random.Random, everybody: int) -> None:
    browser = Browser(room.port, room.notes, {TERMINAL_COOKIE: desk.terminal_token})
    try:
        await asyncio.sleep(chance.uniform(0, room.options.arrive))
        await sign_in(browser, desk)
        await _read(browser, desk)
    except Trouble as trouble:
        ledger.trouble.append(str(trouble))
        return
    finally:
        room.read += 1
        if room.read == everybody:
            room.all_have_read.set()
    await room.all_have_read.wait()
    await asyncio.sleep(chance.uniform(0, room.options.start_within))
    try:
        await _sit(browser, desk, ledger, chance, room.options.think)
    except Trouble as trouble:
        ledger.trouble.append(str(trouble))
    browser.close()


class Trouble(Exception):
    """The learner cannot go on: what was asked, and what came."""


async def ask(request: Callable[[], Awaitable[Reply]], what: str, *expected: int, tries: int = 4) -> Reply:
    """Ask until one of the expected answers comes, as somebody who presses the button again."""
    said = "no answer"
    for attempt in range(tries):
        try:
            reply = await request()
            if reply.status in expected:
                return reply
            said = str(reply.status)
        except OSError as problem:
            said = f"no answer ({type(problem).__name__})"
        await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)])
    raise Trouble(f"{what}: {said}")


async def sign_in(browser: Browser, desk: Any) -> None:
    await ask(lambda: browser.get("/t/"), "the door", 200)
    await ask(lambda: browser.get("/t/number/"), "the number page", 200)
    number = f"number={desk.learner.learner_no}"
    await ask(lambda: browser.post("/t/number/", number), "the number", 303)
    await ask(lambda: browser.get("/t/pin/"), "the PIN page", 200)
    await ask(lambda: browser.post("/t/pin/", f"pin={desk.pin}", "sign-in"), "the PIN", 303)
    await ask(lambda: browser.get("/learn/"), "the desk", 200)


async def _read(browser: Browser, desk: Any) -> None:
    address = f"/learn/{desk.edition}/{desk.lesson}/"
    opened = await ask(lambda: browser.post(address, ""), "opening the lesson", 303)
    await ask(lambda: browser.get(opened.header("location"), "lesson"), "the lesson", 200)


async def _sit(browser: Browser, desk: Any, ledger: Ledger, chance: random.Random, think: tuple[float, float]) -> None:
    await ask(lambda: browser.get("/exam/"), "my exams", 200)
    begun = await ask(lambda: browser.post(f"/exam/sittings/{desk.sitting}/start/", "", "start"), "start", 303)
    ledger.attempt = begun.header("location").split("/")[2]
    base = f"/exam/{ledger.attempt}/"
    paper = await ask(lambda: browser.get(begun.header("location")), "the first question, and the others", 200)
    questions = dict(sorted(answers_in(paper).items()))
    beating = asyncio.create_task(_beat(Browser(browser.port, browser.notes, browser.cookies), ledger, base, chance))
    try:
        for number, possible in questions.items():
            await asyncio.sleep(chance.uniform(*think))
            await _answer(browser, ledger, base, number, [chance.choice(possible)])
        await ask(lambda: browser.get(f"{base}review/"), "the review", 200)
        believed = f"believed={len(questions)}"
        await ask(lambda: browser.post(f"{base}submit/", believed, "submit"), "handing in", 303)
    finally:
        beating.cancel()
    await ask(lambda: browser.get(f"{base}receipt/"), "the receipt", 200)
    ledger.finished = True


def answers_in(paper: Reply) -> dict[int, list[str]]:
    """What may be answered to each question of a paper, read from its page."""
    found = {}
    for section in _text(paper).split("<section")[1:]:
        number = re.search(r'data-question="(\d+)"', section)
        if number:
            found[int(number[1])] = re.findall(r'name="answer"[^>]*? value="(\w+)"', section) or ["3.2"]
    return found


async def _answer(browser: Browser, ledger: Ledger, base: str, number: int, answer: list[str]) -> None:
    message = {"seq": 1, "answer": answer}
    sent = lambda: browser.send_json("PUT", f"{base}{number}/", message, "answer")  # noqa: E731
    await ask(sent, f"answer {number}", 200, tries=20)
    ledger.acknowledged[number] = (1, answer)
    ledger.heard = time.monotonic()


async def _beat(browser: Browser, ledger: Ledger, base: str, chance: random.Random) -> None:
    """On a connection of its own: the page does not wait for it."""
    try:
        while True:
            wait = BEAT + chance.random() * JITTER
            await asyncio.sleep(wait)
            while (since := time.monotonic() - ledger.heard) < wait:
                await asyncio.sleep(wait - since)
            try:
                await browser.send_json("POST", f"{base}beat/", {"number": 1}, "beat")
            except OSError:
                continue  # the next one will tell
    finally:
        browser.close()


def lost_answers(ledgers: list[Ledger]) -> int:
    """How many acknowledged answers the database has not, or has otherwise: in the answers or in their log."""
    from courses.exams.booklet import Booklet
    from courses.exams.models import AnswerLog, Attempt

    attempts = Attempt.objects.select_related("sitting__paper").prefetch_related("answers")
    rows = {attempt.pk: attempt for attempt in attempts}
    logged = set(AnswerLog.objects.values_list("attempt", "position", "seq"))
    lost = 0
    for ledger in ledgers:
        attempt = rows.get(ledger.attempt)
        if attempt is None:
            lost += len(ledger.acknowledged)
            continue
        answers = {answer.position: answer for answer in attempt.answers.all()}
        booklet = Booklet.of(attempt)
        for number, (seq, given) in ledger.acknowledged.items():
            page = booklet.pages[number - 1]
            stored = answers.get(page.item.position)
            kept = stored is not None and (stored.seq, page.posted(stored.value)) == (seq, given)
            lost += not (kept and (attempt.pk, page.item.position, seq) in logged)
    return lost


def _text(reply: Reply) -> str:
    if reply.header("content-encoding") == "gzip":
        import gzip

        return gzip.decompress(reply.body).decode()
    return reply.text

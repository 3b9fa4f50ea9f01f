"""`lms demo`: a small true world on this machine."""

import argparse
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from types import FrameType

import django

from lms.cli.migrating import MigrationSteps
from lms.cli.processes import hold_site, make_broker_folders, start, stop, web_command, worker_command
from lms.cli.progress import Progress

WIDTH = 78
RESTART_AFTER = 5  # seconds: a worker that cannot start at all is not started in a tight loop


def run(arguments: list[str]) -> int:
    """Build the world where there is none, start web server and worker, print addresses and accounts, stop on Ctrl-C."""
    parser = argparse.ArgumentParser(prog="lms demo", description="Invented people, real product.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--scale", choices=("small", "full"), default="small", help="full: 7,012 trainees, for measuring"
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, help="the day that the running classes are dated by, as 2026-11-22"
    )
    options = parser.parse_args(arguments)
    address = f"http://{options.host}:{options.port}"
    _environment(options.host, address)
    began = time.monotonic()
    django.setup()
    from django.conf import settings

    held = hold_site(settings.DATA_DIR)
    _prepare(options.scale, options.today)
    children = _start(options.host, options.port)
    try:
        if not _answers(f"{address}/verify", children):
            print("The web server did not start. The lines above say why.", file=sys.stderr)
            return 1
        _print_world(address, time.monotonic() - began)
        return _wait(children)
    except KeyboardInterrupt:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # pressed twice: it is stopping already
        print("\n正在停止…  Stopping…", flush=True)
        stop(children)
        held.close()
        print("已停止。数据都留着，再运行 lms demo 会接着用。")


def _environment(host: str, address: str) -> None:
    """The demo keeps to a folder of its own, so that it can never touch a real site's data."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.embedded"
    os.environ["LMS_DEMO"] = "1"
    os.environ.setdefault("LMS_DATA_DIR", str(Path.cwd() / ".data" / "demo"))
    os.environ.setdefault("LMS_PUBLIC_URL", address)
    os.environ.setdefault("LMS_HOSTS", f"127.0.0.1,localhost,[::1],{host}" if host != "0.0.0.0" else "*")  # noqa: S104
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prepare(scale: str, today: date | None) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import translation

    from lms.demo import build

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_broker_folders(settings.DATA_DIR)
    now = _same_time_on(today)
    with translation.override("zh-hans"):
        migrations = MigrationSteps()
        progress = Progress(build.steps(scale) + migrations.steps)
        migrations.run(progress)
        call_command("check", databases=["default"], stdout=StringIO())  # errors are raised; no news is good news
        if build.is_built():
            build.refresh(now=now)
        else:
            build.build(progress.step, now=now, scale=scale)
        progress.done("准备好了")


def _same_time_on(day: date | None) -> "datetime | None":
    """This time of day on another day; None stays now. Refuses (exit) a day that has not come: nothing is marked ahead."""
    from django.utils import timezone

    if day is None:
        return None
    now = timezone.localtime()
    if day > now.date():
        sys.exit(f"--today {day}: this day has not come yet.")
    return timezone.make_aware(datetime.combine(day, now.time()))


def _start(host: str, port: int) -> list:
    from django.conf import settings

    return [
        start(web_command(host, port, workers=2, threads=8)),
        start(worker_command(settings.DATA_DIR), patient=True),
    ]


def _answers(address: str, children: list, patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and children[0].poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  (our own address)
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False


def _print_world(address: str, seconds: float) -> None:
    from lms.demo import build
    from lms.demo.staff import PASSWORD, accounts_by_role

    line = "─" * WIDTH
    print(f"\n{line}\n启航已在运行（{seconds:.0f} 秒）。按 Ctrl-C 停止。\n{line}")
    print(f"  网站首页            {address}/")
    print(f"  查验证书（用人单位）  {address}/verify")
    for example in build.examples():
        print(f"      {example.what:<4} {example.number}  {example.name}")
    print("  教室终端：在浏览器里打开一次，这个浏览器就成了那台终端")
    for name, code in build.terminal_codes():
        print(f"      {name} {address}/t/enrol?code={code}")
    print(
        "      T-01 到 T-03：学号 100004（周大山）、100007、100013；T-11：100006（孙丽娟的创业计划书）。密码和学号相同"
    )
    print(f"  工作台              {address}/admin/   密码都是 {PASSWORD}")
    for title, lines in accounts_by_role():
        print(f"    {title}")
        for text in lines:
            print(f"      {text}")
    print(f"{line}\n全部人名、单位都是虚构的。English: every person and place here is invented.\n", flush=True)


def _wait(children: list) -> int:
    """Until Ctrl-C, or until the web server ends by itself. A worker that ends is started again: nobody waits for it alone."""
    web, started = children[0], time.monotonic()
    while web.poll() is None:
        if children[1].poll() is not None and time.monotonic() - started > RESTART_AFTER:
            from django.conf import settings

            print("后台任务进程停了，正在重新启动。The worker has ended; starting it again.", file=sys.stderr)
            children[1], started = start(worker_command(settings.DATA_DIR), patient=True), time.monotonic()
        time.sleep(0.5)
    print("网页服务停了。The web server has ended.", file=sys.stderr)
    return 1

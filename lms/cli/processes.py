"""The web server and the worker as child processes: started together, stopped together."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO


def web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """gunicorn with threads: a classroom waits for the database, not for Python. The code is read once, the workers share it."""
    return [
        sys.executable, "-m", "gunicorn", "lms.wsgi:application",
        "--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads), "--preload",
        "--log-level", "warning", "--graceful-timeout", "10",
    ]  # fmt: skip


def worker_command(data_dir: Path) -> list[str]:
    """Celery with its clock inside: one process for a one-machine site."""
    return [
        sys.executable, "-W", "ignore:You're running the worker with superuser privileges", "-m", "celery", "--quiet", "-A", "lms.clock", "worker", "--pool", "threads", "--concurrency", "2",
        "--without-gossip", "--without-mingle", "--loglevel", "warning", "--schedule", str(data_dir / "broker" / "beat"),
    ]  # fmt: skip


def make_broker_folders(data_dir: Path) -> None:
    """The file broker's folders, readable by nobody else: they must exist before the first message."""
    for name in ("queue", "control", "processed"):
        (data_dir / "broker" / name).mkdir(parents=True, exist_ok=True, mode=0o700)


def hold_site(data_dir: Path, *, alone: bool = False) -> IO[bytes]:
    """Say that this process, and what it becomes, runs on a data folder; `alone`: and nobody else.

    The hold ends with the file that is returned, at the latest with the process. Refuses (BlockingIOError) where it cannot be had.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = (data_dir / "running.lock").open("ab")
    os.set_inheritable(held.fileno(), True)  # the server that this process becomes keeps it
    fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    return held


def start(command: list[str], *, patient: bool = False) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own, so that Ctrl-C reaches only us and we stop it in order.

    What it has to say comes on its error stream; the other only carries Celery's farewell, in English. A `patient` one leaves
    the processor to everybody else, where the system knows how.
    """
    if patient and (nice := shutil.which("nice")):
        command = [nice, "-n", "15", *command]
    return subprocess.Popen(command, start_new_session=True, env=os.environ.copy(), stdout=subprocess.DEVNULL)


def stop(children: list["subprocess.Popen[bytes]"], patience: float = 15) -> None:
    """Ask every child to finish, wait, then end what is left."""
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

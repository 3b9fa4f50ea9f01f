"""The web server and the worker as child processes: started together, stopped together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """gunicorn with threads: a classroom waits for the database, not for Python. The code is read once, the workers share it."""
    return [
        sys.executable, "-m", "gunicorn", "lms.wsgi:application",
        "--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads), "--preload",
        "--access-logfile", "/dev/null", "--log-level", "warning", "--graceful-timeout", "10",
    ]  # fmt: skip


def worker_command(data_dir: Path) -> list[str]:
    """Celery with its clock inside: one process for a one-machine site."""
    return [
        sys.executable, "-W", "ignore:You're running the worker with superuser privileges", "-m", "celery", "--quiet", "-A", "lms.celery", "worker", "--beat", "--pool", "threads", "--concurrency", "2",
        "--without-gossip", "--without-mingle", "--loglevel", "warning", "--schedule", str(data_dir / "broker" / "beat"),
    ]  # fmt: skip


def make_broker_folders(data_dir: Path) -> None:
    """The file broker's folders, readable by nobody else: they must exist before the first message."""
    for name in ("queue", "control", "processed"):
        (data_dir / "broker" / name).mkdir(parents=True, exist_ok=True, mode=0o700)


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
    return subprocess.Popen(command, start_new_session=True, env=os.environ.copy())


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

"""What processes cost, from /proc: CPU-seconds with those of their dead children, and memory without counting pages twice."""

import os
import platform
import threading
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def tree(roots: Iterable[int]) -> set[int]:
    """These processes and all that descend from them."""
    parents = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            parents[int(folder.name)] = int(fields[1])
    found = {root for root in roots if root in parents}
    while new := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= new
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """User and system time of the whole tree since it began; children that ended count for the parent that waited."""
    return sum(sum(map(int, fields[11:15])) for pid in tree(roots) if (fields := _stat(pid))) / TICKS


def cpu_nanoseconds(roots: Iterable[int]) -> int:
    """The same to the nanosecond, of living threads only: for a server whose threads stay, between two moments."""
    return sum(_ran(folder) for pid in tree(roots) for folder in PROC.glob(f"{pid}/task/*"))


def memory_mib(roots: Iterable[int]) -> float:
    """Proportional set size of the whole tree: a page that two processes share counts once."""
    return sum(_pss(pid) for pid in tree(roots)) / 1024


class Peak:
    """Watches the memory of trees once a second: `with Peak(app=[pid], database=[pid]) as peak: …`, then `peak.mib`."""

    def __init__(self, **roots: list[int]):
        self.roots = roots
        self.mib = dict.fromkeys(roots, 0.0)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(1):
            for name, roots in self.roots.items():
                self.mib[name] = max(self.mib[name], memory_mib(roots))


def pace() -> float:
    """CPU milliseconds of a fixed piece of Python, here and now: a virtual machine may be half as quick as an hour ago.

    Figures of two runs can be compared where this is alike; the middle of five.
    """
    took = []
    for _round in range(5):
        began, total = time.process_time(), 0
        for number in range(1_000_000):
            total += number * number % 7
        took.append(1000 * (time.process_time() - began))
    return sorted(took)[2]


def machine() -> dict[str, str]:
    """Where figures were measured, and what else ran there: the load before the run."""
    total = next(line.split()[1] for line in (PROC / "meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    models = [
        line.partition(":")[2].strip()
        for line in (PROC / "cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "cpu": f"{len(os.sched_getaffinity(0))} × {models[0] if models else platform.machine()}",
        "memory": f"{int(total) / 2**20:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "load before": " ".join(f"{one:.1f}" for one in os.getloadavg()),
    }


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on: [1] is the parent, [11:15] the times of the process and its dead."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []  # it has just ended


def _ran(task: Path) -> int:
    try:
        return int((task / "schedstat").read_text().split()[0])
    except OSError:
        return 0


def _pss(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)

"""Figures beside their goals: a table on the screen, JSON in a file."""

import json
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.processes import machine


@dataclass(frozen=True)
class Figure:
    """One measured number. `goal` is at most this much, with `least` at least; None: nothing is promised."""

    name: str
    value: float
    goal: float | None = None
    digits: int = 1
    least: bool = False

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "met" if (self.value >= self.goal if self.least else self.value <= self.goal) else "MISSED"

    @property
    def row(self) -> tuple[str, str, str, str]:
        sign = "≥" if self.least else "≤"
        goal = "" if self.goal is None else f"{sign} {self.goal:g}"
        return self.name, f"{self.value:.{self.digits}f}", goal, self.verdict


@dataclass
class Report:
    """What one benchmark found."""

    name: str
    on_postgresql: bool
    options: dict[str, Any]
    figures: list[Figure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    measured_on: dict[str, str] = field(default_factory=machine)

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)

    def show(self) -> None:
        """The table, as plain text."""
        database = "PostgreSQL" if self.on_postgresql else "SQLite"
        print(f"\n{self.name} on {database}; {'; '.join(f'{key} {value}' for key, value in self.measured_on.items())}")
        rows = [("figure", "measured", "goal", ""), *(figure.row for figure in self.figures)]
        widths = [max(_width(row[column]) for row in rows) for column in range(4)]
        for name, value, goal, verdict in rows:
            print(f"  {_padded(name, widths[0])}  {value:>{widths[1]}}  {_padded(goal, widths[2])}  {verdict}")
        for remark in self.remarks:
            print(f"  ! {remark}")

    def save(self, path: Path) -> None:
        """The same as JSON."""
        data = {
            "benchmark": self.name, "database": "PostgreSQL" if self.on_postgresql else "SQLite",
            "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": self.measured_on,
            "options": {key: value for key, value in self.options.items() if isinstance(value, str | int | float | list | tuple)},
            "figures": [asdict(one) | {"verdict": one.verdict} for one in self.figures], "remarks": self.remarks,
        }  # fmt: skip
        path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def percentile(ordered: list[float], part: float) -> float:
    """The value below which `part` per cent of an ordered list lie (nearest rank)."""
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * part // 100) - 1))] if ordered else 0.0


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))

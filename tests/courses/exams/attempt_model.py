"""An attempt in a few plain lines, for comparison with the real one (`test_attempt_machine`). It knows nothing of the product.

Time is a number of seconds since the sitting opened. The model adds up what was used, step by step; the product computes
with moments and spans. The two must agree to the second.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

GRACE = 10


@dataclass
class Kept:
    """What the server has acknowledged for one question."""

    seq: int = 0
    value: Any = None
    flagged: bool = False


@dataclass
class Model:
    limit: int
    now: int = 0
    started: bool = False
    state: str = "open"
    used: int = 0
    given: int = 0  # seconds that the invigilator added
    seat: int | None = None  # the terminal; None: moved, and nobody has sat down
    tokens: dict[int, str] = field(default_factory=dict)  # what each terminal holds; a moved seat makes it worthless
    paused_for: int | None = None
    kept: dict[int, Kept] = field(default_factory=dict)
    log: list[tuple[int, int, Any]] = field(default_factory=list)
    closed: int | None = None

    @property
    def left(self) -> int:
        return self.limit + self.given - self.used

    @property
    def is_over(self) -> bool:
        return self.left < -GRACE

    @property
    def is_covered(self) -> bool:
        return self.paused_for is not None and self.paused_for > GRACE

    @property
    def answered(self) -> int:
        return sum(answer.value is not None for answer in self.kept.values())

    def wait(self, seconds: int) -> None:
        self.now += seconds
        if self.paused_for is not None:
            self.paused_for += seconds
        elif self.started:
            self.used += seconds

    def start(self, terminal: int) -> str:
        """`begun`, `on` (the same attempt), `elsewhere`, `refused` or `closed`."""
        if not self.started:
            if self.paused_for is not None:
                return "refused"
            self.started, self.seat = True, terminal
            return "begun"
        if self.state == "open" and self.is_over:
            self._close()
        if self.state != "open":
            return "closed"
        if self.seat is None:
            self.seat = terminal
        return "on" if self.seat == terminal else "elsewhere"

    def save(self, question: int, seq: int, value: Any, holds: bool, flagged: bool | None = None) -> str:
        if self.state != "open":
            return "closed"
        if self.is_over:
            self._close()
            return "late"
        if not holds:
            return "elsewhere"
        here = self.kept.get(question, Kept())
        if (seq, value) == (here.seq, here.value):
            reply = "same"
        elif seq <= here.seq:
            reply = "stale"
        elif self.is_covered:
            return "paused"
        else:
            reply = "ok"
            here.seq, here.value = seq, value
            self.log.append((question, seq, value))
        if flagged is not None:
            here.flagged = flagged
        if reply == "ok" or flagged is not None:
            self.kept[question] = here
        return reply

    def submit(self, believed: int | None, holds: bool) -> str:
        if self.state != "open":
            return "same"
        if self.is_over:
            self._close()
            return "late"
        if not holds:
            return "elsewhere"
        if self.is_covered:
            return "paused"
        if believed not in (None, self.answered):
            return "differs"
        self.state, self.closed = "submitted", self.now
        return "ok"

    def sweep(self) -> int:
        if not self.started or self.state != "open" or not self.is_over:
            return 0
        self._close()
        return 1

    def points(self, is_right: Callable[[int, Any], bool], each: int = 5) -> int:
        return sum(each for question, answer in self.kept.items() if is_right(question, answer.value))

    def _close(self) -> None:
        """Out of time: closed at the moment at which the time ran out, as it stands now."""
        self.state, self.closed = "expired", self.now - (self.paused_for or 0) + self.left

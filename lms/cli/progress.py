"""A progress bar for long commands: redrawn on a terminal, one line a step elsewhere."""

import sys
import time


class Progress:
    """Counts named steps. `step("…")` before each piece of work, `done()` at the end."""

    def __init__(self, total: int, width: int = 28):
        self.total, self.width, self.count = total, width, 0
        self.began = time.monotonic()
        self.live = sys.stdout.isatty()

    def step(self, text: str) -> None:
        """Say what begins now."""
        self._draw(text)
        self.count = min(self.count + 1, self.total)

    def done(self, text: str) -> None:
        """Say that all is done, and how long it took."""
        self.count = self.total
        self._draw(f"{text} ({time.monotonic() - self.began:.0f} s)")
        if self.live:
            print()

    def _draw(self, text: str) -> None:
        filled = self.width * self.count // self.total
        number = f"{self.count:>{len(str(self.total))}}/{self.total}"
        line = f"[{'█' * filled}{'·' * (self.width - filled)}] {number} {text}"
        print(f"\r\x1b[2K{line}" if self.live else line, end="" if self.live else "\n", flush=True)

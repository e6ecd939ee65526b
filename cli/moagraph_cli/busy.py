"""A sign of life on a terminal, for commands that think for more than a moment.

A timer draws it, not a thread: queries fork, and a process with threads does not fork well.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

_FIRST = 1.0
_EVERY = 0.5
_CLEAR = b"\r\x1b[K"


class Busy:
    """While it is entered, `working ... 3 s` stands on a terminal's stderr until output comes."""

    running: Busy | None = None
    written = 0
    """The bytes of the answer that are written so far, for a command that counts them."""

    def __init__(self, *, quiet: bool = False) -> None:
        told = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._shown = told and hasattr(signal, "setitimer")
        self._drawn = False
        self._start = 0.0
        self._before: Any = None

    def __enter__(self) -> Busy:
        """Begin to count."""
        if self._shown:
            self._start = time.monotonic()
            self._before = signal.signal(signal.SIGALRM, self._draw)
            signal.setitimer(signal.ITIMER_REAL, _FIRST, _EVERY)
            Busy.running = self
        return self

    def __exit__(self, *_: Any) -> None:
        """Clear the line."""
        if self._shown:
            self.stop()
            signal.signal(signal.SIGALRM, self._before)
            Busy.running = None

    def _draw(self, *_: Any) -> None:
        seconds = time.monotonic() - self._start
        much = f", {Busy.written / 1e6:,.0f} MB written" if Busy.written >= 1e6 else ""
        text = f"working ... {seconds:.0f} s{much} (Ctrl-C stops it)"
        # Not by sys.stderr: the timer may have come while that writes.
        os.write(2, _CLEAR + text.encode())
        self._drawn = True

    @classmethod
    def over(cls) -> None:
        """Take the line away for good, if one is there: an answer is written now."""
        if cls.running is not None:
            cls.running.stop()

    @classmethod
    def aside(cls) -> None:
        """Take the line away for a message, if one is there."""
        if cls.running is not None:
            cls.running.clear()

    def clear(self) -> None:
        """Take the line away for a message; it comes again."""
        if self._drawn:
            os.write(2, _CLEAR)
            self._drawn = False

    def stop(self) -> None:
        """Take the line away for good."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.clear()

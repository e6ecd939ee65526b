"""A progress bar on a terminal's stderr, for what takes more than a moment."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moagraph.formats.lines import Meter

_FIRST = 0.5
_EVERY = 0.1
_CELLS = 24


def is_shown(*, quiet: bool) -> bool:
    """Tell whether a bar is drawn: on a terminal only, and not where silence was asked for."""
    return not quiet and sys.stderr.isatty()


class Progress:
    """Call it with what is written and how much of it; without a meter nothing is drawn.

    The bar fills with the bytes that the meter has counted; the words tell the rest.
    """

    def __init__(self, meter: Meter | None) -> None:
        self.meter = meter
        self._next = time.monotonic() + _FIRST
        self._drawn = False

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, *_: Any) -> None:
        """Clear the line."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __call__(self, what: str, count: int) -> None:
        """Draw, if it is time."""
        now = time.monotonic()
        if self.meter is None or now < self._next:
            return
        self._next = now + _EVERY
        self._drawn = True
        part = min(1.0, self.meter.done / self.meter.total) if self.meter.total else 0.0
        full = round(part * _CELLS)
        bar = "#" * full + "." * (_CELLS - full)
        number = f" {count:,}" if count else ""
        sys.stderr.write(f"\r\x1b[K[{bar}] {part:4.0%} {what}{number}")
        sys.stderr.flush()

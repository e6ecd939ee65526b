"""CPU seconds of calls, taken in turn so that a drift of the machine hits both sides."""

from __future__ import annotations

import gc
import signal
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class TooLong(Exception):
    """A call took more CPU than it was given."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong in Python code that takes more CPU; compiled code is not interrupted."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def cpu(call: Callable[[], T], least: float = 0.1) -> tuple[float, T]:
    """Return the CPU seconds of this process for one call, and what it returned.

    A short call is repeated until it has taken `least` seconds: some systems count CPU in
    steps of milliseconds.
    """
    gc.collect()
    gc.disable()
    times = 1
    while True:
        start = time.process_time()
        for _ in range(times):
            found = call()
        spent = time.process_time() - start
        if spent >= least or times >= 100_000:
            gc.enable()
            return spent / times, found
        times = max(times * 2, min(times * 100, round(times * least * 1.2 / max(spent, 1e-4))))


def median(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def milliseconds(seconds: float | None) -> str:
    """Return a time for a table."""
    if seconds is None:
        return "too long"
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.2f} ms"


def row(*cells: object) -> None:
    """Print one row of a Markdown table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells: str) -> None:
    """Print the head of a Markdown table."""
    row(*cells)
    row(*("---" for _ in cells))

"""A worker process: one job at a time, under limits that the system itself enforces.

The server kills a worker at its time limit. Should the server be unable to, the timer of the
kernel does, with the default action of its signal: native code is stopped too.
"""

from __future__ import annotations

import contextlib
import gc
import resource
import signal
import socket
import traceback
from typing import TYPE_CHECKING

from moagraph.serve import wire
from moagraph.serve.limits import MIB, Limits

if TYPE_CHECKING:
    from moagraph.serve.jobs import Jobs

_JOBS = 2000
"""A worker answers so many and is replaced: what it may have gathered goes with it."""
_GROWN = 64 * MIB


def work(stream: socket.socket, jobs: Jobs, limits: Limits) -> None:
    """Answer jobs until the socket ends."""
    gc.freeze()
    _bound(limits)
    assert jobs.engine  # opened before the first question
    start = _peak()
    for number in range(_JOBS):
        message = wire.receive(stream)
        if message is None:
            return
        job, _ = message
        signal.setitimer(signal.ITIMER_REAL, limits.timeout + 0.5)
        try:
            head, body = jobs.answer(job)
        except MemoryError:
            head, body = {"status": 503, "fault": "memory"}, b""
        except Exception:
            head, body = {"status": 500, "fault": traceback.format_exc(limit=-8)}, b""
        signal.setitimer(signal.ITIMER_REAL, 0)
        if number == _JOBS - 1 or "fault" in head or _peak() - start > _GROWN:
            head["last"] = True
        try:
            stream.sendall(wire.pack(head, body))
        except OSError:
            return
        if head.get("last"):
            return


def _bound(limits: Limits) -> None:
    """Limit memory, leave no core file, and be the first to go when the machine runs short."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _lower(resource.RLIMIT_AS, _size() + limits.memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    with (
        contextlib.suppress(OSError),
        open("/proc/self/oom_score_adj", "w", encoding="ascii") as file,
    ):
        file.write("1000")


def _lower(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    # A system that does not know this limit does without.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (value, value))


def _size() -> int:
    """Return the address space in use; a generous guess where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1024 * MIB


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

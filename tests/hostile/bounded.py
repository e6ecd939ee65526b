"""Run the program as a stranger's input would meet it: bounded, and watched for the network."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

SECONDS = 10
"""Processor time of one run."""
WALL = 120
"""Time on the clock, for a machine that does other things."""
GIGABYTE = 1 << 30
GUARD = """
import socket, sys
def refuse(self, address, *rest):
    if self.family != socket.AF_UNIX:
        sys.stderr.write(f"WENT OUT to {address!r}")
        sys.stderr.flush()
        import os
        os._exit(99)
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *a, **k: refuse(type("S", (), {"family": 0}), a)
"""


class Trap:
    """A listener on this machine that counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            caller.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


def _limit() -> None:
    # Far above the bound that is asserted: only a net for a run that would take the machine.
    resource.setrlimit(resource.RLIMIT_AS, (8 * GIGABYTE, 8 * GIGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(
    *arguments: str,
    at: Path,
    given: bytes = b"",
    guard: bool = True,
    environment: Mapping[str, str | None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder `at`; `guard` ends it where it opens a connection.

    `environment` sets variables, or takes them away by None. A run may take `GIGABYTE` of memory.
    Counted is what lay in memory at its peak, of the program and of each process it waited for:
    address space is reserved more freely than memory is used.
    """
    inside = at / "guard"
    inside.mkdir(exist_ok=True)
    (inside / "sitecustomize.py").write_text(GUARD if guard else "", encoding="utf-8")
    path = os.pathsep.join(p for p in (str(inside), os.environ.get("PYTHONPATH", "")) if p)
    told: dict[str, str | None] = {"PYTHONPATH": path, "MOAGRAPH_CACHE": str(at / "cache")}
    told |= environment or {}
    command = [sys.executable, "-m", "moagraph_cli", *arguments]
    with TemporaryFile() as out, TemporaryFile() as err:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            cwd=at,
            env={n: v for n, v in {**os.environ, **told}.items() if v is not None},
            preexec_fn=_limit,  # noqa: PLW1509 - no thread of ours runs Python between fork and exec
        )
        peak = _finish(process, given)
        # A process begins as a copy of the one that starts it, and that counts.
        ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        assert peak < max(GIGABYTE, ours + 1), f"{peak:,} bytes of memory: {arguments}"
        said = [_text(stream) for stream in (out, err)]
    return subprocess.CompletedProcess(command, process.returncode, *said)


def _finish(process: subprocess.Popen[bytes], given: bytes) -> int:
    """Feed a process, wait for its end, and return how many bytes of memory it had at its peak."""
    late = threading.Event()

    def feed() -> None:
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(given)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()

    def kill() -> None:
        late.set()
        os.kill(process.pid, signal.SIGKILL)

    clock = threading.Timer(WALL, kill)
    feeder = threading.Thread(target=feed)
    for thread in (clock, feeder):
        thread.start()
    # Of one child and those it waited for: `getrusage` would count all that ever ran.
    _, status, used = os.wait4(process.pid, 0)
    clock.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    feeder.join()
    assert not late.is_set(), f"it ran for {WALL} s: {process.args!r}"
    return used.ru_maxrss * 1024


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def is_refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Assert one harmless message with the exit code, and nothing on stdout."""
    assert done.returncode == code, f"{done.returncode}: {done.stderr[-2000:]}"
    assert done.stdout == ""
    assert done.stderr.startswith("moagraph: "), done.stderr[:500]
    assert "Traceback" not in done.stderr
    assert "a fault in moagraph" not in done.stderr
    assert "panicked" not in done.stderr
    assert len(done.stderr) < 4000
    assert not [c for c in done.stderr if not c.isprintable() and c != "\n"]
    for word in words:
        assert word in done.stderr, done.stderr

"""Run the program as a stranger's input would meet it: bounded, and watched for the network."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import threading
from pathlib import Path

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


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(
    *arguments: str,
    at: Path,
    given: bytes = b"",
    guard: bool = True,
    # Address space is reserved more freely than memory is used: a store on disk maps its files.
    memory: int = 2 * GIGABYTE,
) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder `at`; `guard` ends it where it opens a connection."""
    inside = at / "guard"
    inside.mkdir(exist_ok=True)
    (inside / "sitecustomize.py").write_text(GUARD if guard else "", encoding="utf-8")
    path = os.pathsep.join(p for p in (str(inside), os.environ.get("PYTHONPATH", "")) if p)
    done = subprocess.run(
        [sys.executable, "-m", "moagraph_cli", *arguments],
        input=given,
        cwd=at,
        env={**os.environ, "PYTHONPATH": path, "MOAGRAPH_CACHE": str(at / "cache")},
        capture_output=True,
        timeout=WALL,
        preexec_fn=lambda: _limit(memory),
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args,
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )


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

"""A program on a real terminal: what is typed reaches it as keys, what it draws is read back."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

_CONTROLS = re.compile(
    rb"\x1b\[[0-9;?>=]*[A-Za-z]|\x1b[()=>].?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07"
)
_PATIENCE = 60.0


class Terminal:
    """Start a program on a terminal of its own; leaving ends it with all that it started."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.seen = b""
        self.pid, self._own = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(folder)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                own = {**os.environ, "TERM": "xterm", **(environment or {})}
                os.execvpe(command[0], list(command), own)
            finally:
                os._exit(127)
        fcntl.ioctl(self._own, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.pid:
            os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._own)

    def type(self, keys: str) -> None:
        """Type keys: the character of code 3 is Ctrl-C."""
        self.seen = b""
        os.write(self._own, keys.encode())

    @property
    def text(self) -> str:
        """Return what was drawn since keys were typed, without bells, colours and movements."""
        return _CONTROLS.sub(b"", self.seen).decode("utf-8", "replace")

    def wait_for(self, wanted: str) -> None:
        """Read until a text has been drawn."""
        end = time.monotonic() + _PATIENCE
        while wanted not in self.text:
            assert time.monotonic() < end, f"{wanted!r} was not drawn: {self.text!r}"
            assert self._read(), f"it ended before {wanted!r} was drawn: {self.text!r}"

    def end(self) -> int:
        """Read until the program ends and return its exit code, or -signal."""
        stop = time.monotonic() + _PATIENCE
        while self._read():
            assert time.monotonic() < stop, f"it did not end: {self.text[-500:]!r}"
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        """Read for a moment; tell whether there may be more."""
        ready, _, _ = select.select([self._own], [], [], 0.2)
        if not ready:
            return True
        try:
            data = os.read(self._own, 65536)
        except OSError:
            return False
        # fish asks the terminal what it is, and where its cursor stands, before it goes on.
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            os.write(self._own, b"\x1b[?62;c")
        if b"\x1b[6n" in data:
            os.write(self._own, b"\x1b[1;1R")
        self.seen += data
        return bool(data)

"""The access log: one JSON object a line, on stderr.

A reader of stderr that does not read would stop a server that writes to it. So lines are written
by a thread, and those that pile up are dropped and counted.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections import deque
from datetime import UTC, datetime
from typing import Any

_MOST = 100_000
_PAUSE = 0.05


# ASCII only: control and direction-changing characters of a request stay escaped.
_encoded = json.JSONEncoder(ensure_ascii=True, default=str).encode


def _told(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


class Log:
    """Writes lines in the background; `close` writes what is left, as far as it is read."""

    def __init__(self, descriptor: int = 2) -> None:
        self._descriptor = descriptor
        self._lines: deque[tuple[float, str, dict[str, Any]]] = deque()
        self._dropped = 0
        self._some = threading.Event()
        self._end = False
        self._thread = threading.Thread(target=self._write, daemon=True, name="log")
        self._thread.start()

    def line(self, event: str, **fields: Any) -> None:
        """Add a line with the time of now."""
        if len(self._lines) >= _MOST:
            self._dropped += 1
            return
        self._lines.append((time.time(), event, fields))
        if not self._some.is_set():
            self._some.set()

    def close(self) -> None:
        """Write what is left; wait a second at most."""
        self._end = True
        self._some.set()
        self._thread.join(1.0)

    def _write(self) -> None:
        while not self._end or self._lines:
            self._some.wait()
            if not self._end:
                time.sleep(_PAUSE)  # many lines at once cost the server less than each by itself
            self._some.clear()
            text = []
            while self._lines:
                now, event, fields = self._lines.popleft()
                text.append(_encoded({"time": _told(now), "event": event, **fields}) + "\n")
            if self._dropped:
                dropped, self._dropped = self._dropped, 0
                text.append(json.dumps({"event": "dropped", "lines": dropped}) + "\n")
            try:
                _all("".join(text).encode("ascii"), self._descriptor)
            except OSError:
                return


class Warnings(logging.Handler):
    """Writes what the HTTP library has to say into the log."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Add a line."""
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else None
        self._log.line("warning", message=record.getMessage(), trace=trace)


def _all(data: bytes, descriptor: int) -> None:
    while data:
        data = data[os.write(descriptor, data) :]

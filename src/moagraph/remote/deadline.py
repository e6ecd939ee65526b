"""An end to every exchange, however an endpoint spins it out.

A timeout of a client begins anew with each byte, so that a server that sends one now and then, or
a body that unpacks to nothing, holds it for ever. Here the connection itself is closed.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Deadline:
    """Closes the connections of a client that are open when the time is up.

    `passed` tells whether the last exchange was ended so.
    """

    def __init__(self) -> None:
        self.passed = False
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of each connection; to be the `trace` extension of a request."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            found = info["return_value"].get_extra_info("socket")
            if isinstance(found, socket.socket):
                self._sockets.add(found)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let the body of the statement take so long and no longer."""
        self.passed = False
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.passed = True
        for each in list(self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

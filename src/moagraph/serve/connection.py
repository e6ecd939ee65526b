"""Connections of clients that are slow, too many, or send a head that is too long."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from moagraph.serve.limits import Limits


class Connection(H11Protocol):
    """A connection that is closed if the head of a request does not come in time."""

    limits: Limits
    _head_timer: asyncio.TimerHandle | None = None
    _send_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request, or close at once if there are too many connections."""
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self.connections.discard(self)
            transport.write(_TOO_MANY)
            transport.close()
            return
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        if self._send_timer is not None:
            self._send_timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; those of a head must all come within the time for one."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._head_timer is None and not self.transport.is_closing():
            self._wait_for_head()

    def on_response_complete(self) -> None:
        """Begin anew: the next request has its own time."""
        self._stop_waiting()
        super().on_response_complete()

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(self.limits.head_time, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(_TOO_SLOW)
            self._close()

    def _close(self) -> None:
        """Close, and do not wait for ever for a client that does not read the last bytes."""
        self.transport.close()
        self.loop.call_later(self.limits.send_time, self.transport.abort)

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection on which no further request came."""
        super().timeout_keep_alive_handler()
        self._close()

    def pause_writing(self) -> None:
        """Give a client that does not read some time to go on."""
        super().pause_writing()
        self._send_timer = self.loop.call_later(self.limits.send_time, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer a head that cannot be read; one that is too long has a status of its own."""
        fault = sys.exc_info()[1]
        hint = getattr(fault, "error_status_hint", 400)
        if hint == 431 and isinstance(self.conn.our_state, type) and not self._busy():
            line = bytes(self.conn.trailing_data[0]).split(b"\n", 1)
            status = "431 Request Header Fields Too Large" if len(line) > 1 else "414 URI Too Long"
            self.transport.write(_plain(status, "the head of the request is too long"))
            self.transport.close()
            return
        if self._busy():
            self.transport.close()
            return
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:
            self.transport.close()

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete


def connections(limits: Limits) -> type[Connection]:
    """Return the class of connections under some limits."""
    return type("LimitedConnection", (Connection,), {"limits": limits})


def _plain(status: str, text: str, *more: str) -> bytes:
    lines: list[Any] = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/plain; charset=utf-8",
        "X-Content-Type-Options: nosniff",
        f"Content-Length: {len(text) + 1}",
        "Connection: close",
        *more,
    ]
    return ("\r\n".join(lines) + f"\r\n\r\n{text}\n").encode("ascii")


_TOO_MANY = _plain("503 Service Unavailable", "too many connections", "Retry-After: 1")
_TOO_SLOW = _plain("408 Request Timeout", "the request did not come in time")

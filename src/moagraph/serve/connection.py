"""Connections of clients that are slow, too many, or send a head that is too long."""

from __future__ import annotations

import asyncio
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from moagraph.serve.limits import Limits


class Connection(HttpToolsProtocol):
    """A connection that is closed if the head of a request does not come in time."""

    limits: Limits
    _head_timer: asyncio.TimerHandle | None = None
    _send_timer: asyncio.TimerHandle | None = None
    _head_size = 0
    _in_head = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request, or close at once if there are too many connections."""
        transport = cast("asyncio.Transport", transport)
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self.connections.discard(self)
            transport.write(_TOO_MANY)
            self._close()
            return
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        if self._send_timer is not None:
            self._send_timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; those of a head must all come within the time and the length for one."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if not self._in_head:
            self._stop_waiting()
            return
        self._head_size += len(data)
        if self._head_size > self.limits.head:
            in_headers = b"\n" in data or bool(self.headers)
            self.transport.write(_HEADERS_TOO_LONG if in_headers else _ADDRESS_TOO_LONG)
            self._close()
        elif self._head_timer is None and not self.transport.is_closing():
            self._wait_for_head()

    def on_message_begin(self) -> None:
        """Begin a head."""
        self._in_head = True
        self._head_size = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """End a head: what follows has its own bounds."""
        self._in_head = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Begin anew: the next request has its own time."""
        self._in_head = True
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
        self._stop_waiting()
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
        """Answer what is no HTTP; a reply that is on its way is broken off instead."""
        if len(getattr(self, "url", b"")) > self.limits.target:
            self.transport.write(_ADDRESS_TOO_LONG)
            self._close()
            return
        if self.cycle is not None and not self.cycle.response_complete:
            if self.cycle.response_started:
                self.transport.abort()
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        super().send_400_response(msg)
        self._close()


def connections(limits: Limits) -> type[Connection]:
    """Return the class of connections under some limits."""
    return type("LimitedConnection", (Connection,), {"limits": limits})


def _plain(status: str, text: str, *more: str) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        "Content-Type: text/plain; charset=utf-8",
        "X-Content-Type-Options: nosniff",
        f"Content-Length: {len(text) + 1}",
        "Connection: close",
        *more,
    )
    return ("\r\n".join(lines) + f"\r\n\r\n{text}\n").encode("ascii")


_TOO_MANY = _plain("503 Service Unavailable", "too many connections", "Retry-After: 1")
_TOO_SLOW = _plain("408 Request Timeout", "the request did not come in time")
_ADDRESS_TOO_LONG = _plain("414 URI Too Long", "the address is too long; send the query by POST")
_HEADERS_TOO_LONG = _plain("431 Request Header Fields Too Large", "the headers are too long")

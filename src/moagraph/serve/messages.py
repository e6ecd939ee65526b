"""HTTP as the endpoint needs it: a request body within bounds, and replies with their headers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from moagraph.serve.errors import error_object
from moagraph.serve.limits import Limits

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Pairs: TypeAlias = list[tuple[str, str]]

_PIECE = 64 * 1024
_DRAINED = 4
"""A body up to so many times too long is read and thrown away: many a client sends all of it
before it looks for a reply."""
_EVERYWHERE = [
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),
    (b"referrer-policy", b"no-referrer"),
]
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type"),
    (b"access-control-max-age", b"86400"),
]


class Refused(Exception):
    """A request that is answered with an error: status, code, message, further headers."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
        self.error = error_object(code, message)


class Gone(Exception):
    """The client has left."""


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header of a request, all its lines joined, None if there is none."""
    found = [value for key, value in scope["headers"] if key == name]
    return b",".join(found).decode("latin-1") if found else None


def allow(scope: Scope, *methods: str) -> None:
    """Refuse a method that a resource does not have."""
    if scope["method"] not in methods:
        names = ", ".join((*methods, "OPTIONS"))
        message = f"{scope['method']} is not allowed here; use {names}"
        raise Refused(405, "method_not_allowed", message, {"Allow": names})


def pairs(data: bytes, what: str) -> Pairs:
    """Return the pairs of a query string or form.

    Raises:
        Refused: it is not UTF-8, or has too many fields.
    """
    try:
        text = data.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        message = f"the {what} is not UTF-8"
    except ValueError as error:
        message = f"the {what} cannot be read: {error}"
    raise Refused(400, "bad_request", message)


def media_type(scope: Scope) -> str:
    """Return the media type of the request body, "" if there is none.

    Raises:
        Refused: it is in another character encoding than UTF-8, or compressed.
    """
    if (header(scope, b"content-encoding") or "identity").strip().lower() != "identity":
        message = "a compressed request body is not accepted"
        raise Refused(415, "unsupported_encoding", message, {"Accept-Encoding": "identity"})
    media, *parameters = (header(scope, b"content-type") or "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8", "us-ascii"):
            message = f"the request body is to be UTF-8, not {charset!r}"
            raise Refused(415, "unsupported_charset", message)
    return media.strip().lower()


async def body(scope: Scope, receive: Receive, limits: Limits) -> bytes:
    """Return the request body.

    Raises:
        Refused: it is too long, by its own word or by the bytes read, or comes too slowly.
        Gone: the client has left.
    """
    too_long = Refused(
        413,
        "too_long",
        f"the request body is longer than {limits.body:,} bytes",
        {"Connection": "close"},
    )
    told = header(scope, b"content-length") or "0"
    if not told.isdigit() or int(told) > _DRAINED * limits.body:
        raise too_long
    found = bytearray()
    read = 0
    try:
        async with asyncio.timeout(limits.body_time):
            more = True
            while more:
                event = await receive()
                if event["type"] != "http.request":
                    raise Gone
                data = event.get("body", b"")
                more = event.get("more_body", False)
                read += len(data)
                if read <= limits.body:
                    found += data
                elif read > _DRAINED * limits.body:
                    raise too_long
    except TimeoutError:
        message = f"the request body did not come within {limits.body_time:g} seconds"
        raise Refused(408, "too_slow", message, {"Connection": "close"}) from None
    if read > limits.body:
        raise too_long
    return bytes(found)


class Exchange:
    """One request and the reply to it; `status` and `sent` are kept for the log."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limits: Limits) -> None:
        self.scope = scope
        self.receive = receive
        self.limits = limits
        self._send = send
        self.status = 0
        self.sent = 0
        self.notes: dict[str, Any] = {}

    async def reply(
        self,
        status: int,
        media: str,
        pieces: Sequence[bytes],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a reply whose body is known."""
        size = sum(map(len, pieces))
        lines = [*_EVERYWHERE, (b"content-length", b"%d" % size)]
        if media:
            lines.append((b"content-type", media.encode("latin-1")))
        lines += [(n.encode("latin-1"), v.encode("latin-1")) for n, v in (headers or {}).items()]
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": lines})
        if self.scope["method"] == "HEAD":
            size = 0
        self.sent = 0
        for piece in pieces if size else ():
            for start in range(0, len(piece), _PIECE):
                part = piece[start : start + _PIECE]
                self.sent += len(part)
                message = {"body": part, "more_body": self.sent < size}
                await self._send({"type": "http.response.body", **message})
        if not size:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def refuse(
        self, status: int, error: Mapping[str, Any], text: str, headers: Mapping[str, str]
    ) -> None:
        """Send an error: as JSON to who accepts JSON, else as text."""
        asked = (header(self.scope, b"accept") or "").lower()
        varied = {"Cache-Control": "no-store", "Vary": "Accept", **headers}
        self.notes["error"] = error["message"]
        if "json" in asked or self.scope["path"].startswith("/api/"):
            data = json.dumps({"error": error}, ensure_ascii=False, indent=2) + "\n"
            await self.reply(status, "application/json", [_bytes(data)], varied)
        else:
            await self.reply(status, "text/plain; charset=utf-8", [_bytes(text + "\n")], varied)

    async def left(self) -> None:
        """Wait until the client has left."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def options(self, *methods: str) -> None:
        """Answer OPTIONS and the question that browsers ask before a request to another origin."""
        names = ", ".join((*methods, "OPTIONS"))
        preflight = {name.decode(): value.decode() for name, value in _PREFLIGHT}
        await self.reply(204, "", [], {"Allow": names, **preflight})


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")

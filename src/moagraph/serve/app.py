"""The routes of the endpoint, each a small handler of one exchange."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from moagraph.frozen import Frozen
from moagraph.serve import protocol, wire
from moagraph.serve.cache import Cache, steady
from moagraph.serve.limits import MIB, Limits
from moagraph.serve.log import Log
from moagraph.serve.messages import (
    Exchange,
    Gone,
    Receive,
    Refused,
    Scope,
    Send,
    allow,
    body,
    header,
    media_type,
    pairs,
)
from moagraph.serve.negotiation import wants_gzip
from moagraph.serve.pool import Pool, Reply, Unanswered
from moagraph.serve.questions import QUESTIONS

_READ = ("GET", "HEAD")
_ASK = ("GET", "HEAD", "POST")
_VARY = "Accept, Accept-Encoding"
_LOGGED = 300
_FRAMED = {"Content-Security-Policy": "frame-ancestors 'self'"}

Handler: TypeAlias = Callable[[Exchange], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class Site(Frozen):
    """What does not change while the server runs.

    `questions` are the paths of the named questions; `drawable`
    tells whether the graph fits on a page; `files` are the pages: path to media type, bytes and
    further headers. `layers` and `size` count
    the triples of the named graphs and of the default graph.
    """

    version: str
    layers: dict[str, int]
    size: int
    questions: tuple[str, ...]
    drawable: bool
    files: dict[str, tuple[str, bytes, dict[str, str]]]


class Endpoint:
    """The application: it parses, hands to the pool, and replies."""

    def __init__(self, pool: Pool, limits: Limits, site: Site, log: Log) -> None:
        self.pool = pool
        self.limits = limits
        self.site = site
        self.log = log
        self.cache = Cache()

    def app(self) -> App:
        """Return the ASGI application."""
        routes = {
            "/sparql": _Resource(self, self._sparql, _ASK),
            "/health": _Resource(self, self._health, _READ),
            **{f"/api/{name}": _Resource(self, self._question, _ASK) for name in QUESTIONS},
            **{path: _Resource(self, self._named, _ASK) for path in self.site.questions},
            **({"/graph": _Resource(self, self._graph, _READ)} if self.site.drawable else {}),
            **{path: _Resource(self, self._file, _READ) for path in self.site.files},
        }
        missing = _Resource(self, self._missing, ())

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await routes.get(scope["path"], missing)(scope, receive, send)

        return app

    async def _sparql(self, exchange: Exchange) -> None:
        scope = exchange.scope
        asked = await protocol.read(scope, exchange.receive, self.limits)
        accept = header(scope, b"accept")
        if asked.query is None:
            await self._describe(exchange, accept)
            return
        exchange.notes["query"] = asked.query[:_LOGGED]
        job = {
            "do": "sparql",
            "query": asked.query,
            "default": asked.default,
            "named": asked.named,
            "accept": accept,
        }
        await self._run(exchange, job)

    async def _describe(self, exchange: Exchange, accept: str | None) -> None:
        from moagraph.serve.description import describe

        if (accept or "").lstrip().lower().startswith("text/html"):
            await exchange.reply(303, "", [], {"Location": "/", "Vary": _VARY})
            return
        address = _address(exchange.scope)
        media, data = describe(address, accept, self.site.layers, self.site.size)
        await exchange.reply(200, _typed(media), [data], {"Vary": _VARY})

    async def _question(self, exchange: Exchange) -> None:
        scope = exchange.scope
        arguments = await self._arguments(exchange)
        name = scope["path"].rpartition("/")[2]
        exchange.notes["query"] = json.dumps(arguments)[:_LOGGED]
        await self._run(exchange, {"do": name, "arguments": arguments})

    async def _graph(self, exchange: Exchange) -> None:
        # The page has a policy of its own, by the digests of its scripts.
        await self._run(exchange, {"do": "graph"}, _FRAMED)

    async def _named(self, exchange: Exchange) -> None:
        arguments = await self._arguments(exchange)
        for name, values in arguments.items():
            if len(values) > 1:
                raise Refused(400, "bad_request", f"the parameter {name!r} is given twice")
        job = {
            "do": "named",
            "name": exchange.scope["path"].rpartition("/")[2],
            "settings": {name: values[0] for name, values in arguments.items() if values[0]},
            "accept": header(exchange.scope, b"accept"),
        }
        exchange.notes["query"] = json.dumps(job["settings"])[:_LOGGED]
        await self._run(exchange, job)

    async def _arguments(self, exchange: Exchange) -> dict[str, list[str]]:
        """Return the arguments of a question from the address, a form or a JSON object."""
        scope = exchange.scope
        fields = pairs(scope["query_string"], "query string")
        if scope["method"] == "POST":
            media = media_type(scope)
            if media not in (protocol.FORM, "application/json"):
                message = f"a POST has the Content-Type {protocol.FORM} or application/json"
                raise Refused(415, "unsupported_media_type", message)
            data = await body(scope, exchange.receive, self.limits)
            fields += pairs(data, "form") if media == protocol.FORM else _object(data)
        found: dict[str, list[str]] = {}
        for name, value in fields:
            found.setdefault(name, []).append(value)
        return found

    async def _run(
        self, exchange: Exchange, job: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        job["gzip"] = wants_gzip(header(exchange.scope, b"accept-encoding"))
        message = wire.pack(job)
        reply = self.cache.get(message)
        if reply is None:
            try:
                reply = await self.pool.run(message, self.limits.timeout, exchange.left)
            except Unanswered as error:
                raise self._unanswered(error.reason) from None
            if reply.head["status"] == 200 and steady(job.get("query", "")):
                self.cache.put(message, len(message), reply)
        else:
            exchange.notes["cached"] = True
        head = reply.head
        if head.get("fault"):
            raise self._fault(head["fault"])
        if "error" in head:
            await exchange.refuse(head["status"], head["error"], head["text"], {"Vary": _VARY})
            return
        await self._send(exchange, reply, headers or {})

    async def _send(self, exchange: Exchange, reply: Reply, further: Mapping[str, str]) -> None:
        headers = {"Vary": _VARY, "Cache-Control": "no-cache", **further}
        if reply.head.get("encoding"):
            headers["Content-Encoding"] = reply.head["encoding"]
        for number, note in enumerate(reply.head.get("notes", ())[:5]):
            headers[f"X-Note-{number + 1}"] = _printable(note)
        size = sum(map(len, reply.pieces))
        self.pool.held += size
        try:
            await exchange.reply(200, _typed(reply.head["type"]), reply.pieces, headers)
        finally:
            self.pool.held -= size

    def _unanswered(self, reason: str) -> Exception:
        seconds = self.limits.timeout
        if reason == "timeout":
            message = f"stopped at the time limit of {seconds:g} seconds; ask for less"
            return Refused(504, "query_timeout", message)
        if reason == "died":
            memory = self.limits.memory // MIB
            message = f"it needed more than {memory} MiB of memory, or brought its process down"
            return Refused(500, "query_failed", message)
        if reason == "gone":
            return Gone()
        message = "too many questions at a time; try again" if reason == "busy" else "stopping"
        return Refused(503, reason, message, {"Retry-After": "1"})

    def _fault(self, fault: str) -> Refused:
        if fault == "memory":
            return Refused(
                500, "query_failed", f"it needed more than {self.limits.memory // MIB} MiB"
            )
        self.log.line("fault", trace=fault)
        return Refused(500, "fault", "a fault of the server; its log has the details")

    async def _health(self, exchange: Exchange) -> None:
        state = {
            "status": "ok",
            "data_version": self.site.version,
            "idle": len(self.pool.idle),
            "running": self.pool.quick,
            "long": self.pool.slow,
            "waiting": len(self.pool.waiting),
        }
        data = json.dumps(state).encode() + b"\n"
        await exchange.reply(200, "application/json", [data], {"Cache-Control": "no-store"})

    async def _file(self, exchange: Exchange) -> None:
        media, data, headers = self.site.files[exchange.scope["path"]]
        await exchange.reply(200, media, [data], {"Cache-Control": "no-cache", **headers})

    async def _missing(self, _: Exchange) -> None:
        apis = ", ".join(f"/api/{name}" for name in QUESTIONS)
        message = f"nothing is here; there are /, /sparql, /questions, /graph, {apis} and /health"
        raise Refused(404, "not_found", message)


class _Resource:
    """A handler as an ASGI application: methods, errors and the log are the same for all."""

    def __init__(self, endpoint: Endpoint, handler: Handler, methods: tuple[str, ...]) -> None:
        self.endpoint = endpoint
        self.handler = handler
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = time.perf_counter()
        exchange = Exchange(scope, receive, send, self.endpoint.limits)
        try:
            await self._handle(exchange)
        except Refused as error:
            await exchange.refuse(error.status, error.error, error.message, error.headers)
        except Gone:
            exchange.status = 499
        finally:
            client = scope.get("client") or ("", 0)
            self.endpoint.log.line(
                "request",
                client=client[0],
                method=scope["method"],
                path=scope["path"][:_LOGGED],
                status=exchange.status,
                bytes=exchange.sent,
                ms=round(1000 * (time.perf_counter() - start), 2),
                **exchange.notes,
            )

    async def _handle(self, exchange: Exchange) -> None:
        scope = exchange.scope
        if len(scope["raw_path"]) + len(scope["query_string"]) > self.endpoint.limits.target:
            raise Refused(414, "too_long", "the address is too long; send the query by POST")
        hosts = sum(name == b"host" for name, _ in scope["headers"])
        if hosts > 1 or (not hosts and scope["http_version"] == "1.1"):
            raise Refused(400, "bad_request", "a request has exactly one Host header")
        if self.methods:
            if scope["method"] == "OPTIONS":
                await exchange.options(*self.methods)
                return
            allow(scope, *self.methods)
        await self.handler(exchange)


def _object(data: bytes) -> list[tuple[str, str]]:
    """Return the arguments of a JSON object as pairs of texts."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "bad_request", f"the body is no JSON: {error}") from None
    if not isinstance(value, Mapping):
        raise Refused(400, "bad_request", "the body is to be a JSON object")
    found = []
    for name, item in value.items():
        for one in item if isinstance(item, list) else [item]:
            if isinstance(one, bool):
                found.append((name, str(one).lower()))
            elif isinstance(one, str | int):
                found.append((name, str(one)))
            else:
                raise Refused(
                    400, "bad_request", f"{name!r} is to be a text, number or truth value"
                )
    return found


def _typed(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _printable(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode().replace("\n", " ").replace("\r", " ")


def _address(scope: Scope) -> str:
    """Return the address of the endpoint as the client named it, if that can be one."""
    import re

    host = header(scope, b"host") or ""
    if not re.fullmatch(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?", host):
        name, port = scope.get("server") or ("localhost", None)
        host = f"{name}:{port}" if port else name
    return f"{scope['scheme']}://{host}{scope['path']}"

"""An HTTP client for SPARQL endpoints that takes nothing on trust.

Queries go out as forms by POST: Virtuoso 7 never answers a direct one. Redirects are not
followed, bodies are read up to a limit, and every fault ends in one message that names the
endpoint without the secrets of its URL.
"""

from __future__ import annotations

import json
import re
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from moagraph.characters import escape
from moagraph.errors import DataError
from moagraph.remote.address import Address, parse_address
from moagraph.remote.deadline import Deadline

if TYPE_CHECKING:
    import httpx

JSON = "application/sparql-results+json"
Row = tuple[str, ...]
_UNPACKED = ("", "identity", "gzip")
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")


class Caps(NamedTuple):
    """How much one question may ask of an endpoint; beyond it an answer would rest on a part."""

    rows: int = 2_000_000
    bytes: int = 512 * 1024 * 1024
    requests: int = 5_000
    seconds: float = 300.0
    idle_seconds: float = 60.0


class Body(NamedTuple):
    """What an endpoint sent: its media type, without parameters, and the whole body.

    `max_rows` is what Virtuoso says of its own limit where it has met it.
    """

    media_type: str
    data: bytes
    max_rows: str = ""


class Endpoint:
    """One endpoint, with what a question has asked of it so far."""

    def __init__(self, url: str, caps: Caps | None = None) -> None:
        self.address: Address = parse_address(url)
        self.caps = caps or Caps()
        self.begin()
        self._client: httpx.Client | None = None
        self._deadline = Deadline()

    def begin(self) -> None:
        """Begin a question anew: what was asked before does not count against its caps."""
        self.requests = 0
        self.bytes = 0
        self.rows = 0
        self.seconds = 0.0

    @property
    def client(self) -> httpx.Client:
        """Return the HTTP client, made at first use."""
        if self._client is None:
            import httpx

            from moagraph import __version__

            idle = self.caps.idle_seconds
            client = httpx.Client(
                follow_redirects=False,
                # Proxies of the environment are for the network, not for this machine.
                trust_env=not self.address.loopback,
                timeout=httpx.Timeout(idle, connect=min(10.0, idle)),
                headers={"User-Agent": f"moagraph/{__version__}", "Accept-Encoding": "gzip"},
            )
            self._client = client
            # Nobody closes a graph; its connections go with it.
            weakref.finalize(self, client.close)
        return self._client

    def fault(self, message: str) -> DataError:
        """Return an error that names the endpoint."""
        return DataError(message, file=self.address.shown)

    def capped(self, what: str) -> DataError:
        """Return the error for a fragment that a cap cuts; it says which."""
        return self.fault(
            f"the verdict is withheld: what the question touches is cut by the cap on {what}; "
            "ask something narrower, or copy the graph here and give the file to -d"
        )

    def select(self, query: str, variables: tuple[str, ...]) -> list[Row]:
        """Return the rows of a SELECT query as texts, "" where a variable is unbound.

        Raises:
            DataError: the endpoint does not answer, or not with results in JSON.
        """
        document = self.document(self.send(query, f"{JSON}, application/json;q=0.5"))
        head, results = document.get("head"), document.get("results")
        bindings = results.get("bindings") if isinstance(results, dict) else None
        if not isinstance(head, dict) or not isinstance(bindings, list):
            raise self.fault("answered with JSON that holds no SPARQL results")
        try:
            rows = [
                tuple(_value(row[name]) if name in row else "" for name in variables)
                for row in bindings
            ]
        except (TypeError, KeyError, AttributeError) as error:
            raise self.fault("answered with JSON that holds no SPARQL results") from error
        if not all(isinstance(value, str) for row in rows for value in row):
            raise self.fault("answered with values that are no texts")
        self.rows += len(rows)
        if self.rows > self.caps.rows:
            raise self.capped(f"rows ({self.caps.rows:,})")
        return rows

    def document(self, body: Body) -> dict[str, Any]:
        """Return a body as an object of JSON.

        Raises:
            DataError: it is of another type, cut or damaged.
        """
        if body.media_type not in (JSON, "application/json"):
            raise self.fault(_not_results(body.media_type))
        try:
            document = json.loads(body.data)
            if _HALF_PAIR.search(body.data):
                json.dumps(document, ensure_ascii=False).encode()
        except RecursionError as error:
            raise self.fault("answered with JSON that nests too deeply") from error
        except UnicodeEncodeError as error:
            raise self.fault("answered with half of a surrogate pair") from error
        except ValueError as error:
            raise self.fault(f"answered with JSON that is cut or damaged ({error})") from error
        if not isinstance(document, dict):
            raise self.fault("answered with JSON that holds no SPARQL results")
        return document

    def send(self, query: str, accept: str) -> Body:
        """Send a query and return the whole answer, of whatever type.

        Raises:
            DataError: no answer, a redirect, an error status, a cut body, or a cap is met.
        """
        if self.requests >= self.caps.requests:
            raise self.capped(f"requests ({self.caps.requests:,})")
        self.requests += 1
        with (
            self._faults(),
            self._clock(),
            self._asked(query, accept) as answer,
        ):
            if 300 <= answer.status_code < 400:
                raise self.fault(_redirected(answer.headers.get("location", "")))
            if answer.headers.get("content-encoding", "").strip().lower() not in _UNPACKED:
                raise self.fault("sent a body packed in a way that was not asked for")
            data = b"".join(self._chunks(answer))
            if self._deadline.passed:
                # A body without a length ends where the connection does: this one may be a part.
                raise self.capped(f"time ({self.caps.seconds:g} s)")
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if answer.status_code not in (200, 203):
            said = _first_line(data, media_type)
            raise self.fault(f"refused the query with {answer.status_code}{said}")
        return Body(media_type, data, answer.headers.get("x-sparql-maxrows", ""))

    @contextmanager
    def _asked(self, query: str, accept: str) -> Iterator[httpx.Response]:
        """Send a query; once more where the other side has closed a connection without a word.

        Servers close connections that were idle for a while, at times as the next request is on
        its way. A query changes nothing, so that it may be asked again.
        """
        import httpx

        request = self.client.build_request(
            "POST",
            self.address.url,
            data={"query": query},
            headers={"Accept": accept},
            extensions={"trace": self._deadline.trace},
        )
        try:
            answer = self.client.send(request, stream=True)
        except httpx.RemoteProtocolError:
            if self._deadline.passed:
                raise
            answer = self.client.send(request, stream=True)
        try:
            yield answer
        finally:
            answer.close()

    @contextmanager
    def _clock(self) -> Iterator[None]:
        """Count the time that the endpoint takes, not that between questions."""
        self._started = time.monotonic()
        left = max(0.1, self.caps.seconds - self.seconds)
        try:
            with self._deadline.within(left):
                yield
        finally:
            self.seconds += time.monotonic() - self._started

    def _chunks(self, answer: httpx.Response) -> Iterator[bytes]:
        """Yield the body while caps allow; of an error only its beginning."""
        limit = 4096 if answer.status_code not in (200, 203) else 0
        size = 0
        for chunk in answer.iter_bytes():
            size += len(chunk)
            self.bytes += len(chunk)
            if self.bytes > self.caps.bytes:
                raise self.capped(f"bytes ({self.caps.bytes:,})")
            if self.seconds + time.monotonic() - self._started > self.caps.seconds:
                raise self.capped(f"time ({self.caps.seconds:g} s)")
            yield chunk
            if limit and size > limit:
                return

    @contextmanager
    def _faults(self) -> Iterator[None]:
        import httpx

        try:
            try:
                yield
            except httpx.TransportError as error:
                if self._deadline.passed:
                    raise self.capped(f"time ({self.caps.seconds:g} s)") from error
                raise
        except httpx.TimeoutException as error:
            waited = f"{self.caps.idle_seconds:g} s"
            raise self.fault(f"gave no answer for {waited}") from error
        except httpx.ConnectError as error:
            raise self.fault(f"cannot be reached: {_reason(error)}") from error
        except httpx.RemoteProtocolError as error:
            raise self.fault(f"broke off its answer: {_reason(error)}") from error
        except httpx.DecodingError as error:
            raise self.fault("sent a body that does not unpack") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self.fault(f"cannot be asked: {_reason(error)}") from error


def _value(cell: dict[str, Any]) -> Any:
    """Return what a cell holds; a blank node begins with `_:`, which no IRI does."""
    return f"_:{cell['value']}" if cell.get("type") == "bnode" else cell["value"]


def _reason(error: Exception) -> str:
    return escape(str(error)[:200]) or type(error).__name__


def _redirected(target: str) -> str:
    where = escape(target.partition("?")[0].rpartition("@")[2][:200]) or "nowhere"
    return f"redirects to {where}; redirects are not followed, give the endpoint's own address"


def _not_results(media_type: str) -> str:
    if media_type in ("text/html", "application/xhtml+xml"):
        return "answered with a web page; give the address of the SPARQL endpoint itself"
    return f"answered with {escape(media_type[:80]) or 'no content type'}, not with SPARQL results"


def _first_line(data: bytes, media_type: str) -> str:
    if "html" in media_type:
        return ""
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    first = next((line for line in lines if line), "")
    return f": {escape(first[:300])}" if first else ""

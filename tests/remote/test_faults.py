"""A server that misbehaves in every way, and what a person reads of it."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

import moagraph
from moagraph.errors import DataError
from moagraph.remote.address import is_address, parse_address
from moagraph.remote.client import JSON, Caps, Endpoint
from moagraph.remote.engine import RemoteEngine
from moagraph.remote.knowledge import connect
from moagraph_cli.main import cli

Reply = Callable[[BaseHTTPRequestHandler], None]
EMPTY = json.dumps({"head": {"vars": []}, "results": {"bindings": []}}).encode()
DEEP = b"[" * 100_000 + b"]" * 100_000


def send(
    status: int, body: bytes, media_type: str = JSON, length: int | None = None, **headers: str
) -> Reply:
    """Return a reply with a body, maybe of another length than it says."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if media_type:
            handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return reply


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)
    handler.close_connection = True


FINISHED: list[str] = []
"""What a server that spins out its answer has sent to its end."""


def slow_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)
    FINISHED.append("slow-head")


def packed_nothing(handler: BaseHTTPRequestHandler) -> None:
    """Send gzip that goes on and on and unpacks to nothing."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    handler.wfile.write(gzip.compress(b"")[:10])
    for _ in range(200):
        handler.wfile.write(b"\0\0\0\xff\xff" * 100)
        handler.wfile.flush()
        time.sleep(0.05)
    FINISHED.append("packed-nothing")


def endless_error(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(503)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    handler.wfile.write(b"out of memory\n")
    while True:
        handler.wfile.write(b"x" * 65536)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    handler.close_connection = True


def results(*rows: object) -> bytes:
    return json.dumps({"head": {"vars": ["g", "p", "o"]}, "results": {"bindings": rows}}).encode()


def literal(value: object) -> dict[str, object]:
    return {"type": "typed-literal", "value": value}


REPLIES: dict[str, tuple[Reply, str]] = {
    "moved": (send(302, b"", Location="file:///etc/passwd"), r"redirects to file:///etc/passwd;"),
    "moved-secret": (
        send(308, b"", Location="https://u:hidden@e.org/x?key=hidden"),
        r"redirects to e\.org/x; redirects are not followed",
    ),
    "moved-nowhere": (send(301, b""), "redirects to nowhere"),
    "moved-here": (send(307, b"", Location="/never"), "redirects to /never;"),
    "moved-to-loopback": (
        send(303, b"", Location="http://127.0.0.1:9/never"),
        r"redirects to http://127\.0\.0\.1:9/never;",
    ),
    "many-headers": (send(200, EMPTY, X_Long="x" * 200_000), "broke off its answer"),
    "line-in-header": (send(200, EMPTY, X_A="b\nc"), "broke off its answer"),
    "nothing": (send(204, b""), "with 204$"),
    "a-part": (send(206, EMPTY), "with 206"),
    "html": (send(200, b"<html>Welcome</html>", "text/html; charset=utf-8"), "with a web page"),
    "xml": (send(200, b"<sparql/>", "application/sparql-results+xml"), "not with SPARQL results"),
    "xml-bomb": (
        send(
            200,
            b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sparql>&b;</sparql>',
            "application/sparql-results+xml",
        ),
        "not with SPARQL results",
    ),
    "untyped": (send(200, EMPTY, ""), "answered with no content type"),
    "escape": (send(200, b"", "text/\x1b[31mred"), r"text/\\x1b\[31mred"),
    "not-json": (send(200, b"no"), "JSON that is cut or damaged"),
    "half-json": (send(200, EMPTY[:-3]), "JSON that is cut or damaged"),
    "half-pair": (send(200, results({"p": {"value": "\ud800"}})), "surrogate"),
    "long-number": (
        send(200, results({"p": literal("~")}).replace(b'"~"', b"9" * 5000)),
        "cut or damaged",
    ),
    "not-a-number": (send(200, results({"p": literal(float("nan"))})), "no texts"),
    "deep-json": (send(200, DEEP), "nests too deeply"),
    "list": (send(200, b"[]"), "holds no SPARQL results"),
    "number": (send(200, b"17"), "holds no SPARQL results"),
    "no-bindings": (send(200, b'{"head": {}, "results": {}}'), "holds no SPARQL results"),
    "boolean": (send(200, b'{"head": {}, "boolean": true}'), "holds no SPARQL results"),
    "row-of-text": (send(200, results("row")), "holds no SPARQL results"),
    "valueless": (send(200, results({"p": {"type": "uri"}})), "holds no SPARQL results"),
    "wrong-value": (send(200, results({"p": literal(5)})), "values that are no texts"),
    "empty": (send(200, EMPTY), "holds no graph of moagraph's"),
    "several": (
        send(200, results(*({"g": literal(g), "p": literal("p")} for g in ("urn:a", "urn:b")))),
        "several graphs of moagraph's: urn:a, urn:b",
    ),
    "syntax": (
        send(400, b"\n  37000 Error SP030: syntax error\nmore", "text/plain"),
        "with 400: 37000 Error SP030: syntax error$",
    ),
    "error-page": (send(500, b"<html>" + b"x" * 100_000, "text/html"), "with 500$"),
    "locked": (send(401, b"Unauthorized"), "with 401: Unauthorized"),
    "cut": (send(200, EMPTY, length=10_000), "broke off its answer"),
    "no-http": (no_http, "broke off its answer"),
    "endless": (endless, r"withheld.*bytes \(1,000,000\)"),
    "drip": (drip, r"withheld.*time \(1.5 s\)"),
    "slow-head": (slow_head, r"withheld.*time \(1.5 s\)"),
    "packed-nothing": (packed_nothing, r"withheld.*time \(1.5 s\)"),
    "endless-error": (endless_error, "with 503: out of memory$"),
    "silent": (silent, "gave no answer for 1 s"),
    "not-gzip": (send(200, EMPTY, Content_Encoding="gzip"), "does not unpack"),
    "packed-twice": (
        send(200, gzip.compress(gzip.compress(EMPTY)), Content_Encoding="gzip, gzip"),
        "was not asked for",
    ),
    "packed-otherwise": (send(200, EMPTY, Content_Encoding="br"), "was not asked for"),
    "bomb": (
        send(200, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"),
        r"withheld.*bytes \(1,000,000\)",
    ),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.path, self.headers.get("Content-Type", ""), body))
        try:
            name = self.path.partition("?")[0].strip("/")
            (SOUND.get(name) or REPLIES[name][0])(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that goes away is what these tests want."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    Handler.seen = []
    serving = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_address[1]}"
    serving.shutdown()
    serving.server_close()
    thread.join(5)


CAPS = Caps(bytes=1_000_000, seconds=1.5, idle_seconds=1)


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.4)
    send(200, EMPTY)(handler)


def accepting(handler: BaseHTTPRequestHandler) -> None:
    send(200, results({"g": literal(handler.headers["Accept"])}))(handler)


def turtle(handler: BaseHTTPRequestHandler) -> None:
    media = "text/turtle" if "text/turtle" in handler.headers["Accept"] else "text/html"
    send(200, b"<a:b> <a:c> <a:d> .", media)(handler)


def closing_at_first(handler: BaseHTTPRequestHandler) -> None:
    if sum(path == handler.path for path, _, _ in Handler.seen) == 1:
        handler.close_connection = True
    else:
        send(200, EMPTY)(handler)


def closing(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


SOUND: dict[str, Reply] = {
    "slow": slow,
    "accepting": accepting,
    "turtle": turtle,
    "closing-at-first": closing_at_first,
    "closing": closing,
}


def test_no_redirect_is_followed_whatever_it_leads_to(server: str) -> None:
    Handler.seen.clear()
    for fault in ("moved", "moved-here", "moved-to-loopback", "moved-nowhere"):
        with pytest.raises(DataError, match="redirects are not followed"):
            connect(f"{server}/{fault}", CAPS)
    assert [path for path, _, _ in Handler.seen if "never" in path] == []
    assert len(Handler.seen) == 4


def test_time_is_counted_over_the_requests_of_a_question(server: str) -> None:
    endpoint = Endpoint(f"{server}/slow", Caps(seconds=1.0, idle_seconds=5))

    def ask(times: int) -> None:
        for _ in range(times):
            endpoint.select("ASK {}", ())

    with pytest.raises(DataError, match=r"withheld.*time \(1 s\)"):
        ask(4)
    assert 2 <= endpoint.requests <= 3
    endpoint.begin()
    assert endpoint.select("ASK {}", ()) == []


def test_bytes_and_requests_are_counted_over_a_question(server: str) -> None:
    endpoint = Endpoint(f"{server}/empty", Caps(bytes=2 * len(EMPTY), requests=9))
    endpoint.select("ASK {}", ())
    endpoint.select("ASK {}", ())
    with pytest.raises(DataError, match="cap on bytes"):
        endpoint.select("ASK {}", ())
    few = Endpoint(f"{server}/empty", Caps(requests=2))
    few.select("ASK {}", ())
    few.select("ASK {}", ())
    with pytest.raises(DataError, match="cap on requests"):
        few.select("ASK {}", ())
    few.begin()
    assert few.select("ASK {}", ()) == []


def test_a_connection_that_was_closed_without_a_word_is_opened_once_more(server: str) -> None:
    assert Endpoint(f"{server}/closing-at-first").select("ASK {}", ()) == []
    with pytest.raises(DataError, match="broke off its answer"):
        Endpoint(f"{server}/closing").select("ASK {}", ())
    asked = [path for path, _, _ in Handler.seen]
    assert (asked.count("/closing-at-first"), asked.count("/closing")) == (2, 2)


def test_a_cap_that_is_just_met_is_no_fault(server: str) -> None:
    endpoint = Endpoint(f"{server}/accepting", Caps(rows=2))
    endpoint.select("ASK {}", ("g",))
    endpoint.select("ASK {}", ("g",))
    with pytest.raises(DataError, match=r"cap on rows \(2\)"):
        endpoint.select("ASK {}", ("g",))


def test_what_is_accepted_is_said(server: str) -> None:
    ((said, missing),) = Endpoint(f"{server}/accepting").select("ASK {}", ("g", "x"))
    assert said == f"{JSON}, application/json;q=0.5"
    assert missing == ""
    found = RemoteEngine(Endpoint(f"{server}/turtle")).query("DESCRIBE <a:b>")
    assert len(list(found)) == 1


def test_a_blank_node_is_never_taken_for_an_iri(server: str) -> None:
    endpoint = Endpoint(f"{server}/node")
    REPLIES["node"] = (send(200, results({"g": {"type": "bnode", "value": "b0"}})), "")
    assert endpoint.select("ASK {}", ("g",)) == [("_:b0",)]
    del REPLIES["node"]


@pytest.mark.parametrize("fault", REPLIES)
def test_every_fault_ends_in_one_message(server: str, fault: str) -> None:
    with pytest.raises(DataError, match=REPLIES[fault][1]) as caught:
        connect(f"{server}/{fault}?key=hidden", CAPS)
    text = str(caught.value)
    assert text.startswith(f"{server}/{fault}: ")
    assert "hidden" not in text
    assert "\n" not in text
    assert caught.value.exit_code == 4
    assert fault not in FINISHED


def test_queries_go_out_as_forms_and_keep_what_the_address_says(server: str) -> None:
    Handler.seen.clear()
    with pytest.raises(DataError):
        connect(f"{server}/empty?default-graph-uri=urn%3Ag")
    ((path, media_type, body),) = Handler.seen
    assert path == "/empty?default-graph-uri=urn%3Ag"
    assert media_type == "application/x-www-form-urlencoded"
    assert body.startswith(b"query=SELECT")


def test_credentials_are_sent_and_never_shown(server: str) -> None:
    host = server.removeprefix("http://")
    with pytest.raises(DataError, match="with 401") as caught:
        connect(f"http://me:hidden@{host}/locked")
    assert "hidden" not in str(caught.value)
    assert "hidden" not in repr(caught.value)


def test_proxies_are_not_asked_about_this_machine(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(DataError, match="holds no graph"):
        connect(f"{server}/empty")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://example.org/sparql", "not encrypted"),
        ("http://127.0.0.1.example.org/sparql", "not encrypted"),
        ("http://localhost.example.org/", "not encrypted"),
        ("http://10.0.0.1/sparql", "not encrypted"),
        ("ftp://example.org/x", "only https"),
        ("file:///etc/passwd", "only https"),
        ("https://", "no address"),
        ("https://e.org:port/", "no address"),
        ("https://e.org/a b", "no address"),
        ("https://u:hidden@[::1/x", "no address"),
    ],
)
def test_only_safe_addresses_are_asked(address: str, message: str) -> None:
    assert is_address(address)
    with pytest.raises(DataError, match=message) as caught:
        moagraph.load(address)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["http://localhost:1/x", "http://127.0.0.9/x", "http://[::1]:7878/query", "https://e.org/s"],
)
def test_addresses_that_may_be_asked(address: str) -> None:
    assert parse_address(address).url == address


def test_a_path_is_no_address() -> None:
    assert not is_address("my/tables")
    assert not is_address("C:\\tables")
    assert not is_address("./a.ttl")


def test_nobody_listens() -> None:
    with pytest.raises(DataError, match=r"127\.0\.0\.1:9/x: cannot be reached"):
        Endpoint("http://127.0.0.1:9/x").select("ASK {}", ())


def test_the_shell_shows_the_message_and_leaves_with_4(server: str) -> None:
    found = CliRunner().invoke(cli, ["-d", f"{server}/html", "explain", "lenalidomide", "MM"])
    assert found.exit_code == 4
    assert found.stdout == ""
    assert found.stderr.startswith(f"moagraph: {server}/html: answered with a web page")

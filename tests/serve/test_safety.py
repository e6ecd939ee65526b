"""What a hostile or clumsy client may send, and the endpoint that is still there afterwards."""

from __future__ import annotations

import gzip
import http.server
import json
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serve.client import Server, everything

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(autouse=True)
def _still_there(server: Server) -> Iterator[None]:
    yield
    assert server.get("ASK {}").json["boolean"] is True


class Trap(http.server.BaseHTTPRequestHandler):
    """A server that must never be asked."""

    asked: list[str]

    def do_GET(self) -> None:
        """Remember that it was asked."""
        self.asked.append(self.path)
        self.send_error(404)

    do_POST = do_GET  # noqa: N815 - named by the base class

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on loopback, and what it was asked."""
    asked: list[str] = []
    handler = type("Handler", (Trap,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{found.server_port}", asked
        found.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL/a> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL/b> { ?s ?p ?o } }",
        "SELECT * { BIND(<URL/c> AS ?e) SERVICE ?e { ?s ?p ?o } }",
        "SELECT * { { { OPTIONAL { sErViCe <URL/d> { ?s ?p ?o } } } } }",
        "SELECT * { ?s rdfs:label ?l . FILTER EXISTS { SERVICE <URL/e> { ?s ?p ?o } } }",
        "PREFIX u: <URL/> SELECT * { SERVICE u:f { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE <URL/g> { ?s ?p ?o } } } }",
        "SELECT * FROM <URL/h> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL/i> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <URL/j>",
        "LOAD SILENT <URL/k> INTO GRAPH <a:b>",
    ],
)
def test_nothing_goes_out(server: Server, trap: tuple[str, list[str]], query: str) -> None:
    address, asked = trap
    for reply in (server.post(query.replace("URL", address)),):
        assert reply.status == 400
        assert "refused" in reply.text or "update" in reply.text
    assert asked == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["URL/graph", "file:///etc/passwd", "not an iri", ""])
def test_no_graph_of_a_request_is_fetched(
    server: Server, trap: tuple[str, list[str]], name: str, graph: str
) -> None:
    address, asked = trap
    reply = server.get("SELECT * { ?s ?p ?o }", **{name: graph.replace("URL", address)})
    assert reply.status == 400
    assert asked == []


def test_words_in_strings_and_comments_are_no_commands(server: Server) -> None:
    query = 'SELECT ("SERVICE <http://x/> { } LOAD INSERT" AS ?x) { } # SERVICE <a:b> { }'
    reply = server.post(query)
    assert reply.status == 200
    assert "LOAD INSERT" in reply.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { FILTER(" + "!" * 20000 + "true) }",
        "SELECT * { ?s ?p " + "[ <a:b> " * 3000 + "1" + " ]" * 3000 + " }",
        "SELECT * { ?s ?p " + "(" * 3000 + ")" * 3000 + " }",
        "SELECT (" + "(" * 20000 + "1" + ")" * 20000 + " AS ?x) { }",
        "SELECT * { ?s " + "^" * 20000 + "a ?o }",
        "SELECT * { ?s (" + "a/" * 20000 + "a) ?o }",
        "ASK { FILTER(1 IN (" + "-" * 20000 + "1)) }",
        "SELECT (" + "1+" * 50000 + "1 AS ?x) { }",
        "SELECT * { " + "{ } UNION " * 20000 + "{ } }",
        "{" * 200_000,
    ],
    ids=[
        "brace",
        "not",
        "node",
        "list",
        "paren",
        "inverse",
        "path",
        "minus",
        "sum",
        "union",
        "open",
    ],
)
def test_deep_nesting_is_refused_before_it_is_read(server: Server, query: str) -> None:
    before = set(server.children())
    reply = server.post(query)
    assert reply.status == 400
    assert before & set(server.children())


def test_a_long_query_is_refused(server: Server) -> None:
    assert server.post("ASK { } #" + "x" * 1_500_000).status == 400


def test_a_body_that_is_too_long_by_its_word_is_413_at_once(server: Server) -> None:
    data = server.raw(POST + b"Content-Length: 99999999999\r\n\r\n")
    assert data.startswith(b"HTTP/1.1 413 ")


def test_a_body_that_is_too_long_by_its_bytes_is_413(server: Server) -> None:
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as stream:
        stream.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(1024):
                stream.sendall(piece)
        except OSError:
            pass  # the server has heard enough
        data = everything(stream)
    assert data == b"" or data.startswith(b"HTTP/1.1 413 ")


def test_a_form_that_is_too_long_is_413(server: Server) -> None:
    assert server.request("POST", "/sparql", b"query=" + b"x" * 5_000_000, FORM).status == 413


def test_a_compressed_body_is_not_unpacked(server: Server) -> None:
    bomb = gzip.compress(b" " * 100_000_000)
    headers = {**DIRECT, "Content-Encoding": "gzip"}
    reply = server.request("POST", "/sparql", bomb, headers)
    assert reply.status == 415
    assert "compressed" in reply.text


@pytest.mark.parametrize(
    "body", [b"\xff\xfeA\x00S\x00K\x00", b"ASK { FILTER('\xff') }", b"\xed\xa0\x80"]
)
def test_a_body_that_is_not_utf_8_is_400(server: Server, body: bytes) -> None:
    assert server.post(body).status == 400


def test_another_charset_is_415(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-16"}
    reply = server.request("POST", "/sparql", "ASK {}".encode("utf-16"), headers)
    assert reply.status == 415


@pytest.mark.parametrize("value", ["%ff", "%c3%28", "%ed%a0%80", "ASK%00%7B%7D", "%"])
def test_an_address_that_is_no_utf_8_or_no_query_is_400(server: Server, value: str) -> None:
    assert server.request("GET", f"/sparql?query={value}").status == 400


def test_a_form_with_too_many_fields_is_400(server: Server) -> None:
    assert server.request("POST", "/sparql", "a=b&" * 5000, FORM).status == 400


def test_a_long_address_is_414(server: Server) -> None:
    target = "/sparql?query=" + quote("ASK { } #") + "x" * 70_000
    assert server.request("GET", target).status == 414
    data = server.raw(b"GET /" + b"x" * 300_000)
    assert data == b"" or data.startswith(b"HTTP/1.1 414 ")


def test_long_headers_are_431(server: Server) -> None:
    many = b"".join(b"X-%d: %s\r\n" % (i, b"y" * 1000) for i in range(300))
    data = server.raw(b"GET / HTTP/1.1\r\nHost: x\r\n" + many)
    assert data == b"" or data.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
        POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\nASK {}",
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http_is_refused(server: Server, data: bytes) -> None:
    found = server.raw(data)
    assert re.match(rb"HTTP/1.1 (400|413|501|505) ", found)


def test_headers_cannot_be_smuggled_into_a_reply(server: Server) -> None:
    target = "/sparql?query=" + quote("SELECT * { ?s moa:x\r\nSet-Cookie: a=b ?o }")
    headers = server.request("GET", target).headers
    assert "set-cookie" not in headers
    query = "SELECT * { ?s <https://w3id.org/moagraph/été> ?o }"
    assert server.get(query).headers["x-note-1"].isascii()


@pytest.mark.parametrize("host", ['evil.example"><script>', "a b", "<x>", "x/../y", "x:99999999"])
def test_the_host_is_not_believed(server: Server, host: str) -> None:
    request = (
        f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nAccept: text/turtle\r\nConnection: close\r\n\r\n"
    )
    data = server.raw(request.encode())
    assert b"HTTP/1.1 400" in data or f"<http://127.0.0.1:{server.port}/sparql>".encode() in data


def test_an_error_is_never_html(server: Server) -> None:
    query = "<script>alert(1)</script>"
    for accept in ("text/html", "*/*", "application/json"):
        reply = server.get(query, accept)
        assert reply.media in ("text/plain", "application/json")
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_log_is_lines_of_json_whatever_is_asked(server: Server) -> None:
    mark = "\x1b[31mred\x07\u202e\n{}"
    server.get(f"ASK {{ FILTER('''{mark}''') }}")
    server.request("GET", "/" + quote(mark))
    line = server.logged("[31mred")[0]
    assert line["status"] in (200, 400, 404)
    raw = server.log.read_bytes()
    assert b"\x1b" not in raw
    assert "\u202e".encode() not in raw
    for each in raw.decode().splitlines()[1:]:
        json.loads(each)


def test_idle_and_half_open_connections_delay_nobody(server: Server) -> None:
    streams = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    try:
        for stream in streams[:50]:
            stream.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nX-A: ")
        for stream in streams[50:75]:
            stream.sendall(POST + b"Content-Length: 1000\r\n\r\nASK")
        assert server.get("ASK { }").status == 200
    finally:
        for stream in streams:
            stream.close()


def test_too_many_connections_are_turned_away_and_then_let_in_again(server: Server) -> None:
    streams = []
    try:
        for _ in range(300):
            stream = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            streams.append(stream)
        assert everything(streams[-1]).startswith(b"HTTP/1.1 503 ")
    finally:
        for stream in streams:
            stream.close()
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if server.get("ASK {}").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("nobody is let in")


def test_a_slow_head_is_dropped(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=40) as stream:
        stream.sendall(b"GET /sparql HTTP/1.1\r\nX-Slow: ")
        assert everything(stream).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_leaves_takes_its_question_along(server: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    target = "/sparql?query=" + quote(query)
    with socket.create_connection(("127.0.0.1", server.port)) as stream:
        stream.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.5)
    line = server.logged("?g ?h ?i")[0]
    assert line["status"] == 499
    assert line["ms"] < 9000


def test_a_worker_knows_no_client_and_no_open_file(server: Server) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs Linux's account of open files")
    with socket.create_connection(("127.0.0.1", server.port)):
        server.get("ASK { }")
        for process in server.children()[1:]:
            try:
                opened = os.listdir(f"/proc/{process}/fd")
            except OSError:
                continue
            assert len(opened) <= 4  # nothing in, out and err, and the server


def test_nothing_is_written_by_a_question(server: Server) -> None:
    for function in ("<file:///tmp/x>(1)", "<http://www.w3.org/ns/x#exec>('id')", "LOAD('x')"):
        assert server.get(f"SELECT ({function} AS ?x) {{ }}").status in (200, 400)

"""Requests at the edge of HTTP: each has one reply, and the endpoint is still there."""

from __future__ import annotations

import pytest

from tests.serve.client import Server

POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n"
GET = ASK + b"Host: x\r\n"
END = b"Connection: close\r\n\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n" + END
LAYER = b"&default-graph-uri=https%3A%2F%2Fw3id.org%2Fmoagraph%2FschemaLayer"

SOUND = {
    "whole address": b"GET http://evil.example/sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"
    + END,
    "fragment": b"GET /sparql?query=ASK%7B%7D#x HTTP/1.1\r\nHost: x\r\n" + END,
    "web socket": GET + b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" + END,
    "another protocol": GET + b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n" + END,
    "body of a GET": GET + b"Content-Length: 6\r\n" + END + b"ASK {}",
    "part": GET + b"Range: bytes=0-1\r\n" + END,
    "five thousand types": GET + b"Accept: " + b"a/b," * 5000 + b"*/*\r\n" + END,
    "three hundred graphs": GET.replace(b"%7D ", b"%7D" + LAYER * 300 + b" ") + END,
    "remark on a chunk": CHUNKED + b"6;" + b"a" * 100 + b"\r\nASK {}\r\n0\r\n\r\n",
    "trailer": CHUNKED + b"6\r\nASK {}\r\n0\r\nX-T: a\r\n\r\n",
    "no host, long ago": b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n",
}
WRONG = {
    "no host": (ASK + END, 400),
    "two hosts": (GET + b"Host: y\r\n" + END, 400),
    "preface of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "tunnel": (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "options of all": (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n" + END, 404),
    "small letters": (b"get /sparql HTTP/1.1\r\nHost: x\r\n" + END, 400),
    "line feeds alone": (b"GET /sparql HTTP/1.1\nHost: x\n\n", 400),
    "header over two lines": (GET + b"X-A: b\r\n c\r\n" + END, 400),
    "blank before a colon": (GET + b"X-A : b\r\n" + END, 400),
    "length with a sign": (POST + b"Content-Length: +6\r\n" + END + b"ASK {}", 400),
    "lengths in a list": (POST + b"Content-Length: 6, 6\r\n" + END + b"ASK {}", 400),
    "unknown coding": (POST + b"Transfer-Encoding: xchunked\r\n" + END + b"0\r\n\r\n", 400),
    "packed and in chunks": (
        POST + b"Transfer-Encoding: gzip, chunked\r\n" + END + b"0\r\n\r\n",
        400,
    ),
    "chunk below nothing": (CHUNKED + b"-1\r\nASK {}", 400),
    "two types": (
        POST + b"Content-Type: text/plain\r\nContent-Length: 6\r\n" + END + b"ASK {}",
        415,
    ),
    "quality that is no number": (GET + b"Accept: \xff\xfe;q=nan, */*;q=inf\r\n" + END, 406),
    "NUL in the path": (b"GET /\x00 HTTP/1.1\r\nHost: x\r\n" + END, 400),
    "NUL by percent": (b"GET /%00 HTTP/1.1\r\nHost: x\r\n" + END, 404),
    "bytes in the path": (b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n" + END, 400),
    "dots": (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n" + END, 404),
    "dots by percent": (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n" + END, 404),
    "a mark that turns text": (b"GET /%E2%80%AE HTTP/1.1\r\nHost: x\r\n" + END, 404),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_odd_and_sound_is_answered(server: Server, name: str) -> None:
    found = server.raw(SOUND[name])
    assert found.startswith(b"HTTP/1.1 200 "), found[:200]
    assert b'"boolean":true' in found


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_has_one_reply(server: Server, name: str) -> None:
    data, status = WRONG[name]
    found = server.raw(data)
    assert found.startswith(f"HTTP/1.1 {status} ".encode()), found[:200]
    assert found.count(b"HTTP/1.1 ") == 1
    assert server.get("ASK {}").json["boolean"] is True


def test_fifty_requests_at_once_have_fifty_replies(server: Server) -> None:
    found = server.raw((GET + b"\r\n") * 49 + GET + END)
    assert found.count(b"HTTP/1.1 200 OK") == 50

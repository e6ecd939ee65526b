"""The endpoint from outside: what should be, beyond what the protocol demands."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest

from tests.serve.client import Server

ROWS = "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?s LIMIT 200"
ASK = "/sparql?query=" + quote("ASK {}")


@pytest.mark.parametrize("path", [ASK, "/", "/health", "/sparql", "/api/info?name=CRBN"])
def test_head_is_get_without_a_body(server: Server, path: str) -> None:
    got, head = server.request("GET", path), server.request("HEAD", path)
    assert head.body == b""
    assert head.status == got.status == 200
    same = ("content-type", "vary", "x-content-type-options")
    assert [head.headers.get(h) for h in same] == [got.headers.get(h) for h in same]
    if path != "/health":
        assert head.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize("path", ["/sparql", "/api/explain", "/"])
def test_options_names_the_methods(server: Server, path: str) -> None:
    reply = server.request("OPTIONS", path)
    assert reply.status == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(reply.headers["allow"].split(", "))


def test_preflight_of_another_origin(server: Server) -> None:
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    reply = server.request("OPTIONS", "/sparql", None, headers)
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "content-type" in reply.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.parametrize("path", [ASK, "/sparql?query=x", "/nothing", "/api/info?name=zzzzzzzzzz"])
def test_every_reply_may_be_read_by_other_origins_without_credentials(
    server: Server, path: str
) -> None:
    headers = server.request("GET", path, None, {"Origin": "https://example.org"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize("path", [ASK, "/sparql?query=x", "/nothing", "/", "/page.js", "/health"])
def test_no_sniffing(server: Server, path: str) -> None:
    assert server.request("GET", path).headers["x-content-type-options"] == "nosniff"


def test_what_depends_on_headers_says_so(server: Server) -> None:
    vary = server.get(ROWS).headers["vary"].lower()
    assert "accept" in vary
    assert "accept-encoding" in vary
    assert "accept" in server.get("x").headers["vary"].lower()


def test_answers_are_compressed_for_who_takes_it(server: Server) -> None:
    target = "/sparql?query=" + quote(ROWS)
    plain = server.request("GET", target)
    packed = server.request("GET", target, None, {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    refused = server.request("GET", target, None, {"Accept-Encoding": "gzip;q=0, br"})
    assert "content-encoding" not in refused.headers


def test_text_is_said_to_be_utf_8(server: Server) -> None:
    assert server.get(ROWS, "text/csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert "charset=utf-8" in server.request("GET", "/").headers["content-type"]


def test_a_client_that_takes_json_gets_errors_as_json(server: Server) -> None:
    reply = server.get("SELECT * {", "application/sparql-results+json")
    assert (reply.status, reply.media) == (400, "application/json")
    error = reply.json["error"]
    assert {"code", "message", "file", "line", "suggestions", "column"} <= set(error)
    assert (error["line"], error["column"]) == (1, 10)


def test_another_client_gets_errors_as_text(server: Server) -> None:
    reply = server.get("SELECT * {", "text/csv, */*;q=0.1")
    assert (reply.status, reply.media) == (400, "text/plain")


def test_an_unknown_prefix_is_named(server: Server) -> None:
    reply = server.get("SELECT * { ?s rdfz:label ?o }")
    assert reply.status == 400
    assert "rdfz:" in reply.text
    assert "rdfs:" in reply.text


def test_a_term_that_does_not_exist_is_remarked(server: Server) -> None:
    reply = server.get("SELECT * { ?s moa:hasSubjekt ?o }")
    assert reply.status == 200
    assert "moa:hasSubject" in reply.headers["x-note-1"]


def test_prefixes_are_declared(server: Server) -> None:
    assert server.get("ASK { CHEBI:63791 rdfs:label 'lenalidomide' }").json["boolean"] is True


def test_a_browser_at_the_endpoint_is_sent_to_the_page(server: Server) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    reply = server.request("GET", "/sparql", None, {"Accept": accept})
    assert (reply.status, reply.headers["location"]) == (303, "/")


def test_other_parameters_are_not_minded(server: Server) -> None:
    assert server.get("ASK {}", format="x", timeout="1").status == 200


def test_the_order_of_rows_is_kept(server: Server) -> None:
    rows = server.get("SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "text/csv").text.split("\r\n")
    assert rows[1:-1] == sorted(rows[1:-1], key=lambda r: r.strip('"').replace('""', '"'))


def test_answers_have_a_length_and_a_date(server: Server) -> None:
    headers = server.get(ROWS).headers
    assert "content-length" in headers
    assert "date" in headers
    assert "server" not in headers


def test_health(server: Server) -> None:
    found = server.request("GET", "/health").json
    assert found["status"] == "ok"
    assert found["data_version"]
    assert found["idle"] + found["running"] + found["long"] > 0


def test_what_differs_each_time_is_computed_each_time(server: Server) -> None:
    for function in ("RAND()", "STRUUID()", "UUID()", "NOW()"):
        query = f"SELECT ({function} AS ?x) {{ }}"
        assert server.get(query).text != server.get(query).text


def test_the_same_question_has_the_same_answer(server: Server) -> None:
    assert server.get(ROWS + " #1").body == server.get(ROWS + " #1").body
    assert any(line.get("cached") for line in server.logged("LIMIT 200 #1"))


def test_expect_continue(server: Server) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 6\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    )
    data = server.raw(head + b"ASK {}")
    assert data.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")

"""The SPARQL 1.1 Protocol from outside: what must be."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from tests.serve.client import Server

ROWS = "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?label LIMIT 3"
ONE = 'SELECT (1 AS ?x) ("a,b" AS ?y) { }'
TRIPLES = "CONSTRUCT { ?s rdfs:label ?label } { ?s rdfs:label ?label } LIMIT 5"
SRJ = "application/sparql-results+json"
SRX = "application/sparql-results+xml"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def test_query_by_get(server: Server) -> None:
    reply = server.get(ROWS)
    assert reply.status == 200
    assert len(reply.json["results"]["bindings"]) == 3


def test_query_by_form(server: Server) -> None:
    assert server.form(query=ROWS).json == server.get(ROWS).json


def test_query_by_direct_post(server: Server) -> None:
    assert server.post(ROWS).json == server.get(ROWS).json


def test_form_content_type_may_have_a_charset(server: Server) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    assert server.request("POST", "/sparql", urlencode({"query": ROWS}), headers).status == 200


def test_direct_content_type_may_have_a_charset(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8"}
    assert server.request("POST", "/sparql", ROWS, headers).status == 200


def test_plus_and_percent_are_decoded(server: Server) -> None:
    reply = server.request("GET", "/sparql?query=ASK+%7B%20%7d")
    assert reply.json["boolean"] is True


def test_text_beyond_ascii_comes_back_as_it_was(server: Server) -> None:
    query = 'SELECT ("CK1α — ☃ 𝛼" AS ?x) { }'
    for reply in (server.get(query), server.post(query), server.form(query=query)):
        assert reply.json["results"]["bindings"][0]["x"]["value"] == "CK1α — ☃ 𝛼"


@pytest.mark.parametrize(("condition", "truth"), [("1=1", True), ("1=2", False)])
def test_ask(server: Server, condition: str, truth: bool) -> None:
    query = f"ASK {{ FILTER({condition}) }}"
    assert server.get(query).json["boolean"] is truth
    assert f"<boolean>{str(truth).lower()}</boolean>" in server.get(query, SRX).text


def test_json_results(server: Server) -> None:
    reply = server.get(ONE, SRJ)
    assert reply.media == SRJ
    assert reply.json["head"]["vars"] == ["x", "y"]
    assert reply.json["results"]["bindings"][0]["y"] == {"type": "literal", "value": "a,b"}


def test_xml_results(server: Server) -> None:
    reply = server.get(ONE, SRX)
    assert reply.media == SRX
    root = ElementTree.fromstring(reply.text)
    assert root.tag == "{http://www.w3.org/2005/sparql-results#}sparql"


def test_csv_results(server: Server) -> None:
    reply = server.get(ONE, "text/csv")
    assert reply.media == "text/csv"
    assert reply.text == 'x,y\r\n1,"a,b"\r\n'
    assert list(csv.reader(io.StringIO(reply.text))) == [["x", "y"], ["1", "a,b"]]


def test_tsv_results(server: Server) -> None:
    reply = server.get(ONE, "text/tab-separated-values")
    assert reply.media == "text/tab-separated-values"
    assert reply.text == '?x\t?y\n1\t"a,b"\n'


@pytest.mark.parametrize("accept", [SRJ, SRX, "text/csv", "text/tab-separated-values"])
def test_a_result_without_rows_is_no_error(server: Server, accept: str) -> None:
    reply = server.get("SELECT ?s { ?s rdfs:label ?l FILTER(1=2) }", accept)
    assert reply.status == 200
    assert reply.media == accept


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_construct_in_every_syntax(server: Server, accept: str, syntax: ox.RdfFormat) -> None:
    reply = server.get(TRIPLES, accept)
    assert (reply.status, reply.media) == (200, accept)
    assert len(list(ox.parse(reply.body, format=syntax))) == 5


def test_describe(server: Server) -> None:
    reply = server.get("DESCRIBE CHEBI:63791", "application/n-triples")
    assert "lenalidomide" in reply.text


def test_without_accept_rows_are_json_and_triples_turtle(server: Server) -> None:
    assert server.get(ROWS).media == SRJ
    assert server.get(TRIPLES).media == "text/turtle"
    assert server.get(ROWS, "*/*").media == SRJ


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (f"{SRX};q=0.5, {SRJ};q=0.9", SRJ),
        (f"{SRX};q=0.9, {SRJ};q=0.5", SRX),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("text/*", "text/csv"),
        ("application/*", SRJ),
        (f"image/png, {SRX}", SRX),
        (f"{SRJ};q=0, */*", "application/json"),
        (f"{SRX} ; charset=utf-8 ; q=1.0", SRX),
        ("application/json", "application/json"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_quality_and_wildcards(server: Server, accept: str, media: str) -> None:
    assert server.get(ROWS, accept).media == media


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", f"{SRJ};q=0, {SRX};q=0"])
def test_what_cannot_be_given_is_406(server: Server, accept: str) -> None:
    reply = server.get(ROWS, accept)
    assert reply.status == 406
    assert SRJ in reply.text


def test_a_syntax_error_is_400_and_names_its_place(server: Server) -> None:
    reply = server.get("SELECT * {\n  ?s ?p ?o }}")
    assert reply.status == 400
    assert "line 2, column 13" in reply.text


def test_an_empty_query_is_400(server: Server) -> None:
    assert server.get("").status == 400
    assert server.post("").status == 400


def test_two_queries_are_400(server: Server) -> None:
    pair = "query=ASK%7B%7D&query=ASK%7B%7D"
    assert server.request("GET", f"/sparql?{pair}").status == 400
    assert server.request("POST", "/sparql", pair, FORM).status == 400


def test_a_query_in_body_and_address_is_400(server: Server) -> None:
    target = "/sparql?query=ASK%7B%7D"
    assert server.request("POST", target, "query=ASK%7B%7D", FORM).status == 400
    assert server.request("POST", target, "ASK{}", DIRECT).status == 400


def test_a_form_without_query_is_400(server: Server) -> None:
    reply = server.request("POST", "/sparql", "a=b", FORM)
    assert reply.status == 400
    assert "'query' is missing" in reply.text


@pytest.mark.parametrize("media", ["text/plain", "application/json", "multipart/form-data", ""])
def test_another_content_type_is_415(server: Server, media: str) -> None:
    assert server.request("POST", "/sparql", "ASK{}", {"Content-Type": media}).status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_another_method_is_405(server: Server, method: str) -> None:
    reply = server.request(method, "/sparql?query=ASK%7B%7D")
    assert reply.status == 405
    assert "GET" in reply.headers["allow"]
    assert "POST" in reply.headers["allow"]


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:a> <a:b> <a:c> }", "CLEAR ALL", "LOAD <http://127.0.0.1:9/x>", "DROP ALL"],
)
def test_updates_are_refused(server: Server, update: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = server.get(count).text
    assert server.get(update).status == 400
    assert server.post(update).status == 400
    assert server.form(update=update).status == 400
    headers = {"Content-Type": "application/sparql-update"}
    assert server.request("POST", "/sparql", update, headers).status == 403
    assert server.post(count + " # again").text == before


def test_default_graph_uri_is_heeded(server: Server) -> None:
    layer = "https://w3id.org/moagraph/schemaLayer"
    query = "ASK { ?c a owl:Class }"
    assert server.get(query).json["boolean"] is False
    assert server.get(query, **{"default-graph-uri": layer}).json["boolean"] is True
    target = "/sparql?" + urlencode({"default-graph-uri": layer})
    assert server.request("POST", target, query, DIRECT).json["boolean"] is True
    fields = {"query": query, "default-graph-uri": layer}
    assert server.form(**fields).json["boolean"] is True


def test_the_graph_of_a_request_wins_over_from(server: Server) -> None:
    base = "https://w3id.org/moagraph/"
    query = f"ASK FROM <{base}reasonedLayer> {{ ?c a owl:Class }}"
    assert server.get(query).json["boolean"] is False
    uri = {"default-graph-uri": base + "schemaLayer"}
    assert server.get(query, **uri).json["boolean"] is True


def test_named_graph_uri_is_heeded(server: Server) -> None:
    base = "https://w3id.org/moagraph/"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    reply = server.get(query, "text/csv", **{"named-graph-uri": base + "schemaLayer"})
    assert reply.text.split() == ["g", base + "schemaLayer"]
    assert server.get(query, "text/csv").text.count(base) == 2


def test_a_graph_that_is_not_ours_is_400(server: Server) -> None:
    reply = server.get("ASK {}", **{"default-graph-uri": "http://127.0.0.1:9/graph"})
    assert reply.status == 400
    assert "http://127.0.0.1:9/graph" in reply.text


def test_the_service_description(server: Server) -> None:
    reply = server.request("GET", "/sparql", None, {"Accept": "text/turtle"})
    assert (reply.status, reply.media) == (200, "text/turtle")
    graph = list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(q.predicate.value, str(q.object)) for q in graph}
    assert (sd + "endpoint", f"<http://127.0.0.1:{server.port}/sparql>") in said
    assert (sd + "supportedLanguage", f"<{sd}SPARQL11Query>") in said
    assert (sd + "resultFormat", "<http://www.w3.org/ns/formats/SPARQL_Results_JSON>") in said


def test_the_service_description_is_negotiated(server: Server) -> None:
    reply = server.request("GET", "/sparql", None, {"Accept": "application/ld+json"})
    assert reply.media == "application/ld+json"
    json.loads(reply.body)
    assert server.request("GET", "/sparql", None, {"Accept": "image/png"}).status == 406


def test_another_path_is_404(server: Server) -> None:
    for path in ("/nothing", "/sparql/", "/sparql/x", "/%2e%2e/etc/passwd", "/api/", "//sparql"):
        assert server.request("GET", path).status == 404


def test_repeated_requests_on_one_connection(server: Server) -> None:
    target = "/sparql?query=" + quote("ASK {}")
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\n"
    data = server.raw((head + "\r\n" + head + "Connection: close\r\n\r\n").encode())
    assert data.count(b"HTTP/1.1 200 OK") == 2
    assert data.count(b'"boolean":true') == 2


def test_the_old_protocol(server: Server) -> None:
    data = server.raw(b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n")
    assert data.startswith(b"HTTP/1.1 200 OK")
    assert b'"boolean":true' in data

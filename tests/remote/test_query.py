"""SPARQL passed on to an endpoint: what a store here answers, it answers."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from moagraph.errors import DataError
from moagraph.graph import Graph
from moagraph.remote.client import JSON, Body
from moagraph.remote.engine import RemoteEngine
from moagraph.remote.knowledge import RemoteKnowledge
from moagraph.sparql.faults import QueryFault, QueryRefused
from moagraph_cli.main import cli
from tests.remote.conftest import VIRTUOSO_GRAPH, VIRTUOSO_ROWS

ENGINES = ["from_oxigraph", "from_virtuoso"]
QUERIES = [
    "SELECT ?l { CHEBI:63791 rdfs:label ?l }",
    "PREFIX m: <https://w3id.org/moagraph/> SELECT ?p { CHEBI:63791 m:increasesDegradationOf ?p }",
    "SELECT ?s ?v { ?s moa:hasValue ?v FILTER(?v > 5000) }",
    "SELECT ?k (COUNT(?c) AS ?n) { ?c moa:claimKind ?k } GROUP BY ?k",
    "SELECT ?x { VALUES ?x { 'a\\tb' 'é\"' } } # the last line is a comment",
]


@pytest.fixture(params=ENGINES)
def remote(request: pytest.FixtureRequest) -> Graph:
    found: Graph = request.getfixturevalue(request.param)
    return found


def rows_of(graph: Graph, *asked: Any, **more: Any) -> list[tuple[str, ...]]:
    return sorted(graph.query(*asked, **more).rows())


@pytest.mark.parametrize("query", QUERIES)
def test_rows_are_those_of_a_store_here(graph: Graph, remote: Graph, query: str) -> None:
    assert rows_of(remote, query) == rows_of(graph, query) != []


@pytest.mark.parametrize("drug", ["lenalidomide", "CC-885"])
def test_a_named_question_finds_its_parameters(graph: Graph, remote: Graph, drug: str) -> None:
    asked = {"name": "neosubstrates", "parameters": {"drug": drug}}
    assert rows_of(remote, **asked) == rows_of(graph, **asked) != []


def test_truth(remote: Graph) -> None:
    """Virtuoso answers ASK with rows."""
    assert remote.query("ASK { CHEBI:63791 a moa:Drug }").boolean
    assert not remote.query("ASK { CHEBI:63791 a moa:Protein }").boolean


def test_triples(graph: Graph, remote: Graph) -> None:
    query = "CONSTRUCT WHERE { ?s a moa:Variant ; moa:hasChange ?c }"
    found, wanted = (
        {tuple(triple) for triple in g.query(query).to_dict()["triples"]} for g in (remote, graph)
    )
    assert found == wanted != set()


def test_a_limit_cuts_and_tells(remote: Graph) -> None:
    result = remote.query("SELECT ?s { ?s a moa:Drug }", limit=3)
    assert len(result.rows()) == 3
    assert result.truncated


def test_rows_that_virtuoso_leaves_out_are_noticed(from_virtuoso: Graph) -> None:
    result = from_virtuoso.query("SELECT ?s { ?s a moa:Evidence }")
    assert len(result.rows()) == VIRTUOSO_ROWS
    assert "1000 rows at most" in result.notes[0]


def test_a_graph_of_the_endpoint_may_be_named(from_virtuoso: Graph) -> None:
    query = f"SELECT ?l FROM <{VIRTUOSO_GRAPH}> {{ CHEBI:63791 rdfs:label ?l }}"
    assert rows_of(from_virtuoso, query) == [("lenalidomide",)]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", QueryRefused),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", QueryRefused),
        ("SELECT * { nope:x ?p ?o }", QueryFault),
        ("SELECT * " + "{" * 2000 + "}" * 2000, QueryRefused),
    ],
)
def test_the_guard_stands_before_the_endpoint(
    from_oxigraph: Graph, query: str, error: type[Exception]
) -> None:
    assert isinstance(from_oxigraph.kb, RemoteKnowledge)
    from_oxigraph.kb.endpoint.begin()
    with pytest.raises(error):
        from_oxigraph.query(query)
    assert from_oxigraph.kb.endpoint.requests == 0


def test_what_the_endpoint_says_against_a_query_is_told(from_oxigraph: Graph) -> None:
    with pytest.raises(DataError, match="refused the query with 400: "):
        from_oxigraph.query("SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c }")


class Canned(RemoteEngine):
    """An engine whose endpoint says what a test wants."""

    def __init__(self, graph: Graph, body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(graph.kb, RemoteKnowledge)
        super().__init__(graph.kb.endpoint)
        monkeypatch.setattr(type(self.endpoint), "send", lambda *_: body)


@pytest.mark.parametrize(
    ("query", "body", "message"),
    [
        ("SELECT * {}", Body("text/html", b"<html>"), "web page"),
        ("SELECT * {}", Body(JSON, b'{"head": {}}'), "cannot be read"),
        ("SELECT * {}", Body(JSON, b'{"head": {"vars": ["x"]}, "results": 5}'), "cannot be read"),
        ("ASK {}", Body(JSON, b'{"head": {}}'), "cannot be read"),
        ("DESCRIBE <urn:a>", Body("text/html", b"<html>"), "not with RDF"),
        ("DESCRIBE <urn:a>", Body("text/turtle", b"<a> <b"), "cannot be read"),
        ("DESCRIBE <urn:a>", Body("application/rdf+xml", b"<!DOCTYPE a>"), "document type"),
    ],
)
def test_answers_that_are_none(
    from_oxigraph: Graph,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    body: Body,
    message: str,
) -> None:
    engine = Canned(from_oxigraph, body, monkeypatch)
    with pytest.raises(DataError, match=message):
        list(engine.query(query))


def test_the_command_asks_the_endpoint(oxigraph: str) -> None:
    asked = ["-d", oxigraph, "query", "--name", "neosubstrates", "-p", "drug=len", "-O", "json"]
    found = CliRunner().invoke(cli, asked)
    rows = json.loads(found.stdout)["results"]["bindings"]
    assert any(row["name"]["value"] == "IKZF1" for row in rows)


def test_terms_are_written_so_that_nothing_breaks_out(from_oxigraph: Graph) -> None:
    nasty = ox.Literal("x' } \" \\ \n } DROP ALL #")
    found = from_oxigraph.engine.query("SELECT ?v {}", bindings={"v": nasty})
    assert list(found) == [(nasty,)]

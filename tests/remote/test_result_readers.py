"""What an endpoint may send as results: rows or one error, whatever it is."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf.predicates import moa
from moagraph.rdf.read import DATASET
from moagraph.remote.client import JSON, Body, Endpoint
from moagraph.remote.engine import RemoteEngine
from tests.remote.in_memory import StoreEndpoint, remote_of

SETTINGS = settings(derandomize=True, deadline=None, max_examples=150)


class Saying(Endpoint):
    """An endpoint that says one thing."""

    def __init__(self, body: Body) -> None:
        super().__init__("http://127.0.0.1/saying")
        self.body = body

    def send(self, query: str, accept: str) -> Body:  # noqa: ARG002 - of the base class
        """Return what it says."""
        return self.body


def read_all(body: Body, query: str = "SELECT * {}") -> None:
    """Read a body by each reader; nothing but an error of ours may come out."""
    with contextlib.suppress(DataError):
        Saying(body).select(query, ("x", "y"))
    with contextlib.suppress(DataError):
        result = RemoteEngine(Saying(body)).query(query)
        result.keep()
        result.rows()
        result.to_dict()
        result.write("csv" if result.kind != "triples" else "ntriples")


TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["a:b", "b c", "en", "e n", "\ud800", "\0", "<", "x" * 300, "_:b", ""]),
)
TERMS: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["type", "value", "datatype", "xml:lang", "x"]),
    st.one_of(
        TEXTS,
        st.sampled_from(["uri", "literal", "typed-literal", "bnode", "triple"]),
        st.sampled_from([None, True, 5, 1.5, [], {}]),
    ),
    max_size=4,
)
ROWS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(["x", "y", "z"]), st.one_of(TERMS, TEXTS), max_size=3),
        st.sampled_from([None, 5, "x", []]),
    ),
    max_size=3,
)
HEADS: st.SearchStrategy[Any] = st.one_of(
    st.fixed_dictionaries({"vars": st.lists(st.sampled_from(["x", "y", "", "a b"]), max_size=3)}),
    st.sampled_from([{}, None, [], {"vars": "x"}, {"vars": [5]}, {"link": []}]),
)
DOCUMENTS = st.one_of(
    st.fixed_dictionaries({"head": HEADS, "results": st.fixed_dictionaries({"bindings": ROWS})}),
    st.fixed_dictionaries({"head": HEADS, "boolean": st.sampled_from([True, None, 1, "true"])}),
    st.recursive(
        TEXTS | st.none() | st.booleans(), lambda s: st.lists(s, max_size=3), max_leaves=5
    ),
)
IRI = {"type": "uri", "value": "a:b"}


@SETTINGS
@given(DOCUMENTS, st.sampled_from(["SELECT * {}", "ASK {}"]))
@example({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "z"}}]}}, "SELECT * {}")
@example({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": IRI}, {"y": IRI}]}}, "ASK {}")
def test_any_document_is_rows_or_an_error(document: Any, query: str) -> None:
    read_all(Body(JSON, json.dumps(document).encode()), query)


SOUND = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": IRI}] * 2}}).encode()


@SETTINGS
@given(st.integers(0, len(SOUND)), st.integers(0, 12), st.binary(max_size=6))
def test_a_changed_document_is_rows_or_an_error(place: int, cut: int, put: bytes) -> None:
    read_all(Body(JSON, SOUND[:place] + put + SOUND[place + cut :]))


TRIPLES = {
    "application/n-triples": b'<a:b> <a:c> "d"@en .\n<a:b> <a:c> _:e .\n',
    "text/turtle": b"@prefix a: <a:> . a:b a:c 'd'@en , [ a:e 1 ] .",
    "application/rdf+xml": b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    b'xmlns:a="a:"><r:Description r:about="a:b"><a:c>d</a:c></r:Description></r:RDF>',
    "application/ld+json": b'{"@id": "a:b", "a:c": [{"@value": "d", "@language": "en"}]}',
    "application/n-quads": b"<a:b> <a:c> <a:d> <a:e> .\n",
    "application/trig": b"<a:e> { <a:b> <a:c> <a:d> }",
}


@pytest.mark.parametrize("media", TRIPLES)
def test_triples_of_every_syntax_are_read(media: str) -> None:
    assert list(RemoteEngine(Saying(Body(media, TRIPLES[media]))).query("DESCRIBE <a:b>"))


@settings(derandomize=True, deadline=None, max_examples=120)
@given(
    st.sampled_from(sorted(TRIPLES)),
    st.integers(0, 120),
    st.integers(0, 8),
    st.one_of(
        st.binary(max_size=4),
        st.sampled_from([b"<!DOCTYPE a>", b"<<(", b"{|", b'"@context":"http://127.0.0.1:9/",']),
    ),
)
def test_changed_triples_are_read_or_an_error(media: str, at: int, cut: int, put: bytes) -> None:
    data = TRIPLES[media]
    read_all(Body(media, data[:at] + put + data[at + cut :]), "DESCRIBE <a:b>")


@pytest.mark.parametrize(
    "term",
    [
        {"type": "zzz", "value": "a"},
        {"type": "uri", "value": "no iri"},
        {"type": "literal", "value": "a", "xml:lang": "e n"},
        {"type": "literal", "value": "a", "datatype": "d d"},
        {"type": "bnode", "value": ""},
        {"type": "literal"},
        {"type": "triple", "value": 5},
        5,
    ],
)
def test_a_term_that_is_none_is_told_before_a_row_is_shown(term: object) -> None:
    rows = [{"x": IRI}, {"x": term}]
    document = {"head": {"vars": ["x"]}, "results": {"bindings": rows}}
    engine = RemoteEngine(Saying(Body(JSON, json.dumps(document).encode())))
    with pytest.raises(DataError, match=r"saying: answered with results that cannot be read: ."):
        engine.query("SELECT * {}")


def test_a_text_that_is_too_long_for_the_parser_is_told() -> None:
    rows = [{"x": {"type": "literal", "value": "x" * 17_000_000}}]
    document = {"head": {"vars": ["x"]}, "results": {"bindings": rows}}
    engine = RemoteEngine(Saying(Body(JSON, json.dumps(document).encode())))
    with pytest.raises(DataError, match="cannot be read"):
        engine.query("SELECT * {}")


def test_a_claim_that_is_a_blank_node_is_not_passed_over(small_kb: KnowledgeBase) -> None:
    """Its node cannot be asked about again, so what it says would be lost."""
    remote = remote_of(small_kb)
    endpoint = remote.endpoint
    assert isinstance(endpoint, StoreEndpoint)
    claim = ox.BlankNode("claim")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    endpoint.store.add(ox.Quad(claim, kind, ox.NamedNode(moa("Assertion"))))
    with pytest.raises(DataError, match="blank node '_:claim'"):
        _ = remote.whole


def test_two_graphs_are_told_apart(small_kb: KnowledgeBase) -> None:
    """The name and the version are those of the graph that is asked."""
    from moagraph.remote import knowledge

    dataset = "https://w3id.org/moagraph/dataset/moagraph"
    version = "http://www.w3.org/2002/07/owl#versionInfo"

    def cell(value: str) -> dict[str, str]:
        return {"type": "literal", "value": value}

    rows = [
        {"p": cell(version), "o": cell("of the default graph")},
        {"g": cell("urn:g"), "p": cell(version), "o": cell("of the named graph")},
    ]
    body = Body(JSON, json.dumps({"head": {}, "results": {"bindings": rows}}).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge, "Endpoint", lambda *_: Saying(body))
        found = knowledge.connect("http://127.0.0.1/saying")
    assert dataset == DATASET
    assert (found.version, found.fetcher.graph) == ("of the named graph", "urn:g")
    assert small_kb.version != found.version

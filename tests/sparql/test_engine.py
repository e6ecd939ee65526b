"""Queries over a knowledge base: answers, notes, cuts, and the form results are written in."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest

from moagraph.errors import QuestionError
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf.reasoned import reasoned_triples
from moagraph.rdf.terms import entity_iri
from moagraph.sparql.engine import Engine
from moagraph.sparql.faults import QueryFault
from moagraph.sparql.results import GRAPH_FORMATS, RESULT_FORMATS
from moagraph.tables import Tables

DEGRADED = "SELECT ?p { CHEBI:63791 moa:increasesDegradationOf ?p } ORDER BY ?p"
ODD = (
    "SELECT * { VALUES (?a ?b ?c) { (UNDEF 'x\\t\\\"y\\n,' 'z'@en) (<urn:a> 1.5 true) (2 '' '<&>')"
    " ('2'^^xsd:short 1e6 '1'^^xsd:boolean) ('-2.0'^^xsd:decimal '3'^^xsd:decimal 1.0e-3) } }"
)


def test_prefixes_are_declared(engine: Engine) -> None:
    rows = engine.query(DEGRADED).rows()
    assert ("uniprot:Q13422",) in rows
    assert rows == sorted(rows)


def test_named_graphs_are_there_when_asked_for(graph: Graph) -> None:
    """They are loaded by the query that speaks of them, and never leak into the default graph."""
    engine = Engine.of(graph.kb)
    before = engine.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    count = "SELECT (COUNT(*) AS ?n) { GRAPH moa:reasonedLayer { ?s ?p ?o } }"
    assert engine.query(count).rows() == [(str(len(set(reasoned_triples(graph.kb)))),)]
    from_ = "SELECT (COUNT(*) AS ?n) FROM moa:reasonedLayer { ?s a moa:Mechanism }"
    assert int(engine.query(from_).rows()[0][0]) > 900
    assert engine.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows() == before


def test_a_limit_cuts_and_says_so(engine: Engine) -> None:
    result = engine.query("SELECT * { ?s ?p ?o }", limit=3)
    assert len(result.rows()) == 3
    assert result.truncated
    assert not engine.query("ASK {}", limit=3).keep().truncated
    whole = engine.query(DEGRADED, limit=1000)
    assert len(whole.rows()) > 3
    assert not whole.truncated


def test_bindings_are_terms(engine: Engine) -> None:
    """A value is a term and never text: what looks like code is a literal like any other."""
    drug = ox.NamedNode(entity_iri("CHEBI:63791"))
    text = "SELECT ?d ?p { ?d moa:increasesDegradationOf ?p }"
    bound = engine.query(text, bindings={"d": drug}).rows()
    assert {d for d, _ in bound} == {"CHEBI:63791"}
    evil = ox.Literal('" } INSERT DATA { <urn:a> <urn:b> <urn:c> } #')
    assert engine.query("SELECT ?s ?l { ?s rdfs:label ?l }", bindings={"l": evil}).rows() == []


def test_a_binding_for_a_variable_that_is_not_selected_is_a_fault(engine: Engine) -> None:
    with pytest.raises(QueryFault, match=r"\?x"):
        engine.query("SELECT ?s { ?s ?p ?o }", bindings={"x": ox.Literal("a")})


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("SELECT * { ?d moa:increaseDegradationOf ?p }", "moa:increasesDegradationOf"),
        ("SELECT * { ?d a moa:Assertoin }", "moa:Assertion"),
        ("SELECT * { ?d a <https://w3id.org/moagraph/Protien> }", "moa:Protein"),
        ("SELECT * { moa:crl4-crbm ?p ?o }", "neither in the data"),
    ],
)
def test_a_term_that_does_not_exist_is_named(engine: Engine, text: str, near: str) -> None:
    (note,) = engine.query(text).notes
    assert near in note


def test_a_term_of_the_schema_or_the_data_brings_no_note(engine: Engine) -> None:
    text = "SELECT * { ?m moa:hasPath ?p . moa:crl4-crbn a moa:Anatomy . ?s moa:decreases ?o }"
    assert engine.query(text).notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x a ?y ?z }",
        "SELECT ?x",
        "SELECT ?x { ?x a moa:Drug . FILTER(?x = ) }",
        "SELECT ?x { ?x a <relative> }",
        "SELECT ?y (COUNT(?x) AS ?n) { ?x a ?y }",
        "SELECT (1 AS ?a) (2 AS ?a) {}",
        "ASK { ?s ?p }",
        "SELECT * { ?x a ?y } LIMIT ?y",
    ],
)
def test_faults_of_the_engine_are_explained(engine: Engine, text: str) -> None:
    """One sentence with the place; never the list of what the grammar would have taken."""
    with pytest.raises(QueryFault) as caught:
        engine.query(text)
    message = str(caught.value)
    assert message.startswith("line 1, column ")
    assert "[" not in message.partition("\n")[0]
    assert "expected one of" not in message


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("SELECT ?x { ?x a ?y . FILTER ?x = 3 }", 30, "in ( )"),
        ("SELECT ?x { ?x a ?y } ORDER ?x", 23, "wants BY"),
        ("SELECT ?x { ?x a ?y } LIMIT", 23, "wants a number"),
        ("SELECT ?x { ?x a ?y . . }", 23, "full stops"),
        ("SELECT ?y COUNT(?x) { ?x a ?y } GROUP BY ?y", 11, "AS ?name"),
        ("SELECT * { ?x a ?y } GROUP BY ?y", 8, "name the variables"),
        ("SELECT ?x { ?x a moa:Drug rdfs:label ?l }", 27, "'rdfs:label'"),
        ("SELECT x { ?x a ?y }", 8, "begin with ?"),
        ("SELECT ?x { ?x ?y }", 20, "not whole"),
    ],
)
def test_common_slips_are_named_where_they_are(
    engine: Engine, text: str, column: int, words: str
) -> None:
    with pytest.raises(QueryFault) as caught:
        engine.query(text)
    assert caught.value.column == column
    assert words in caught.value.message


@pytest.mark.parametrize("text", [DEGRADED, ODD, "ASK {}", "SELECT ?x {}", "SELECT ?x { ?x a ?x }"])
@pytest.mark.parametrize("format", list(RESULT_FORMATS))
def test_both_writers_say_the_same(engine: Engine, text: str, format: str) -> None:
    """The engine's own writer for whole results, ours for those that are cut or kept."""
    native = engine.query(text).write(format)
    ours = engine.query(text).keep().write(format)
    assert parsed(native, format) == parsed(ours, format)
    stream = io.BytesIO()
    engine.query(text).write(format, stream)
    assert stream.getvalue() == native


def parsed(data: bytes, format: str) -> object:
    if format == "json":
        return json.loads(data)
    if format == "xml":
        return [
            (e.tag, e.attrib, e.text) for e in ET.fromstring(data).iter() if e.tag[-4:] != "head"
        ]
    return data


def test_our_writers_can_be_read_back(engine: Engine) -> None:
    """What is written, an independent reader of the formats reads as the same terms."""
    rows = [tuple(row) for row in engine.query(ODD)]
    for format in (
        ox.QueryResultsFormat.JSON,
        ox.QueryResultsFormat.XML,
        ox.QueryResultsFormat.TSV,
    ):
        data = (
            engine.query(ODD)
            .keep()
            .write(format.file_extension.replace("srj", "json").replace("srx", "xml"))
        )
        solutions = ox.parse_query_results(data, format=format)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [tuple(row) for row in solutions] == rows


@pytest.mark.parametrize("format", list(GRAPH_FORMATS))
def test_triples_are_written_in_every_syntax(engine: Engine, format: str) -> None:
    text = "CONSTRUCT { ?s rdfs:label ?l ; a ?c } { ?s a moa:Drug ; rdfs:label ?l ; a ?c }"
    data = engine.query(text).write(format)
    native = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "trig": "TRIG", "nquads": "N_QUADS"}
    name = native.get(format, {"jsonld": "JSON_LD", "rdfxml": "RDF_XML"}.get(format, ""))
    back = {q.triple for q in ox.parse(data, format=getattr(ox.RdfFormat, name))}
    assert back == set(engine.query(text))
    assert engine.query(text).write(format) == data


def test_a_format_of_the_other_kind_is_refused(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="turtle"):
        engine.query("DESCRIBE moa:crl4-crbn").write("json")
    with pytest.raises(QuestionError, match="json"):
        engine.query("ASK {}").write("turtle")


def test_markdown_and_html_keep_their_form(engine: Engine) -> None:
    """No cell breaks out of its table."""
    result = engine.query("SELECT ('a|b\\n<script>' AS ?x) (<urn:x> AS ?y) {}").keep()
    assert result.to_markdown().splitlines()[2].count("|") == 4
    assert "<script>" not in result.to_markdown().replace("\\<", "")
    assert "<script>" not in result._repr_html_()


def test_a_store_is_cached_and_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    monkeypatch.setenv("MOAGRAPH_CACHE", str(tmp_path / "cache"))
    first = Engine.shipped().query(DEGRADED).rows()
    (folder,) = (tmp_path / "cache" / "sparql").iterdir()
    made = sorted(p.name for p in folder.iterdir())
    assert Engine.shipped().query(DEGRADED).rows() == first == engine.query(DEGRADED).rows()
    assert sorted(p.name for p in folder.iterdir()) == made


@pytest.mark.parametrize("place", ["", "/dev/null/no", "/proc/nowhere"])
def test_without_a_cache_the_graph_is_read_into_memory(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOAGRAPH_CACHE", place)
    assert ("uniprot:Q13422",) in Engine.shipped().query(DEGRADED).rows()


def test_a_damaged_or_half_written_store_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOAGRAPH_CACHE", str(tmp_path))
    Engine.shipped()
    (folder,) = (tmp_path / "sparql").iterdir()
    (folder / "CURRENT").write_text("nonsense")
    assert Engine.shipped().query(DEGRADED).rows()
    assert (folder / "CURRENT").read_text() != "nonsense"
    (folder / "whole").unlink()
    assert Engine.shipped().query(DEGRADED).rows()
    assert (folder / "whole").exists()


def test_a_cache_that_others_may_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's store would be somebody else's answers."""
    monkeypatch.setenv("MOAGRAPH_CACHE", str(tmp_path))
    tmp_path.chmod(0o777)
    assert Engine.shipped().query(DEGRADED).rows()
    assert not list((tmp_path / "sparql").iterdir())


def test_data_without_a_reasoned_layer_say_so(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rows from a layer that was not made would read as an answer."""
    whole = graph.kb.tables
    tables = Tables(tuple(whole.entities), assertions=tuple(whole.assertions))
    monkeypatch.setattr("moagraph.sparql.stores.MAX_REASONED", 10)
    engine = Engine.of(KnowledgeBase(tables, name="large"))
    result = engine.query("SELECT * { GRAPH moa:reasonedLayer { ?m a moa:Mechanism } }")
    assert result.rows() == []
    assert "no reasoned layer" in result.notes[0]
    assert "no reasoned layer" not in "".join(engine.query("ASK { ?s a moa:Drug }").notes)


def test_processes_at_once_build_one_store(tmp_path: Path) -> None:
    """All answer, one whole store is left, and nothing half made."""
    command = [sys.executable, "-m", "moagraph_cli", "query", DEGRADED, "-O", "csv"]
    environment = {**os.environ, "MOAGRAPH_CACHE": str(tmp_path)}
    runs = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(4)]
    answers = {run.communicate(timeout=100)[0] for run in runs}
    assert [run.returncode for run in runs] == [0, 0, 0, 0]
    assert len(answers) == 1
    (folder,) = (tmp_path / "sparql").iterdir()
    assert (folder / "whole").exists()

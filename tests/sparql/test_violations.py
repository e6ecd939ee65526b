"""Violations: none in our data, and each query fires on a graph broken for it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from moagraph.knowledge import KnowledgeBase
from moagraph.rdf.namespaces import namespaces
from moagraph.reading import read_folder
from moagraph.resources import ontology_root
from moagraph.sparql.engine import Engine
from moagraph.sparql.named import parse

FOLDER = ontology_root() / "queries" / "violations"
VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
TEXTS = {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.rq"))}

SCHEMA = "GRAPH moa:schemaLayer"
REASONED = "GRAPH moa:reasonedLayer"
DEFAULT = ""


def put(graph: str, triples: str) -> str:
    return f"INSERT DATA {{ {graph} {{ {triples} }} }}" if graph else f"INSERT DATA {{ {triples} }}"


BREAKS = {
    "term-without-label": put(SCHEMA, "moa:broken rdfs:isDefinedBy <https://w3id.org/moagraph/>"),
    "term-with-two-labels": put(
        SCHEMA,
        "moa:broken rdfs:isDefinedBy <https://w3id.org/moagraph/> ; rdfs:label 'a', 'b'",
    ),
    "label-of-two-terms": put(
        SCHEMA,
        "moa:broken rdfs:isDefinedBy <https://w3id.org/moagraph/> ; rdfs:label 'claim'",
    ),
    "term-without-definition": put(
        SCHEMA,
        "moa:broken rdfs:isDefinedBy <https://w3id.org/moagraph/> ; rdfs:label 'a'",
    ),
    "term-with-two-definitions": put(
        SCHEMA,
        "moa:broken rdfs:isDefinedBy <https://w3id.org/moagraph/> ; skos:definition 'a', 'b'",
    ),
    "definition-of-two-terms": put(
        SCHEMA,
        "<urn:a> skos:definition 'a' . <urn:b> skos:definition 'a'",
    ),
    "label-with-odd-blanks": put(DEFAULT, "moa:broken rdfs:label 'two  blanks'"),
    "ontology-without-head": ("DELETE WHERE { GRAPH moa:schemaLayer { ?o dcterms:license ?l } }"),
    "property-of-two-kinds": put(SCHEMA, "moa:hasMember a owl:DatatypeProperty"),
    "property-with-two-domains": put(SCHEMA, "moa:hasMember rdfs:domain <urn:a>"),
    "inverse-not-mutual": put(
        SCHEMA,
        "<urn:a> owl:inverseOf <urn:b> . <urn:b> owl:inverseOf <urn:c>",
    ),
    "class-below-itself": put(
        SCHEMA,
        "<urn:a> rdfs:subClassOf <urn:b> . <urn:b> rdfs:subClassOf <urn:a>",
    ),
    "undeclared-term": put(DEFAULT, "moa:crl4-crbn moa:neverDeclared 'x'"),
    "deprecated-term-in-use": put(SCHEMA, "moa:hasMember owl:deprecated true"),
    "anonymous-node": put(DEFAULT, "_:b rdfs:label 'x'"),
    "direct-triple-without-claim": put(DEFAULT, "CHEBI:63791 moa:inhibits moa:crl4-crbn"),
    "sign-unlike-its-relation": (
        "DELETE { assertion:len-degrades-ikzf1 moa:hasSign '-1' } INSERT { "
        "assertion:len-degrades-ikzf1 moa:hasSign '+1' } WHERE {}"
    ),
    "relation-not-in-the-schema": put(
        DEFAULT,
        "assertion:len-degrades-ikzf1 moa:hasPredicate moa:bends",
    ),
    "end-that-is-nothing": put(DEFAULT, "assertion:len-degrades-ikzf1 moa:hasObject moa:nothing"),
    "status-unlike-its-evidence": (
        "DELETE WHERE { assertion:len-degrades-ikzf1 moa:hasEvidence ?e }"
    ),
    "evidence-without-source": (
        "DELETE { ?e dcterms:source ?s } WHERE { ?e a moa:Evidence ; dcterms:source ?s }"
    ),
    "evidence-about-two-things": "DELETE WHERE { ?c moa:hasEvidence ?e }",
    "phase-out-of-order": put(DEFAULT, "<urn:p> a moa:MachinePart ; moa:inPhase 5"),
    "kind-of-itself": put(
        DEFAULT,
        "<urn:a> moa:hasParent <urn:b> . <urn:b> moa:hasParent <urn:a>",
    ),
    "range-upside-down": put(DEFAULT, "<urn:f> moa:hasLow 3.5 ; moa:hasHigh 3"),
    "path-with-a-gap": put(
        REASONED,
        "<urn:p> moa:hasLength 2 ; moa:hasStep <urn:s>, <urn:t> . <urn:s> "
        "moa:hasPosition 1 . <urn:t> moa:hasPosition 3",
    ),
    "steps-that-do-not-join": put(
        REASONED,
        "<urn:p> moa:hasStep <urn:s>, <urn:t> . <urn:s> moa:hasPosition 1 ; "
        "moa:ofClaim assertion:len-degrades-ikzf1 ."
        " <urn:t> moa:hasPosition 2 ; moa:ofClaim assertion:len-degrades-ikzf1",
    ),
    "sign-unlike-its-steps": put(
        REASONED,
        "<urn:p> moa:hasPathSign '-1' ; moa:hasStep <urn:s>, <urn:t> . <urn:s> "
        "moa:hasStepSign '-1' . <urn:t> moa:hasStepSign '-1'",
    ),
    "step-that-is-no-mechanism": put(REASONED, "<urn:s> moa:ofClaim <urn:c>"),
    "verdict-without-ground": put(REASONED, "<urn:m> moa:hasVerdict 'increases'"),
}


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """Return the quads of the synthetic folder with all layers."""
    tables, findings = read_folder(VALID)
    assert findings == []
    engine = Engine.of(KnowledgeBase(tables, name="valid", version="test"))
    engine.load_layers()
    return list(engine.store)


def store_of(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def rows(store: ox.Store, name: str) -> list[tuple[str, ...]]:
    kb = KnowledgeBase.read()
    return Engine(store, kb, layered=True).query(TEXTS[name]).rows()


def test_there_is_a_break_for_every_query() -> None:
    assert set(BREAKS) == set(TEXTS)
    assert len(TEXTS) >= 25


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_violated_in_our_data(engine: Engine, name: str) -> None:
    asked = parse(name, TEXTS[name])
    assert asked.title
    assert asked.description
    assert engine.query(TEXTS[name]).rows() == []


@pytest.mark.parametrize("name", BREAKS)
def test_each_query_fires_on_a_graph_broken_for_it(quads: list[ox.Quad], name: str) -> None:
    """Sound before, at fault after, and the fault is named."""
    store = store_of(quads)
    assert rows(store, name) == []
    store.update(BREAKS[name], prefixes=namespaces())
    assert rows(store, name) != []

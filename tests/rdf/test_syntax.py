"""Turtle and the other syntaxes: same bytes each time, same triples in every library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from moagraph.errors import QuestionError
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import FORMATS, Literal, to_rdflib, triples, write
from moagraph.rdf.namespaces import namespaces
from moagraph.rdf.turtle import ntriples, turtle
from moagraph.resources import ontology_root

MEDIA = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}
RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}


def read_oxigraph(text: str, name: str) -> set[str]:
    """Return the triples of a text as oxigraph reads them."""
    quads = pyoxigraph.parse(text.encode(), format=MEDIA[name])
    return {f"{q.subject} {q.predicate} {q.object}" for q in quads}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("name", FORMATS)
def test_every_syntax_holds_the_same_triples(small: KnowledgeBase, name: str) -> None:
    """Both libraries read what was written, and nothing else."""
    text = write(small, name)
    expected = read_oxigraph(write(small, "ntriples"), "ntriples")
    assert len(expected) == len(set(triples(small)))
    assert read_oxigraph(text, name) == expected
    if name != "trig":
        assert len(rdflib.Graph().parse(data=text, format=RDFLIB[name])) == len(expected)


def test_an_unknown_syntax_is_refused(small: KnowledgeBase) -> None:
    """The error lists the known ones."""
    with pytest.raises(QuestionError) as caught:
        write(small, "n3")
    assert caught.value.suggestions == FORMATS


def test_rdflib_gets_the_graph_without_parsing(small: KnowledgeBase) -> None:
    """Equal to the parsed text, with our prefixes bound."""
    graph = to_rdflib(small)
    assert set(graph) == set(rdflib.Graph().parse(data=write(small), format="turtle"))
    assert dict(graph.namespaces())["moa"] == rdflib.URIRef("https://w3id.org/moagraph/")


def test_there_are_no_blank_nodes(small: KnowledgeBase) -> None:
    """Every node has an IRI, so graphs can be compared, diffed and reloaded."""
    for subject, predicate, node in to_rdflib(small):
        assert isinstance(subject, rdflib.URIRef)
        assert isinstance(predicate, rdflib.URIRef)
        assert not isinstance(node, rdflib.BNode)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_any_text_survives_turtle(text: str) -> None:
    """Quotes, escapes, line ends and letters of any script come back as they were."""
    row = ("https://w3id.org/moagraph/a", "https://w3id.org/moagraph/b", Literal(text))
    for written, name in ((turtle([row]), "turtle"), (ntriples([row]), "ntriples")):
        (quad,) = pyoxigraph.parse(written.encode(), format=MEDIA[name])
        assert isinstance(quad.object, pyoxigraph.Literal)
        assert quad.object.value == text


def test_order_and_repetition_do_not_matter(small: KnowledgeBase) -> None:
    """The text is a function of the set of triples."""
    rows = list(triples(small))
    assert turtle(rows) == turtle([*reversed(rows), *rows])


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_shipped_graph_is_generated(seed: str) -> None:
    """`python -m moagraph.rdf` writes both files, byte for byte, with any hash seed."""
    shipped = [ontology_root() / name for name in ("moagraph.ttl", "moagraph-reasoned.ttl")]
    code = (
        "import sys; from moagraph.knowledge import KnowledgeBase\n"
        "from moagraph.rdf.generate import generated\n"
        "for text in generated(KnowledgeBase.read()): sys.stdout.buffer.write(text.encode())"
    )
    source = Path(__file__).resolve().parents[2] / "src"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(source)}
    made = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True
    ).stdout
    assert b"".join(file.read_bytes() for file in shipped) == made, "run `python -m moagraph.rdf`"


def test_the_shipped_graph_loads_everywhere(built_in: KnowledgeBase) -> None:
    """Both libraries count the same triples, and none has a blank node."""
    text = (ontology_root() / "moagraph.ttl").read_text(encoding="utf-8")
    store = pyoxigraph.Store()
    store.bulk_load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert len(store) == len(graph) == len(set(triples(built_in)))
    assert not any(isinstance(node, rdflib.BNode) for row in graph for node in row)


def test_the_query_of_the_readme_answers(built_in: KnowledgeBase) -> None:
    """What the README of the ontology shows, runs as it stands there."""
    readme = (ontology_root() / "README.md").read_text(encoding="utf-8")
    query = "\n".join(line for line in readme.splitlines() if line.startswith("    "))
    store = pyoxigraph.Store()
    store.bulk_load(write(built_in, "ntriples").encode(), format=MEDIA["ntriples"])
    found = store.query(query, prefixes=namespaces())
    assert isinstance(found, pyoxigraph.QuerySolutions)
    rows = [str(row["protein"]) for row in found]
    assert '"IKZF1"' in rows

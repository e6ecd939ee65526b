"""The claims of a large graph are written as they come: the same statements, unsorted."""

from __future__ import annotations

import itertools
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from tests.rdf.test_export import FORMATS

from moagraph import dataset
from moagraph.dataset.imported import Imported
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import export
from moagraph.rdf.oxigraph import quads
from moagraph.rdf.project import triples
from moagraph.rdf.turtle import ntriples_lines, turtle_pieces
from moagraph.records import Assertion, Entity
from moagraph_cli.main import cli


def test_a_large_graph_is_streamed(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {
        "ntriples": export.ntriples_text(graph.kb),
        "nquads": export.nquads_text(graph.kb, "claims"),
    }
    monkeypatch.setattr(export, "MAX_SORTED", 10)
    monkeypatch.setattr(export, "_BLOCK", 10_000)
    for name, text in wanted.items():
        assert isinstance(text, bytes)
        pieces = getattr(export, f"{name}_text")(graph.kb, "claims")
        assert len(list(pieces.texts[""])) > 5
        done = CliRunner().invoke(cli, ["export", name, "--layer", "claims"])
        assert done.exit_code == 0
        assert set(done.stdout_bytes.splitlines()) == set(text.splitlines())


@pytest.mark.parametrize("layer", ["claims", "schema", "all"])
@pytest.mark.parametrize("name", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_a_large_graph_says_the_same(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, name: str, layer: str
) -> None:
    """What is written as it comes is what is written in order, in every syntax and layer."""
    monkeypatch.setattr(export, "MAX_REASONED", 5)
    syntax = FORMATS[name][0]
    wanted = text_of(name, graph.kb, layer)
    monkeypatch.setattr(export, "MAX_SORTED", 10)
    written = text_of(name, graph.kb, layer)
    assert set(ox.parse(written, format=syntax)) == set(ox.parse(wanted, format=syntax))


def text_of(name: str, kb: KnowledgeBase, layer: str) -> bytes:
    made = getattr(export, f"{name}_text")(kb, layer)
    if isinstance(made, export.Pieces):
        return b"".join(piece for text in made.texts.values() for piece in text)
    return made.encode() if isinstance(made, str) else bytes(made)


AWKWARD = [
    "plain",
    'a "quoted" \\ back\nline\ttab\rreturn',
    "\x00\x01\x07\x0b\x1f\x7f\x85",
    "\u2028 \U0001f9ec é \ufffe",
    "]]> & <b> '",
    "",
]
NAMES = [
    "hgnc:1.",
    "hgnc:-1",
    "hgnc:a.b",
    "EX:a b",
    "moa:a/b",
    "no curie",
    "é:ü",
    "x:%20",
    "CHEBI:1_",
]


def test_awkward_names_and_texts_are_written_as_what_they_are(tmp_path: Path) -> None:
    entities = [
        Entity(name, text or "label", description=text)
        for name, text in zip(NAMES, itertools.cycle(AWKWARD), strict=False)
    ]
    claims = [
        Assertion(f"c{n}", NAMES[n], "activates", NAMES[n - 1], note=AWKWARD[n % len(AWKWARD)])
        for n in range(len(NAMES))
    ]
    dataset.write(Imported(entities=entities, assertions=claims), tmp_path / "d")
    kb = dataset.open(tmp_path / "d")
    wanted = {quad.triple for quad in quads(triples(kb), None)}
    for text, syntax in (
        ("".join(turtle_pieces(triples(kb))), ox.RdfFormat.TURTLE),
        ("".join(ntriples_lines(triples(kb))), ox.RdfFormat.N_TRIPLES),
    ):
        assert {quad.triple for quad in ox.parse(text, format=syntax)} == wanted

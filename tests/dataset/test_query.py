"""SPARQL over a compiled dataset: the triples of its tables, kept in the cache, up to a bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import imported_tables
from moagraph.errors import QuestionError
from moagraph.graph import Graph
from moagraph.sparql import stores

COUNT = "SELECT (count(*) AS ?n) { ?s ?p ?o }"
BOUND = "SELECT ?o { CHEBI:63791 rdfs:label ?o }"


@pytest.fixture
def compiled(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.setenv("MOAGRAPH_CACHE", str(tmp_path / "cache"))
    write(imported_tables(graph.kb.tables, name=graph.kb.name), tmp_path / "d")
    return Graph(open_dataset(tmp_path / "d"))


def test_a_dataset_has_the_triples_of_its_tables(
    graph: Graph, compiled: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "_PORTION", 1_000)
    monkeypatch.setattr(stores, "MAX_REASONED", 0)
    assert not stores.is_cached(compiled.kb.fingerprint)
    assert compiled.query(COUNT).rows() == graph.query(COUNT).rows()
    assert stores.is_cached(compiled.kb.fingerprint)
    again = Graph(open_dataset(compiled.kb.store.folder))  # type: ignore[attr-defined]
    assert again.query(BOUND).rows() == [("lenalidomide",)]


def test_what_is_too_large_for_triples_is_refused(
    compiled: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MAX_PROJECTED", 10)
    with pytest.raises(QuestionError, match="too many to be made into triples"):
        compiled.query(COUNT)

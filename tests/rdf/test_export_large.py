"""The claims of a large graph are written as they come: the same statements, unsorted."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from moagraph.errors import QuestionError
from moagraph.graph import Graph
from moagraph.rdf import export
from moagraph_cli.main import cli


def test_a_large_graph_is_streamed(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {
        "ntriples": export.ntriples_text(graph.kb),
        "nquads": export.nquads_text(graph.kb, "claims"),
    }
    monkeypatch.setattr(export, "MAX_SORTED", 10)
    monkeypatch.setattr(export, "_AT_ONCE", 1000)
    pieces = list(export.ntriples_pieces(graph.kb))
    assert len(pieces) > 5
    assert set(b"".join(pieces).splitlines()) == set(wanted["ntriples"].splitlines())
    for name, text in wanted.items():
        done = CliRunner().invoke(cli, ["export", name, "--layer", "claims"])
        assert done.exit_code == 0
        assert set(done.stdout_bytes.splitlines()) == set(text.splitlines())


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads", "jsonld", "rdfxml"])
def test_what_is_sorted_is_refused_for_a_large_graph(
    name: str, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MAX_SORTED", 10)
    with pytest.raises(QuestionError, match="export ntriples"):
        getattr(export, f"{name}_text")(graph.kb)
    assert export.turtle_text(graph.kb, "schema")

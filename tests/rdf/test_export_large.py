"""The claims of a large graph are written as they come: the same statements, unsorted."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from moagraph.graph import Graph
from moagraph.rdf import export
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

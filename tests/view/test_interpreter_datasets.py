"""A compiled dataset, whole or a fragment of it, is answered in the page as by the command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import imported_tables
from moagraph.graph import Graph
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from moagraph.view.claims import compact_claims
from tests.dataset.test_answers import record_graph
from tests.view import node

OPTIONS: list[dict[str, Any]] = [
    {},
    {"through_drugs": True},
    {"through_diseases": True},
    {"through_drugs": True, "through_diseases": True},
    {"same_record": True},
    {"avoid": ["X:p"]},
]


@pytest.mark.parametrize("shut", [False, True])
def test_records_and_closed_kinds(tmp_path: Path, shut: bool) -> None:
    """Paths end at drugs and diseases, and name the records that they cross, as in the command."""
    imported = record_graph()
    if shut:  # Every path goes through what is closed.
        imported.assertions = [a for a in imported.assertions if a.id in "aef"]
    write(imported, tmp_path / "d")
    kb = open_dataset(tmp_path / "d")
    asks: list[node.Ask] = [("explain", {"a": "X:drug", "b": "X:end", **o}) for o in OPTIONS]
    for claims in (None, list("abcdefgh")):
        [answers] = node.ask([(compact_claims(kb, claims), asks)], tmp_path)
        for (_, question), answer in zip(asks, answers, strict=True):
            asked: dict[str, Any] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in question.items()
            }
            told = node.shown(explain(kb, Question(**asked)).to_dict())
            assert not (found := node.difference(told, answer)), f"{question}: {found}"


def test_a_compiled_graph_has_the_same_claims(graph: Graph, tmp_path: Path) -> None:
    """The form of a compiled dataset is that of its tables, whole and in part."""
    kb = graph.kb
    write(imported_tables(kb.tables, name=kb.name, version=kb.version), tmp_path / "d")
    stored = open_dataset(tmp_path / "d")
    some = sorted(kb.assertions)[::3]
    for claims in (None, some):
        ours, theirs = compact_claims(kb, claims), compact_claims(stored, claims)
        assert {**ours, "version": ""} == {**theirs, "version": ""}

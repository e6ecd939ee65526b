"""What was read of a dataset is let go of between questions, and answers stay the same."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from moagraph import dataset
from moagraph.dataset import opened
from moagraph.dataset.imported import imported_tables
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.batch import batch

PAIRS = ["lenalidomide\tmultiple myeloma", "bortezomib\tmultiple myeloma", "CC-885\tGSPT1"]


def test_a_batch_holds_what_one_question_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset.write(imported_tables(KnowledgeBase.read().tables), tmp_path / "d")
    wanted = list(batch(dataset.open(tmp_path / "d"), PAIRS))
    assert not any(row.error for row in wanted)
    monkeypatch.setattr(opened, "_MANY", 1)
    kb = dataset.open(tmp_path / "d")
    before: list[int] = []
    forget = opened.StoredKnowledge.forget

    def counted(self: opened.StoredKnowledge) -> None:
        forget(self)
        before.append(len(vars(self)["_claims_by_number"]))

    monkeypatch.setattr(opened.StoredKnowledge, "forget", counted)
    assert list(batch(kb, PAIRS)) == wanted
    assert before == [0] * len(PAIRS)
    assert kb.entities["CHEBI:63791"].label == "lenalidomide"


@pytest.fixture
def forgetful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    """Return the built-in graph as a dataset that lets go as often as it can."""
    dataset.write(imported_tables(KnowledgeBase.read().tables), tmp_path / "d")
    monkeypatch.setattr(opened, "_MANY", 1)
    return Graph(dataset.open(tmp_path / "d"))


def test_a_loop_over_questions_holds_what_one_reads(forgetful: Graph, graph: Graph) -> None:
    held: list[int] = []
    for line in PAIRS * 2:
        a, b = line.split("\t")
        answer = forgetful.explain(a, b)
        held.append(len(vars(forgetful.kb)["_claims_by_number"]))
        assert answer.paths == graph.explain(a, b).paths
    assert held[len(PAIRS) :] == held[: len(PAIRS)]


def test_paths_go_on_while_others_are_asked_for(forgetful: Graph, graph: Graph) -> None:
    wanted = [path.steps for path in graph.paths("lenalidomide", "multiple myeloma")]
    found = []
    for path in forgetful.paths("lenalidomide", "multiple myeloma"):
        found.append(path.steps)
        assert forgetful.explain("CC-885", "GSPT1").verdict == "decreases"
    assert found == wanted


def test_threads_may_ask_at_the_same_time(forgetful: Graph, graph: Graph) -> None:
    asked = [line.split("\t") for line in PAIRS] * 3
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda pair: forgetful.explain(*pair).paths, asked))
    finally:
        sys.setswitchinterval(interval)
    assert found == [graph.explain(a, b).paths for a, b in asked]

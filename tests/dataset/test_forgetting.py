"""A batch over a dataset lets go of what it read between its questions, and answers the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from moagraph import dataset
from moagraph.dataset import opened
from moagraph.dataset.imported import imported_tables
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

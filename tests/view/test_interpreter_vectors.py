"""The semantics, case by case, as the page's interpreter answers them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from moagraph.knowledge import KnowledgeBase
from moagraph.view.claims import compact_claims
from tests import vectors_support as support
from tests.view import node

HERE = Path(__file__).parents[1] / "vectors"
SHARED = os.environ.get("MOAGRAPH_VECTORS")
FILES = sorted(HERE.glob("*.json")) + (sorted(Path(SHARED).glob("*.json")) if SHARED else [])
POSITIVE = ("decreases", "increases", "changes", "conflicting", "observed_only")


def case(path: Path) -> tuple[node.Json, list[node.Ask]]:
    """Return the graph of a vector in the compact form, and its question."""
    vector = support.load(path)
    question = {k: v for k, v in vector["question"].items() if k != "op"}
    kb = KnowledgeBase(support.tables_of(vector))
    return compact_claims(kb), [(vector["question"]["op"], question)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, dict[str, Any]]:
    """Return the interpreter's answer to every vector."""
    batches = [case(path) for path in FILES]
    found = list(node.ask(batches, tmp_path_factory.mktemp("interpreter")))
    return {path: answer[0] for path, answer in zip(FILES, found, strict=True)}


def exit_code(answer: dict[str, Any]) -> int:
    """Return the exit code that the command has with such an answer."""
    if "error" in answer:
        return 3 if answer["error"]["code"].startswith("unknown") else 2
    if "verdict" in answer:
        verdicts = list(answer["per_species"].values()) or [answer["verdict"]]
        return 0 if any(v in POSITIVE for v in verdicts) else 1
    groups = ("effects", "observed", "lost", "weakened", "kept", "changed", "lifted")
    return 0 if any(answer.get(name) for name in groups) else 1


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_vector(path: Path, answers: dict[Path, dict[str, Any]]) -> None:
    """Every key that the vector names has the value that it gives."""
    vector = support.load(path)
    answer = answers[path]
    found = list(support.differences(vector, answer, exit_code(answer)))
    assert not found, f"{vector['idea']}: {found}; {vector['why']}"

"""The page's interpreter gives what the engine gives, on random graphs of every kind of claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given

import tests.vectors_support as support
from moagraph.knowledge import KnowledgeBase
from moagraph.view.claims import compact_claims
from tests import strategies
from tests.oracle_engine import OPS, drawn
from tests.view import node

Vector = dict[str, Any]
ENDS = [*strategies.NODES, *strategies.DISEASES]
SEEN = [strategies.CELL, strategies.SUBCELL, strategies.ELSEWHERE]
DIRECTNESS = ["direct", "", "inferred", "indirect"]
FILTERS: list[dict[str, Any]] = [
    {},
    {"strict_context": True, "cell": strategies.SUBCELL},
    {"min_evidence": 1, "max_length": 2},
    {"avoid": [strategies.PROTEINS[1]]},
    {"via": [strategies.FEATURES[strategies.PROTEINS[0]]]},
]


def seasoned(vector: Vector) -> Vector:
    """Return a vector whose claims say how direct they are and whose evidence where it was seen."""
    for place, claim in enumerate(vector["graph"]["assertions"]):
        claim.setdefault("directness", DIRECTNESS[place % 4])
    for place, row in enumerate(vector["graph"]["evidence"]):
        row["cell"] = [SEEN[place % 3]] if place % 4 else []
        row["disease"] = [strategies.SUBTYPE] if place % 3 == 0 else []
    return vector


def asked(vector: Vector) -> list[node.Ask]:
    """Return the question of a vector, and for explain the same of every end, with filters."""
    question = {k: v for k, v in vector["question"].items() if k != "op"}
    found = [(vector["question"]["op"], question)]
    if "b" not in question:
        return found
    a = question["a"]
    for place, end in enumerate(e for e in ENDS if e != a):
        found.append(("explain", {**question, "b": end}))
        found.append(("explain", {"a": a, "b": end, **FILTERS[place % len(FILTERS)]}))
    return found


def collected(op: str, examples: int) -> list[Vector]:
    """Return random vectors; hypothesis draws the same ones each time."""
    found: list[Vector] = []

    @drawn(examples)
    @given(strategies.vectors(op))
    def collect(vector: Vector) -> None:
        found.append(seasoned(vector))

    collect()
    return found


def python(kb: KnowledgeBase, op: str, question: dict[str, Any]) -> Any:
    """Return the engine's answer."""
    asked_for = support.question_of({"question": question})
    return node.shown(json.loads(json.dumps(OPS[op](kb, asked_for).to_dict())))


def check(vectors: list[Vector], folder: Path) -> int:
    """Fail with the smallest graph on which the two differ; return how many answers had paths."""
    graphs = [KnowledgeBase(support.tables_of(vector)) for vector in vectors]
    batches = [(compact_claims(kb), asked(v)) for kb, v in zip(graphs, vectors, strict=True)]
    wrong: list[str] = []
    told = 0
    answers = node.ask(batches, folder)
    for vector, kb, (_, asks), page in zip(vectors, graphs, batches, answers, strict=True):
        for (op, question), answer in zip(asks, page, strict=True):
            wanted = python(kb, op, question)
            told += bool(wanted.get("paths") or wanted.get("effects") or wanted.get("kept"))
            if found := node.difference(wanted, answer):
                wrong.append(f"{found}\n{json.dumps({**vector, 'question': [op, question]})}")
    assert not wrong, f"{len(wrong)} differ; {min(wrong, key=len)}"
    return told


def test_explain(tmp_path: Path) -> None:
    """Everything that an explanation holds."""
    assert check(collected("explain", 150), tmp_path) > 200


def test_effects(tmp_path: Path) -> None:
    """What a start raises and lowers, predicted against observed."""
    assert check(collected("effects", 100), tmp_path) > 40


def test_whatif(tmp_path: Path) -> None:
    """Lost, weakened, kept, changed, lifted, and why."""
    assert check(collected("whatif", 200), tmp_path) > 40

"""The engine gives what the oracle gives, on small random graphs of every kind of claim.

Only what the text leaves open is left out: the reason of a step that fails by two causes at once,
and the marks of steps on paths that do not fire.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

import tests.vectors_support as support
from tests import strategies
from tests.oracle import evaluate, normal
from tests.oracle_engine import ask, drawn

COMPARED = {
    "explain": (
        *("verdict", "exit", "agreement", "observations", "class_observations", "observed_sign"),
        *("paths", "voting", "disputed", "groups", "narrower", "shown_not_in", "phases"),
        "reported_interactions",
    ),
    "effects": ("effects", "observed", "agreement"),
    "whatif": (
        *("lost", "weakened", "kept", "changed", "lifted"),
        *("no_longer_explained", "reported_interactions"),
    ),
}
MARKS = {
    "weakened_steps": "weakened_by",
    "unknown_features": "unknown_features",
    "by_orthology": "by_orthology",
    "self_effect": "self_effect",
}


def differences(vector: dict[str, Any]) -> list[str]:
    """Return in what engine and oracle differ."""
    wanted = evaluate(vector)
    answer, code = ask(vector)
    op = vector["question"]["op"]
    compared = {k: wanted[k] for k in COMPARED[op]}
    if op == "explain":
        compared["phases"] = {k: v for k, v in wanted["phases"].items() if k in _shown(answer)}
        if wanted["certain_reasons"]:
            compared["reasons"] = [
                {"code": r["code"], "what": r["what"]} for r in wanted["reasons"]
            ]
    found = list(support.differences({**vector, "expected": compared}, answer, code))
    return found + (_marks(wanted, answer) if op == "explain" else [])


def _shown(answer: dict[str, Any]) -> set[str]:
    paths = {s["id"] for p in answer["paths"] for s in p["steps"]}
    return paths | {s["id"] for s in answer["blocked_steps"]}


def _marks(wanted: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """Return in what the marks of the steps of fired paths differ."""
    found = []
    for step in (s for p in answer["paths"] for s in p["steps"]):
        for key, mark in MARKS.items():
            told = wanted[key]
            if isinstance(told, dict):
                same = normal(told.get(step["id"], [])) == normal([x["id"] for x in step[mark]])
            else:
                same = (step["id"] in told) == step[mark]
            if not same:
                found.append(f"{key} of {step['id']}: wanted {told!r}, got {step[mark]!r}")
    return found


def check(vector: dict[str, Any]) -> None:
    """Fail with the vector where engine and oracle differ."""
    found = differences(vector)
    assert not found, f"{found}\n{json.dumps(vector, indent=1)}"


@drawn(500)
@given(strategies.vectors("explain"))
def test_explain(vector: dict[str, Any]) -> None:
    """Paths, signs, verdict, groups, phases, marks, reasons."""
    check(vector)


@drawn(120)
@given(strategies.vectors("effects"))
def test_effects(vector: dict[str, Any]) -> None:
    """What a start raises and lowers, predicted against observed."""
    check(vector)


@drawn(150)
@given(strategies.vectors("whatif"))
def test_whatif(vector: dict[str, Any]) -> None:
    """Lost, weakened, kept, changed, lifted."""
    check(vector)


@pytest.mark.parametrize("op", ["explain", "whatif"])
def test_draws_are_of_use(op: str) -> None:
    """Enough of the random questions have a path, so that agreement is no empty word."""
    hits: list[bool] = []

    @drawn(60)
    @given(strategies.vectors(op))
    def look(vector: dict[str, Any]) -> None:
        told = evaluate(vector)
        hits.append(bool(told.get("paths") or told.get("lost") or told.get("kept")))

    look()
    assert sum(hits) >= len(hits) / 4

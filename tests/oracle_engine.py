"""The engine as the random tests reach it: a vector in, the answer's JSON out."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, Phase, settings

import tests.vectors_support as support
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.effects import effects
from moagraph.mechanism.explain import explain
from moagraph.mechanism.whatif import whatif

OPS: dict[str, Any] = {"explain": explain, "effects": effects, "whatif": whatif}


def ask(vector: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Return the engine's answer as JSON, and its exit code; the tables stay in memory."""
    kb = KnowledgeBase(support.tables_of(vector))
    answer = OPS[vector["question"]["op"]](kb, support.question_of(vector))
    return json.loads(json.dumps(answer.to_dict())), answer.exit_code


def paths(answer: dict[str, Any]) -> set[tuple[str, ...]]:
    """Return the paths of an answer by the ids of their steps."""
    return {tuple(s["id"] for s in path["steps"]) for path in answer["paths"]}


def drawn(max_examples: int) -> settings:
    """Return settings under which a run is the same each time."""
    return settings(
        max_examples=max_examples,
        derandomize=True,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )

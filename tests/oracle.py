"""A naive evaluation of a vector, written from section 4 of the design alone.

It shares nothing with the engine but the vocabulary's signs. `evaluate` returns the keys that
the README of the vectors names, `disagreements` says where an expectation differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tests.oracle_answers import (
    Explained,
    effects_of,
    moved_by_the_drug,
    reported,
    whatif,
)
from tests.oracle_graph import HUMAN, Graph, listed
from tests.oracle_paths import Path
from tests.oracle_step import Step, required

NEGATIVE = ("none", "shown_not")


def evaluate(vector: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a vector's question."""
    graph, question = Graph(vector["graph"]), vector["question"]
    unknown = unknown_variant(graph, listed(question.get("variant")))
    if unknown:
        return unknown
    if question["op"] == "effects":
        return {**_effects(graph, question), "exit": 0}
    if question["op"] == "whatif":
        return {**whatif(graph, question), "exit": 0}
    if question.get("species") == "any":
        taxa = [e for e in graph.entities if graph.kind(e) == "taxon"]
        each = {t: Explained(graph, {**question, "species": t}, question["b"]) for t in taxa}
        return {"per_species": {t: answer.verdict for t, answer in each.items()}}
    return _explain(graph, question)


def unknown_variant(graph: Graph, asked: list[str]) -> dict[str, Any]:
    """Return the refusal of a variant that no row has; a native sequence is none to ask for."""
    known = {(v["gene"], v["change"]) for v in graph.variants if not v.get("native_in")}
    for text in asked:
        gene, change = graph.variant(text)
        if (gene, change) not in known:
            label = graph.entities.get(gene, {}).get("label", gene)
            names = sorted(f"{label}:{c}" for g, c in known if g == gene)
            return {"exit": 3, "unknown_variant": text, "known": names}
    return {}


def _explain(graph: Graph, question: dict[str, Any]) -> dict[str, Any]:
    answer = Explained(graph, question, question["b"])
    moved = moved_by_the_drug(graph, question)
    every = _unique(s for p in answer.candidates if not answer.hidden_by(p) for s in p.steps)
    return {
        "verdict": answer.verdict,
        "exit": 1 if answer.verdict in NEGATIVE else 0,
        "agreement": answer.agreement,
        "observations": [a["id"] for a in answer.observations],
        "class_observations": [a["id"] for a in answer.class_observations],
        "observed_sign": answer.observed_sign,
        "paths": [{"steps": p.ids, "sign": p.sign} for p in answer.paths],
        "voting": [p.ids for p in answer.voting],
        "disputed": any(p.disputed(graph) for p in answer.voting),
        "groups": answer.groups,
        "phases": {i: s.phases for i, s in every.items() if s.claim.get("via")},
        "weakened_steps": {i: s.weakened for i, s in every.items() if s.weakened and s.fires},
        "unknown_features": {i: s.unknown for i, s in every.items() if s.unknown},
        "by_orthology": [i for i, s in every.items() if s.by_orthology],
        "self_effect": [i for i, s in every.items() if _moves(graph, s, moved)],
        "narrower": answer.narrower,
        "shown_not_in": _places(answer),
        "reasons": answer.reasons,
        "reported_interactions": reported(graph, question, [answer]),
        "certain_reasons": answer.certain_reasons,
    }


def _places(answer: Explained) -> list[str]:
    if answer.verdict != "shown_not":
        return []
    axes = ("cell", "disease", "species")
    named = {a[axis] for a in answer.shown_not for axis in axes if a.get(axis)}
    return sorted(named - {HUMAN})


def _unique(steps: Iterable[Step]) -> dict[str, Step]:
    return {step.claim["id"]: step for step in steps}


def _moves(graph: Graph, step: Step, moved: set[str]) -> bool:
    own = {step.claim["subject"], step.claim["object"]}
    names = required(graph, step.claim)
    stand = {o for n in names for o in (graph.owners(n) or [n])}
    return bool((stand - own) & moved)


def _effects(graph: Graph, question: dict[str, Any]) -> dict[str, Any]:
    reached = effects_of(graph, question)
    named = {a["object"] for a in graph.assertions} | set(reached)
    every = {e: Explained(graph, question, e) for e in named - {question["a"]}}
    return {
        "effects": {end: answer.verdict for end, answer in reached.items()},
        "observed": {
            end: answer.observed_sign for end, answer in every.items() if answer.observations
        },
        "agreement": {end: answer.agreement for end, answer in every.items() if answer.agreement},
    }


def normal(value: Any) -> Any:
    """Return a value in which the order of lists does not matter."""
    if isinstance(value, dict):
        return {k: normal(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return sorted((normal(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return value


def disagreements(expected: dict[str, Any], got: dict[str, Any]) -> Iterator[str]:
    """Yield every key in which an answer is not what a vector expects."""
    for key, wanted in expected.items():
        if key in ("phases", "broken_by"):
            found: Any = {k: got.get(key, {}).get(k) for k in wanted}
        elif key == "reasons":
            found = _as_asked(got.get(key, []), wanted)
        elif key == "unknown_variant" and isinstance(wanted, bool):
            found = bool(got.get(key))
        else:
            found = got.get(key)
        if key in ("voting", "paths"):
            same = _paths_as_set(found) == _paths_as_set(wanted)
        else:
            same = normal(found) == normal(wanted)
        if not same:
            yield f"{key}: expected {wanted!r}, the oracle says {found!r}"


def _paths_as_set(paths: Any) -> Any:
    """Compare paths with the order of their steps, but not with that of the paths."""
    return {json.dumps(path, sort_keys=True) for path in paths or []}


def _as_asked(reasons: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop who brings it where the vector does not say."""
    says = {(w["code"], w["what"]) for w in wanted if "who_brings_it" in w}
    return [
        {k: v for k, v in r.items() if k != "who_brings_it" or (r["code"], r["what"]) in says}
        for r in reasons
    ]


__all__ = ["Path", "disagreements", "evaluate", "normal"]

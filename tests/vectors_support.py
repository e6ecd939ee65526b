"""Vectors: small graphs with a question and the answer, run through tables and engine.

The format is that of the README of the shared vectors. A vector becomes a folder of tables, is
read as any folder is, asked, and what it expects is compared with the JSON of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from moagraph.errors import UnknownName
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.effects import effects
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from moagraph.mechanism.whatif import whatif
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    MachinePart,
    Source,
    State,
    Variant,
)
from moagraph.relations import RELATIONS
from moagraph.tables import Tables, write_folder

_CATEGORY = {
    "drug": "SmallMolecule",
    "protein": "Protein",
    "complex": "MacromolecularComplex",
    "process": "BiologicalProcess",
    "disease": "Disease",
    "cell": "Cell",
    "cell line": "CellLine",
    "phenotype": "PhenotypicFeature",
    "taxon": "OrganismTaxon",
}
_BY_SIGN = {
    1: "increases",
    -1: "decreases",
    "unknown": "affects",
    "none": "binds",
    "structural": "part of",
}


def load(path: Path) -> dict[str, Any]:
    """Return a vector from its file."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _list(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _relations(graph: dict[str, Any]) -> dict[str, str]:
    own = graph.get("relations", [])
    if isinstance(own, dict):
        pairs = list(own.items())
    else:
        pairs = [(r.get("label") or r.get("relation") or r.get("id"), r["sign"]) for r in own]
    return {name: _BY_SIGN[sign] for name, sign in pairs if name not in RELATIONS}


def tables_of(vector: dict[str, Any]) -> Tables:
    """Return the records of a vector's graph."""
    graph = vector["graph"]
    relation = _relations(graph)
    assertions = [
        Assertion(**{**row, "relation": relation.get(row["relation"], row["relation"])})
        for row in graph.get("assertions", [])
    ]
    return Tables(
        entities=tuple(
            Entity(
                id=e["id"],
                label=e.get("label", e["id"]),
                category=_CATEGORY.get(e.get("kind", ""), "NamedThing"),
                kind=e.get("kind", ""),
                parents=_list(e.get("parents")),
                members=_list(e.get("members")),
            )
            for e in graph.get("entities", [])
        ),
        machines=tuple(MachinePart(**row) for row in graph.get("machines", [])),
        states=tuple(State(s["id"], _list(s.get("brought_by"))) for s in graph.get("states", [])),
        variants=tuple(
            Variant(v["gene"], v["change"], v["effect"], v["feature"], _list(v.get("native_in")))
            for v in graph.get("variants", [])
        ),
        assertions=tuple(assertions),
        evidence=tuple(
            Evidence(
                id=e["id"],
                about=e["about"],
                source="moa:source-made-up",
                stance=e["stance"],
                eco="ECO:0000314",
                basis="full text",
                cell=_list(e.get("cell")),
                disease=_list(e.get("disease")),
                species=_list(e.get("species")),
                statement=e["about"],
            )
            for e in graph.get("evidence", [])
        ),
        sources=(Source("moa:source-made-up", "primary", first_author="Nobody N", year="2026"),),
    )


def question_of(vector: dict[str, Any]) -> Question:
    """Return the question of a vector."""
    asked = {k: v for k, v in vector["question"].items() if k != "op"}
    if "with" in asked:
        asked["with_"] = asked.pop("with")
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in asked.items()}
    return Question(**given)


def ask(vector: dict[str, Any], folder: Path) -> tuple[dict[str, Any], int]:
    """Write a vector's graph to a folder, read it, ask, and return the JSON and exit code."""
    write_folder(folder, tables_of(vector))
    kb = KnowledgeBase.read(folder)
    ops: dict[str, Any] = {"explain": explain, "effects": effects, "whatif": whatif}
    try:
        answer = ops[vector["question"]["op"]](kb, question_of(vector))
    except UnknownName as error:
        return {"error": error.to_dict()}, error.exit_code
    result = json.loads(json.dumps(answer.to_dict()))
    assert answer.to_markdown()
    return result, answer.exit_code


def differences(vector: dict[str, Any], answer: dict[str, Any], code: int) -> Iterator[str]:
    """Yield every key of the vector that the answer does not meet."""
    for key, wanted in vector["expected"].items():
        if key == "exit":
            got: Any = code
        elif key in _READERS:
            got = _READERS[key](answer, wanted)
        else:
            got = answer[key]
        if normal(got) != normal(wanted):
            yield f"{key}: wanted {wanted!r}, got {got!r}"


def normal(value: Any) -> Any:
    """Return a value in which the order of lists does not matter."""
    if isinstance(value, dict):
        return {k: normal(v) for k, v in value.items()}
    if isinstance(value, list):
        return sorted((normal(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return value


def _steps(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    steps = {s["id"]: s for s in answer.get("passed_steps", [])}
    steps.update({s["id"]: s for s in answer.get("blocked_steps", [])})
    for path in answer.get("paths", []):
        steps.update({s["id"]: s for s in path["steps"]})
    return steps


def _paths(answer: dict[str, Any], _: Any) -> Any:
    return [
        {"steps": [s["id"] for s in path["steps"]], "sign": path["sign"]}
        for path in answer["paths"]
    ]


def _voting(answer: dict[str, Any], _: Any) -> Any:
    return [[s["id"] for s in path["steps"]] for path in answer["paths"] if path["voting"]]


def _phases(answer: dict[str, Any], wanted: Any) -> Any:
    steps = _steps(answer)
    return {
        name: [p["number"] for p in steps[name]["phases"] if p["reached"]]
        for name in wanted
        if name in steps
    }


def _marks(mark: str) -> Any:
    def read(answer: dict[str, Any], _: Any) -> Any:
        return {
            name: [x["id"] for x in step[mark]]
            for name, step in _steps(answer).items()
            if step[mark]
        }

    return read


def _flags(mark: str) -> Any:
    def read(answer: dict[str, Any], _: Any) -> Any:
        return [name for name, step in _steps(answer).items() if step[mark]]

    return read


def _reasons(answer: dict[str, Any], wanted: Any) -> Any:
    keys = ("code", "what", "who_brings_it")
    with_who = {(w["code"], w["what"]): "who_brings_it" in w for w in wanted}
    return [
        {k: r[k] for k in keys if k != "who_brings_it" or with_who.get((r["code"], r["what"]))}
        for r in answer["reasons"]
    ]


def _ids(key: str) -> Any:
    def read(answer: dict[str, Any], _: Any) -> Any:
        return [item["id"] for item in answer[key]]

    return read


def _signs(key: str) -> Any:
    def read(answer: dict[str, Any], _: Any) -> Any:
        return {item["object"]["id"]: item["sign"] for item in answer[key]}

    return read


def _broken(answer: dict[str, Any], wanted: Any) -> Any:
    return {
        e["object"]["id"]: e["broken_by"]
        for key in ("lost", "weakened", "changed")
        for e in answer[key]
        if e["object"]["id"] in wanted
    }


def _regimen(answer: dict[str, Any], wanted: Any) -> Any:
    found = [c["id"] for c in answer["regimen"]]
    if isinstance(wanted, bool):
        return bool(found)
    combinations = [c["subject"]["id"] for c in answer["regimen"]]
    wanted_list = wanted if isinstance(wanted, list) else [wanted]
    held = [name for name in (*found, *combinations) if name in wanted_list]
    return held if isinstance(wanted, list) else (held[0] if held else "")


_READERS: dict[str, Any] = {
    "paths": _paths,
    "voting": _voting,
    "phases": _phases,
    "weakened_steps": _marks("weakened_by"),
    "unknown_features": _marks("unknown_features"),
    "by_orthology": _flags("by_orthology"),
    "self_effect": _flags("self_effect"),
    "reasons": _reasons,
    "observations": _ids("observations"),
    "class_observations": _ids("class_observations"),
    "reported_interactions": _ids("reported_interactions"),
    "regimen": _regimen,
    "effects": _signs("effects"),
    "observed": _signs("observed"),
    "lost": _signs("lost"),
    "weakened": _signs("weakened"),
    "kept": _signs("kept"),
    "changed": _signs("changed"),
    "lifted": _signs("lifted"),
    "broken_by": _broken,
    "unknown_variant": lambda answer, wanted: bool("error" in answer) if wanted is True else wanted,
    "known": lambda answer, _: answer["error"]["suggestions"],
}

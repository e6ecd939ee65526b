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
S = strategies
ENDS = [*S.NODES, *S.DISEASES]
SEEN = [S.CELL, S.SUBCELL, S.ELSEWHERE]
DIRECTNESS = ["direct", "", "inferred", "indirect"]
P0, P1, P2 = S.PROTEINS
STANCES = [["supports"], ["supports", "refutes"], ["supports"], ["refutes"], ["inconclusive"], []]
# What the oracle leaves open the two must answer alike all the same.
ASKED: list[dict[str, Any]] = [
    {},
    {"strict_context": True, "cell": S.SUBCELL},
    {"min_evidence": 1, "max_length": 2},
    {"avoid": [P1]},
    {"via": [S.FEATURES[P0]]},
    {"via": [P0], "avoid": [P2], "cell": S.ELSEWHERE},
    {"with": [S.SECOND], "without": [S.SECOND]},
    {"with": ["moa:combo"], "cell": S.CELL},
    {"variant": ["P1:V3"], "species": S.MOUSE},
    {"variant": ["P0:V4"], "species": S.MOUSE, "cell": S.SUBCELL},
    {"state": [S.STATES[1]], "without": [P2]},
    {"without": [P0, S.COMPLEX]},
    {"cell": S.SUBCELL, "disease": S.OTHER},
    {"cell": S.ELSEWHERE, "disease": S.SUBTYPE},
    {"state": [S.STATES[0]]},
    {"with": [S.SECOND]},
]


def _claim(name: str, subject: str, relation: str, object: str, **more: str) -> dict[str, Any]:
    row = {"id": name, "subject": subject, "relation": relation, "object": object}
    return {**row, "kind": "mechanism", "polarity": "asserted", **more}


def _more_claims(place: int) -> list[dict[str, Any]]:
    """Return claims of kinds that random graphs have too few of, other ones for each graph."""
    spared = {"kind": "gate", "polarity": "negated"}
    rows = [
        _claim("more-spared", P2, "confers sensitivity to", S.DRUG, **spared),
        _claim("more-gate", P1, "confers resistance to", S.DRUG, kind="gate"),
        _claim("more-not-state", S.DRUG, "decreases", P1, requires="!moa:s0"),
        _claim("more-gate-there", P2, "confers resistance to", S.DRUG, kind="gate", cell=S.CELL),
        _claim("more-in-disease", S.DRUG, "decreases", P2, requires=S.SUBTYPE),
        _claim("more-not-in-cell", P0, "increases", S.PROCESS, requires=f"!{S.CELL}"),
        _claim("more-state", S.STATES[0], "increases", S.COMPLEX, requires=S.STATES[0]),
        _claim("more-seen", S.DRUG, "increases", S.PROCESS, kind="observation"),
        _claim("more-seen-too", S.DRUG, "decreases", S.PROCESS, kind="observation"),
        _claim(
            "more-in-mouse", S.DRUG, "increases", S.PROCESS, kind="observation", species=S.MOUSE
        ),
        _claim("more-of-class", "moa:class", "decreases", P1, kind="observation"),
        _claim("more-outcome", "moa:combo", "treats", S.SUBTYPE, kind="outcome"),
        _claim("more-own-outcome", S.DRUG, "treats", S.DISEASE, kind="outcome"),
        _claim("more-second", S.SECOND, "inhibits", P1, directness="direct"),
        _claim("more-second-in", S.SECOND, "inhibits", P0, directness="direct", disease=S.SUBTYPE),
        _claim("more-brought", P1, "sustains", S.OTHER, requires="moa:s1,moa:s0|moa:p2"),
    ]
    return [row for number, row in enumerate(rows) if (place + number) % 3 == 0]


def seasoned(vector: Vector, place: int) -> Vector:
    """Return a vector with more of what the rules look at: evidence, gates, variants, machines."""
    graph = vector["graph"]
    for number, claim in enumerate(graph["assertions"]):
        claim.setdefault("directness", DIRECTNESS[number % 4])
    for claim in _more_claims(place):
        graph["assertions"].append(claim)
        for stance in STANCES[(place + len(claim["id"])) % len(STANCES)]:
            graph["evidence"].append({"id": f"{claim['id']}-{stance}", "about": claim["id"]})
            graph["evidence"][-1]["stance"] = stance
    for number, row in enumerate(graph["evidence"]):
        row["cell"] = [SEEN[number % 3]] if number % 4 else []
        row["disease"] = [S.SUBTYPE] if number % 3 == 0 else []
    # States may bring one another. A cell line may be of a disease, and mouse lack what a variant
    # restores.
    if place % 3 == 0:
        for state, other in zip(graph["states"], S.STATES[::-1], strict=True):
            state["brought_by"] = [*state["brought_by"], other]
    cell = next(e for e in graph["entities"] if e["id"] == S.SUBCELL)
    cell["parents"] = [*cell["parents"], S.SUBTYPE]
    for gene, change, effect in ((P1, "V3", "removes"), (P0, "V4", "restores")):
        row = {"gene": gene, "change": change, "effect": effect, "feature": S.FEATURES[gene]}
        graph["variants"].append(row)
    if place % 2:
        complex_ = next(e for e in graph["entities"] if e["id"] == S.COMPLEX)
        for phase, part, group in ((1, P0, "g"), (2, P0, "h"), (2, P2, "h")):
            row = {"machine": S.COMPLEX, "phase": phase, "participant": part}
            graph["machines"].append({**row, "alternative_group": group, "strength": "essential"})
            complex_["members"] = list(dict.fromkeys([*complex_["members"], part]))
    return vector


def asked(vector: Vector, place: int) -> list[node.Ask]:
    """Return the question of a vector, the same of every end, and others of every kind."""
    question = {k: v for k, v in vector["question"].items() if k != "op"}
    found = [(vector["question"]["op"], question)]
    for number, end in enumerate(ENDS):
        start = S.STATES[0] if (place + number) % 5 == 0 else question["a"]
        more = ASKED[(place + number) % len(ASKED)]
        if end != start:
            found.append(("explain", {**question, "a": start, "b": end}))
            found.append(("explain", {"a": start, "b": end, **more}))
            if set(more) & S.CHANGES:
                found.append(("whatif", {"a": start, "b": end if place % 2 else "", **more}))
    found.append(("effects", {"a": question["a"], **ASKED[place % len(ASKED)]}))
    return found


def collected(op: str, examples: int) -> list[Vector]:
    """Return random vectors; hypothesis draws the same ones each time."""
    found: list[Vector] = []

    @drawn(examples)
    @given(strategies.vectors(op))
    def collect(vector: Vector) -> None:
        found.append(seasoned(vector, len(found)))

    collect()
    return found


def python(kb: KnowledgeBase, op: str, question: dict[str, Any]) -> Any:
    """Return the engine's answer."""
    asked_for = support.question_of({"question": question})
    return node.shown(json.loads(json.dumps(OPS[op](kb, asked_for).to_dict())))


def check(vectors: list[Vector], folder: Path) -> int:
    """Fail with the smallest graph on which the two differ; return how many answers had paths."""
    graphs = [KnowledgeBase(support.tables_of(vector)) for vector in vectors]
    pairs = zip(graphs, vectors, strict=True)
    batches = [(compact_claims(kb), asked(v, i)) for i, (kb, v) in enumerate(pairs)]
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

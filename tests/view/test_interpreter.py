"""What the page's interpreter does beside the rules: bad questions, bounds, look-ups."""

from __future__ import annotations

import importlib.resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity
from moagraph.tables import Tables
from moagraph.view.claims import compact_claims
from moagraph.view.interpreter import PARTS, interpreter_source
from tests.view import node

A, B = "CHEBI:63791", "MONDO:0009693"


BAD: list[tuple[Any, str, str]] = [
    ({}, "bad_question", "a must be given"),
    ({"a": A}, "bad_question", "b must be given"),
    ({"a": "moa:nobody", "b": B}, "unknown_name", "moa:nobody"),
    ({"a": A, "b": B, "without": ["moa:nobody"]}, "unknown_name", "moa:nobody"),
    ({"a": A, "b": B, "whithout": []}, "bad_question", "whithout"),
    ({"a": A, "b": B, "without": "moa:x"}, "bad_question", "list"),
    ({"a": A, "b": ["x"]}, "bad_question", "text"),
    ({"a": A, "b": B, "max_length": 0}, "bad_question", "max_length"),
    ({"a": A, "b": B, "max_length": "8"}, "bad_question", "max_length"),
    ({"a": A, "b": B, "strict_context": "yes"}, "bad_question", "strict_context"),
    ({"a": A, "b": B, "variant": ["CRBN:Q1X"]}, "unknown_variant", "CRBN"),
    (None, "bad_question", "object"),
]


def test_bad_questions(graph: Graph, tmp_path: Path) -> None:
    """A question that cannot be asked is refused in words."""
    asks: list[node.Ask] = [("explain", question) for question, _, _ in BAD]
    [answers] = node.ask([(compact_claims(graph.kb), asks)], tmp_path)
    for (question, code, says), answer in zip(BAD, answers, strict=True):
        assert answer["error"]["code"] == code, question
        assert says in answer["error"]["message"], question


def test_whatif_wants_a_change(graph: Graph, tmp_path: Path) -> None:
    """A drug that nothing is changed for has no what-if, and no what-if has every species."""
    asks: list[node.Ask] = [("whatif", {"a": A}), ("whatif", {"a": A, "species": "any"})]
    [answers] = node.ask([(compact_claims(graph.kb), asks)], tmp_path)
    assert [a["error"]["code"] for a in answers] == ["bad_question", "bad_question"]


def test_removable(graph: Graph, tmp_path: Path) -> None:
    """What can be taken away from a mechanism is what its paths pass and need."""
    [[names]] = node.ask([(compact_claims(graph.kb), [("removable", {"a": A, "b": B})])], tmp_path)
    assert "uniprot:Q96SW2" in names
    assert A not in names
    assert B not in names


def ladder(rungs: int, width: int) -> KnowledgeBase:
    """Return layers of proteins, each joined to all of the next: width ** rungs paths."""
    layers = [["x:start"], *([f"x:{r}.{w}" for w in range(width)] for r in range(rungs)), ["x:end"]]
    claims = [
        Assertion(f"{a}>{b}", a, "increases", b)
        for near, far in pairwise(layers)
        for a in near
        for b in far
    ]
    # The last step never fires, so that every way is tried and none is a path.
    shut = [
        Assertion(c.id, c.subject, c.relation, c.object, requires="x:no") for c in claims[-width:]
    ]
    entities = [Entity(name, name, kind="protein") for layer in layers for name in layer]
    entities.append(Entity("x:no", "no", kind="state"))
    return KnowledgeBase(Tables(entities=tuple(entities), assertions=(*claims[:-width], *shut)))


def test_work_is_bounded(tmp_path: Path) -> None:
    """A graph with more ways than can be tried gets an answer that says so."""
    kb = ladder(7, 30)
    asks: list[node.Ask] = [("explain", {"a": "x:start", "b": "x:end"})]
    asks.append(("whatif", {"a": "x:start", "b": "x:end", "without": ["x:0.0"]}))
    asks.append(("effects", {"a": "x:start"}))
    [[explained, changed, effects]] = node.ask([(compact_claims(kb), asks)], tmp_path)
    for answer in (explained, changed):
        assert answer["work_limit"]
        assert answer["capped"]
        assert "given up" in answer["text"]
    assert "no mechanism was found" in explained["text"]
    assert not explained["exhausted"]
    assert effects["capped"]


def nested(depth: int) -> KnowledgeBase:
    """Return complexes in complexes in complexes, and proteins that hold one another."""
    entities = [Entity("x:d", "d", kind="drug"), Entity("x:c0", "c0", kind="protein")]
    entities += [
        Entity(f"x:c{i}", f"c{i}", kind="complex", members=(f"x:c{i - 1}",))
        for i in range(1, depth)
    ]
    entities += [Entity("x:l", "l", kind="protein", members=("x:r",))]
    entities += [Entity("x:r", "r", kind="protein", members=("x:l",))]
    claims = (
        Assertion("first", "x:d", "inhibits", "x:c0"),
        Assertion("second", f"x:c{depth - 1}", "increases", "x:l", requires="x:r"),
    )
    return KnowledgeBase(Tables(entities=tuple(entities), assertions=claims))


def test_deep_nesting_ends(tmp_path: Path) -> None:
    """Neither deep nor circular composition makes the interpreter hang or fail."""
    asks: list[node.Ask] = [("explain", {"a": "x:d", "b": "x:l"})]
    changed: node.Ask = ("whatif", {"a": "x:d", "b": "x:l", "without": ["x:c0"]})
    batches = [(compact_claims(nested(2000)), asks), (compact_claims(nested(100)), [changed])]
    [[answer], [after]] = node.ask(batches, tmp_path)
    assert answer["verdict"] == "decreases"
    assert len(answer["paths"][0]["passages"]) == 1999
    assert after["verdict_after"] == "none"


def test_the_script_is_plain() -> None:
    """One strict script that evaluates no text, fetches nothing and ends no script element."""
    source = interpreter_source()
    assert source.startswith('(function () {\n"use strict";')
    for word in (
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttp",
        "import(",
        "document.",
        "</script",
        "<!--",
    ):
        assert word not in source, word
    for word in ("Math.random", "Date.now", "new Date", "localeCompare"):
        assert word not in source, word
    rules = (importlib.resources.files("moagraph.view") / "rules").iterdir()
    assert sorted(PARTS[:-1]) == sorted(f"rules/{p.name}" for p in rules if p.name.endswith(".js"))

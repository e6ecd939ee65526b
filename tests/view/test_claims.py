"""The compact form of the claims: the same each time, small, closed, and safe to read."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.explain import Found, explain
from moagraph.mechanism.question import Question
from moagraph.records import Assertion, Entity, Evidence, Source
from moagraph.tables import Tables
from moagraph.view.claims import compact_claims
from tests.view import node

LENALIDOMIDE = "CHEBI:63791"
ENDS = ("MONDO:0009693", "uniprot:Q13422")


def text(kb: KnowledgeBase, claims: list[str] | None = None) -> str:
    """Return the form as the page holds it."""
    return json.dumps(compact_claims(kb, claims), separators=(",", ":"), ensure_ascii=False)


def test_the_same_each_time(graph: Graph) -> None:
    """Two writings give the same text, in whatever order a fragment's claims are named."""
    ids = [a.id for a in islice(graph.kb.tables.assertions, 50)]
    assert text(graph.kb) == text(graph.kb)
    assert text(graph.kb, ids) == text(graph.kb, ids[::-1])


def test_it_is_small(graph: Graph) -> None:
    """A claim takes some 150 characters with its share of everything."""
    assert len(text(graph.kb)) < 200 * len(graph.kb.assertions)


def test_it_holds_no_more_than_is_needed(graph: Graph) -> None:
    """A fragment names what its claims depend on, and nothing else."""
    claim = next(a for a in graph.kb.tables.assertions if a.via)
    form = compact_claims(graph.kb, [claim.id])
    names = {row[0] for row in form["names"]}
    parts = {row.participant for row in graph.kb.machine_parts[claim.via]}
    assert {claim.subject, claim.object, claim.via, *parts} <= names
    assert len(form["claims"]) == 1
    assert len(names) < 60
    assert len(form["names"]) == len(names)


def test_unknown_claims_are_left_out(graph: Graph) -> None:
    """A fragment of claims that there are not is empty and can be opened."""
    form = compact_claims(graph.kb, ["no-such-claim"])
    assert form["claims"] == []
    assert form["names"] == []


def on_end(answer: dict[str, Any], end: str) -> list[Any]:
    """Return what a what-if says of one end, with its group."""
    groups = ("lost", "weakened", "kept", "changed", "lifted")
    return [(name, e) for name in groups for e in answer[name] if e["object"]["id"] == end]


@pytest.mark.parametrize("end", ENDS)
def test_a_fragment_answers_as_the_whole(graph: Graph, tmp_path: Path, end: str) -> None:
    """What the paths of a question use is enough for its paths, verdict and what-if on the end."""
    kb = graph.kb
    question = Question(LENALIDOMIDE, end)
    used = {f.claim.id for w in Found(kb, question).walks for f in w.steps}
    used |= {a.id for a in kb.by_subject[LENALIDOMIDE]}
    asks: list[node.Ask] = [("explain", {"a": LENALIDOMIDE, "b": end})]
    asks.append(("whatif", {"a": LENALIDOMIDE, "b": end, "without": ["uniprot:Q96SW2"]}))
    part, whole = (
        next(node.ask([(compact_claims(kb, claims), asks)], tmp_path))
        for claims in (sorted(used), None)
    )
    told = node.shown(explain(kb, question).to_dict())
    for key in ("verdict", "paths", "groups", "voting", "arms", "agreement"):
        assert part[0][key] == whole[0][key], key
        assert not node.difference(told[key], part[0][key])
    assert on_end(part[1], end) == on_end(whole[1], end) != []
    for key in ("verdict_before", "verdict_after", "no_longer_explained"):
        assert part[1][key] == whole[1][key], key


HOSTILE = ["__proto__", "constructor", "</script><b>", "\u2028", "\U0001f9ec", "toString", "a\tb"]


def hostile(name: str) -> KnowledgeBase:
    """Return a graph whose cell, drug and claims have a bad name."""
    rows: dict[str, Any] = {
        "entities": (
            Entity(f"x:{name}", name, kind="drug"),
            Entity("x:p", "p", kind="protein"),
            Entity(name, name, kind="cell", parents=(name,)),
        ),
        "assertions": (
            Assertion(name, f"x:{name}", "inhibits", "x:p", cell=name, note=name),
            Assertion(f"{name}2", f"x:{name}", "increases", "x:p", kind="observation"),
        ),
        "evidence": (Evidence("e", name, "s", cell=(name,)),),
        "sources": (Source("s", first_author=name),),
    }
    return KnowledgeBase(Tables(**rows))


def test_names_are_only_names(tmp_path: Path) -> None:
    """Nothing that is called like a part of the language, or holds markup, is more than a text."""
    graphs = [hostile(name) for name in HOSTILE]
    asks: list[list[node.Ask]] = [[("explain", {"a": f"x:{n}", "b": "x:p"})] for n in HOSTILE]
    batches = [(compact_claims(kb), a) for kb, a in zip(graphs, asks, strict=True)]
    for name, kb, [answer] in zip(HOSTILE, graphs, node.ask(batches, tmp_path), strict=True):
        told = node.shown(explain(kb, Question(f"x:{name}", "x:p")).to_dict())
        assert answer["verdict"] == "decreases", name
        assert not (found := node.difference(told, answer)), f"{name!r}: {found}"

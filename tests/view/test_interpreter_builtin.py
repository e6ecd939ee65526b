"""On the built-in graph the page's answer is the command's, for every question of a kind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moagraph.answers.parts import PathView
from moagraph.answers.whatif import WhatIf, WhatIfEffect
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.explain import explain
from moagraph.mechanism.model import DRUGS, is_step
from moagraph.mechanism.outcomes import Outcomes
from moagraph.mechanism.question import Question
from moagraph.mechanism.requires import parse_requires
from moagraph.mechanism.whatif import whatif
from moagraph.view.claims import compact_claims
from tests.view import node

Json = dict[str, Any]


def drugs(kb: KnowledgeBase) -> list[str]:
    """Return every drug, drug class and combination."""
    return [e.id for e in kb.tables.entities if e.kind in DRUGS]


def removable(kb: KnowledgeBase) -> list[str]:
    """Return everything whose removal might change a path: nodes, participants, gates."""
    found: set[str] = set()
    for a in kb.tables.assertions:
        if is_step(a):
            found.update(name for name in (a.subject, a.object, a.via) if name)
            found.update(t.entity for group in parse_requires(a.requires) for t in group)
    for row in kb.tables.machines:
        found.update((row.machine, row.participant))
    for name in tuple(found):
        entity = kb.entities.get(name)
        found.update(entity.members if entity is not None and entity.kind == "complex" else ())
        found.update(o for o in [kb.owner_of_feature.get(name)] if o)
    return sorted(found)


def questions(kb: KnowledgeBase, rows: dict[str, list[node.Ask]]) -> Iterator[Any]:
    """Yield the graph with the first questions, then the questions alone."""
    claims: Json | None = compact_claims(kb)
    for asked in rows.values():
        yield claims, asked
        claims = None


def brief(answer: WhatIf) -> Json:
    """Return a what-if as the driver shortens it."""

    def paths(views: tuple[PathView, ...]) -> list[Any]:
        return [[list(p.records), p.sign, p.voting, p.why_ranked] for p in views]

    def effect(e: WhatIfEffect) -> list[Any]:
        breaks = [[b.what.id, b.step, b.code, b.text, b.phase] for b in e.breaks]
        words = [e.object.id, e.sign, e.before, e.after, list(e.broken_by), list(e.let_through_by)]
        return [*words, breaks, paths(e.paths_before), paths(e.paths_after)]

    groups = ("lost", "weakened", "kept", "changed", "lifted")
    found: Json = {name: [effect(e) for e in getattr(answer, name)] for name in groups}
    return {**found, "text": answer.text, "no_longer_explained": list(answer.no_longer_explained)}


def without_paths(answer: Json) -> Json:
    """Return what the page says of a removal that changes nothing, without the paths."""
    assert not answer["no_longer_explained"]
    return {**answer, "kept": [[*effect[:-2], [], []] for effect in answer["kept"]]}


@pytest.fixture(autouse=True)
def without_collector() -> Iterator[None]:
    """Let many answers be made without the garbage collector going through them."""
    gc.disable()
    yield
    gc.enable()


def test_every_drug_and_end(graph: Graph, tmp_path: Path) -> None:
    """Explain: verdict, paths, votes, groups, reasons, words and all else."""
    kb = graph.kb
    ends = [e.id for e in kb.tables.entities]
    rows: dict[str, list[node.Ask]] = {
        drug: [("explain", {"a": drug, "b": end}) for end in ends] for drug in drugs(kb)
    }
    for drug, page in zip(rows, node.ask(questions(kb, rows), tmp_path), strict=True):
        for end, answer in zip(ends, page, strict=True):
            wanted = node.shown(explain(kb, Question(drug, end)).to_dict())
            assert not (found := node.difference(wanted, answer)), f"{drug} {end}: {found}"


def test_every_drug_and_removal(graph: Graph, tmp_path: Path) -> None:
    """What-if: what is lost, weakened, kept, changed and lifted, by what, and the paths."""
    kb = graph.kb
    taken = removable(kb)
    rows: dict[str, list[node.Ask]] = {
        drug: [("brief", {"a": drug, "without": [name]}) for name in taken] for drug in drugs(kb)
    }
    for drug, page in zip(rows, node.ask(questions(kb, rows), tmp_path), strict=True):
        before = Outcomes(kb, Question(drug))
        for name, told in zip(taken, page, strict=True):
            asked = Question(drug, without=(name,))
            changed = whatif(kb, asked, before, show_paths=False)
            if changed.lifted or len(changed.kept) < len(before.by_end):
                wanted, answer = brief(whatif(kb, asked, before)), told
            else:
                wanted, answer = brief(changed), without_paths(told)
            assert not (found := node.difference(wanted, answer)), f"{drug} {name}: {found}"

"""Writing a graph and reading it again is the identity, up to the losses that are stated."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.frozen import replace
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Entity, Source
from tests import strategies
from tests.formats.roundtrip import cited, kept_claims, kept_entities, there_and_back
from tests.vectors_support import tables_of

FLAT = ["kgx_tsv", "kgx_jsonl", "graphml", "cx2"]
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="|\ufffe\uffff"), max_size=12
).map(lambda text: text.strip() or "x")


@pytest.mark.parametrize("format", FLAT)
def test_the_built_in_graph_comes_back(graph: Graph, format: str, tmp_path: Path) -> None:
    kb = graph.kb
    back = there_and_back(kb, format, tmp_path)
    kept = kept_claims(kb)
    assert back.claims == kept
    assert back.entities == kept_entities(kb)
    assert cited(kept, back.evidence, back.sources) == cited(kept, kb.tables.evidence, kb.sources)
    lost = [r.reason.partition(":")[0] for r in back.report.remarks]
    assert lost == ["column moagraph"]
    assert "moagraph:participants" in back.report.remarks[0].reason


def test_sif_keeps_ends_words_and_kinds(graph: Graph, tmp_path: Path) -> None:
    kb = graph.kb
    back = there_and_back(kb, "sif", tmp_path)
    held = {
        (a.subject, a.relation, a.object, a.kind)
        for a in kept_claims(kb).values()
        if a.polarity == "asserted"
    }
    # A bare word is read by itself: `causes` between a drug and a condition is its effect.
    assert {(a.subject, a.relation, a.object, a.kind) for a in back.claims.values()} == held
    assert back.report.remarks == []


@st.composite
def odd_graphs(draw: Any) -> KnowledgeBase:
    """Draw a small graph whose texts hold what a format might trip over."""
    tables = tables_of({"graph": draw(strategies.graphs([strategies.SUBTYPE, strategies.DISEASE]))})

    def odd(entity: Entity) -> Entity:
        label, synonym = draw(TEXT), draw(TEXT)
        synonyms = (synonym,) if synonym != label else ()
        return replace(entity, label=label, synonyms=synonyms, description=draw(TEXT))

    entities = tuple(odd(e) if draw(st.booleans()) else e for e in tables.entities)
    claims = tuple(
        replace(a, note=draw(TEXT)) if draw(st.integers(0, 3)) == 0 else a
        for a in tables.assertions
    )
    source = Source("PMID:1", pmid="1")
    evidence = tuple(replace(e, source="PMID:1") for e in tables.evidence)
    made = replace(
        tables, entities=entities, assertions=claims, evidence=evidence, sources=(source,)
    )
    return KnowledgeBase(made)


@pytest.mark.parametrize("format", FLAT)
@given(kb=odd_graphs())
@settings(derandomize=True, deadline=None, max_examples=15)
def test_any_graph_comes_back(format: str, kb: KnowledgeBase) -> None:
    with tempfile.TemporaryDirectory() as folder:
        back = there_and_back(kb, format, Path(folder))
    kept = kept_claims(kb)
    assert back.claims == kept
    assert back.entities == kept_entities(kb)
    assert cited(kept, back.evidence, back.sources) == cited(kept, kb.tables.evidence, kb.sources)

"""Paths are ranked by what a reader should trust first, and say why."""

from __future__ import annotations

from typing import Any

import pytest

from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from moagraph.records import Assertion, Evidence
from tests.mechanism.small import claim, evidence, graph, slug, source

KINDS = {"drug": "drug", "a": "protein", "b": "protein", "x": "process", "t": "cell"}
TWO = [
    claim("da", "drug inhibits a", directness="direct"),
    claim("ax", "a increases x", directness="direct"),
    claim("db", "drug inhibits b", directness="direct"),
    claim("bx", "b increases x", directness="direct"),
]


def first(claims: list[Assertion], rows: list[Evidence], **question: Any) -> tuple[str, str]:
    """Return the first node of the best path, and why it is the best."""
    kb = graph(KINDS, claims, rows, [source("one"), source("two"), source("rev", kind="review")])
    best = explain(kb, Question(slug("drug"), slug("x"), **question)).paths[0]
    return best.steps[0].object.label, best.why_ranked


def rows_for(*ids: str, **more: str) -> list[Evidence]:
    return [evidence(name, "one", **more) for name in ids]


def test_sourced_before_unsourced() -> None:
    assert first(TWO, rows_for("da", "db", "bx"))[0] == "b"


def test_contested_steps_come_last() -> None:
    rows = [*rows_for("da", "ax", "db", "bx"), evidence("ax", "two", "refutes")]
    node, why = first(TWO, rows)
    assert node == "b"
    assert "no contested step" in why


def test_direct_before_inferred() -> None:
    claims = [claim("da", "drug inhibits a", directness="inferred"), *TWO[1:]]
    assert first(claims, rows_for("da", "ax", "db", "bx"))[0] == "b"


def test_seen_in_the_asked_context() -> None:
    rows = [*rows_for("da", "ax"), *rows_for("db", "bx", cell="t")]
    node, why = first(TWO, rows, cell=slug("t"))
    assert node == "b"
    assert "all steps seen in the asked context" in why


def test_more_independent_primary_sources() -> None:
    rows = rows_for("da", "ax", "db", "bx")
    rows += [evidence(name, "two") for name in ("db", "bx")]
    rows += [evidence(name, "rev") for name in ("da", "ax")]
    assert first(TWO, rows)[0] == "b"


def test_better_basis() -> None:
    rows = [*rows_for("da", "ax", basis="abstract"), *rows_for("db", "bx")]
    assert first(TWO, rows)[0] == "b"


def test_fewer_hops() -> None:
    claims = [*TWO[:2], claim("dx", "drug decreases x", directness="direct")]
    assert first(claims, rows_for("da", "ax", "dx"))[0] == "x"


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_the_tables_does_not_matter(reverse: bool) -> None:
    claims = TWO[::-1] if reverse else TWO
    kb = graph(KINDS, claims)
    records = [p.records for p in explain(kb, Question(slug("drug"), slug("x"))).paths]
    assert records == [("da", "ax"), ("db", "bx")]

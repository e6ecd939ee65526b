"""The path-degree product of a path, against its definition worked out by hand and by force."""

from __future__ import annotations

import random
from math import prod
from pathlib import Path

import pytest

from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import Imported
from moagraph.graph import Graph
from moagraph.mechanism import step_index
from moagraph.records import Assertion, Entity

KINDS = {"d": "drug", "p": "protein", "x": "process", "s": "disease"}


def compiled(pairs: list[tuple[str, str, str]], folder: Path) -> Graph:
    """Return the graph of some steps; the first letter of a node is its kind."""
    names = sorted({name for a, _, b in pairs for name in (a, b)})
    entities = [Entity(f"X:{n}", n, kind=KINDS[n[0]]) for n in names]
    claims = [Assertion(f"c{n:03}", f"X:{a}", r, f"X:{b}") for n, (a, r, b) in enumerate(pairs)]
    write(Imported(entities, claims), folder)
    return Graph(open_dataset(folder))


def by_definition(pairs: list[tuple[str, str, str]], path: list[tuple[str, str, str]]) -> float:
    """Return the product over the edges of both degrees by metaedge, each to the power -0.4."""
    degrees = []
    for a, relation, b in path:
        same = {(c, d) for c, r, d in pairs if r == relation and (c[0], d[0]) == (a[0], b[0])}
        degrees += [sum(c == a for c, _ in same), sum(d == b for _, d in same)]
    product: float = prod(degree**-0.4 for degree in degrees)
    return product


def test_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From d to s by the rare p, and by the hub q; edges of other types do not count."""
    monkeypatch.setattr(step_index, "EXACT", -1)
    pairs = [("d0", "inhibits", "p0"), ("d0", "inhibits", "p1"), ("d1", "inhibits", "p1")]
    pairs += [("p0", "promotes", "s0"), ("p1", "promotes", "s0")]
    pairs += [("p1", "promotes", f"s{n}") for n in (1, 2, 3)]
    # Neither another relation nor another kind makes a hub of p0 for these edges.
    pairs += [("p0", "inhibits", f"s{n}") for n in range(1, 9)]
    pairs += [("p0", "promotes", f"x{n}") for n in range(9)]
    answer = compiled(pairs, tmp_path / "d").explain("X:d0", "X:s0", max_length=2)
    assert [path.steps[0].object.label for path in answer.paths] == ["p0", "p1"]
    # (2 * 1) * (1 * 2) = 4, and (2 * 2) * (4 * 2) = 32.
    assert f"path-degree product {4**-0.4:.2g}" in answer.paths[0].why_ranked
    assert f"path-degree product {32**-0.4:.2g}" in answer.paths[1].why_ranked


def test_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_index, "EXACT", -1)
    chance = random.Random(7)
    names = ["d0", "d1", *(f"p{n}" for n in range(6)), *(f"x{n}" for n in range(4)), "s0", "s1"]
    pairs = sorted(
        {
            (chance.choice(names), chance.choice(["inhibits", "promotes"]), chance.choice(names))
            for _ in range(130)
        }
    )
    pairs = [pair for pair in pairs if pair[0] != pair[2]]
    answer = compiled(pairs, tmp_path / "d").explain("X:d0", "X:s0", max_length=4)
    assert len(answer.paths) > 20
    products = []
    for path in answer.paths:
        edges = [(s.subject.label, s.relation, s.object.label) for s in path.steps]
        products.append((path.length, by_definition(pairs, edges)))
        assert path.why_ranked.endswith(f"path-degree product {products[-1][1]:.2g}")
    # Nothing else tells these paths apart but their lengths.
    assert products == sorted(products, key=lambda p: (p[0], -round(p[1], 12)))

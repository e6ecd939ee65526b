"""Seeded graphs of the size and skew of the field's, for benchmarks; no real data."""

from __future__ import annotations

from typing import Any

import numpy as np

from moagraph.pathindex import Graph
from moagraph.pathindex.graph import Rows

HETIONET = (47_031, 2_250_197, 15_754)
"""Nodes, edges and largest degree of Hetionet 1.0 (Himmelstein 2017)."""
DRUGMECHDB = (5_128, 10_791)
"""Nodes and typed edges of the merged DrugMechDB (4,846 records)."""


def skewed_edges(nodes: int, edges: int, largest: int, seed: int = 1) -> np.ndarray[Any, Any]:
    """Return distinct undirected edges whose degrees fall off as a power of the rank.

    A configuration model: both ends are drawn by weight rank^-a, a such that the node of rank
    one has about `largest` edges. Shape (edges, 2), int32, smaller end first.
    """
    random = np.random.default_rng(seed)
    weight = _weights(nodes, edges, largest)
    names = random.permutation(nodes)
    found = np.empty(0, dtype=np.int64)
    while len(found) < edges:
        missing = int((edges - len(found)) * 1.2) + 1000
        ends = names[random.choice(nodes, size=(missing, 2), p=weight)].astype(np.int64)
        ends = ends[ends[:, 0] != ends[:, 1]]
        ends.sort(axis=1)
        found = np.unique(np.concatenate([found, ends[:, 0] * nodes + ends[:, 1]]))
    chosen = np.sort(random.permutation(found)[:edges])
    return np.stack([chosen // nodes, chosen % nodes], axis=1).astype(np.int32)


def directed(edges: np.ndarray[Any, Any], seed: int = 2) -> np.ndarray[Any, Any]:
    """Return undirected edges each turned one way by chance."""
    turned = np.random.default_rng(seed).random(len(edges)) < 0.5
    return np.where(turned[:, None], edges[:, ::-1], edges)


def _weights(nodes: int, edges: int, largest: int) -> np.ndarray[Any, Any]:
    ranks = np.arange(1, nodes + 1, dtype=float)
    low, high = 0.0, 2.0
    for _ in range(60):
        power = (low + high) / 2
        weight = ranks**-power
        weight /= weight.sum()
        low, high = (power, high) if weight[0] * 2 * edges < largest else (low, power)
    return weight


def graph_from(nodes: int, edges: np.ndarray[Any, Any], *, directed: bool, kind: Any = ()) -> Graph:
    """Return the graph of edges of shape (n, 2)."""
    if not directed:
        both = np.concatenate([edges, edges[:, ::-1]])
        rows = _rows(nodes, both)
        return Graph(rows, rows, kind)
    return Graph(_rows(nodes, edges), _rows(nodes, edges[:, ::-1]), kind)


def _rows(nodes: int, pairs: np.ndarray[Any, Any]) -> Rows:
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    starts = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs[:, 0], minlength=nodes), out=starts[1:])
    ends = np.ascontiguousarray(pairs[order, 1], dtype=np.int32)
    views: list[Any] = [starts.data, ends.data]  # Views of numbers, which numpy does not say.
    return Rows(*views)


def layered_edges(seed: int = 1) -> np.ndarray[Any, Any]:
    """Return directed edges of the size and skew of the merged DrugMechDB.

    Drugs lead to proteins, proteins to processes, cells and anatomy, these on to one another
    and to diseases, by weights that fall off with the rank, as in the records.
    """
    random = np.random.default_rng(seed)
    nodes, edges = DRUGMECHDB
    sizes = {"drug": 1_580, "protein": 1_320, "process": 1_100, "place": 360, "disease": 768}
    assert sum(sizes.values()) == nodes
    starts = dict(zip(sizes, np.cumsum([0, *list(sizes.values())[:-1]]), strict=True))
    flows = {
        ("drug", "protein"): 0.26,
        ("protein", "process"): 0.28,
        ("protein", "protein"): 0.06,
        ("process", "process"): 0.14,
        ("process", "disease"): 0.13,
        ("process", "place"): 0.05,
        ("place", "disease"): 0.03,
        ("place", "process"): 0.03,
        ("protein", "disease"): 0.02,
    }
    found: set[tuple[int, int]] = set()
    for (source, target), share in flows.items():
        wanted = len(found) + round(share * edges)
        while len(found) < wanted:
            a = int(sizes[source] * random.random() ** 2) + int(starts[source])
            b = int(sizes[target] * random.random() ** 3) + int(starts[target])
            if a != b:
                found.add((a, b))
    return np.array(sorted(found), dtype=np.int32)

"""All paths from drug to disease: ours against networkx, igraph and rustworkx.

    python benchmarks/paths.py [--pairs N] [--limit SECONDS] [--lengths 4 6 7]

Two graphs: the DrugMechDB records in the folder that MOAGRAPH_DRUGMECHDB names, merged as
`moagraph import` merges them, and a generated graph of the size and skew of all of DrugMechDB.
All must find the same number of paths. Times are CPU seconds for all paths of one pair; the
ratio is of sums over the pairs that the peer finished within the limit.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable
from functools import partial
from typing import Any

from graphs import graph_from, layered_edges
from measure import TooLong, at_most, cpu, head, median, milliseconds, row

from moagraph.pathindex import Graph, PathSearch, graph_of

Pair = tuple[int, int]
Finder = Callable[[int, int, int], int]


def from_records(folder: str) -> tuple[list[Pair], int, list[Pair]]:
    """Return edges, number of nodes and drug-disease pairs of a folder of records."""
    from moagraph.formats import drugmechdb
    from moagraph.mechanism.model import is_step

    imported = drugmechdb.read(folder)
    entities = list(imported.entities)
    number = {entity.id: place for place, entity in enumerate(entities)}
    edges = {(number[a.subject], number[a.object]) for a in imported.assertions if is_step(a)}
    drugs = [number[e.id] for e in entities if e.kind in ("drug", "chemical")]
    diseases = [number[e.id] for e in entities if e.kind == "disease"]
    return sorted(edges), len(entities), joined(graph_of(len(entities), edges), drugs, diseases)


def joined(graph: Graph, starts: list[int], ends: list[int]) -> list[Pair]:
    """Return pairs in a seeded order that a path of at most 4 steps joins."""
    chance = random.Random(7)
    pairs = [(a, b) for a in starts if graph.forward.degree(a) for b in chance.sample(ends, 12)]
    chance.shuffle(pairs)
    return [p for p in pairs if next(iter(PathSearch(graph, *p, 4)), None)]


def finders(nodes: int, edges: list[Pair], graph: Graph) -> dict[str, Finder]:
    """Return what lists all paths of a pair and returns how many there are, by library."""
    import igraph
    import networkx as nx
    import rustworkx

    of_networkx: Any = nx.DiGraph(edges)
    of_igraph = igraph.Graph(n=nodes, edges=edges, directed=True)
    of_rustworkx: Any = rustworkx.PyDiGraph()
    of_rustworkx.add_nodes_from(range(nodes))
    of_rustworkx.add_edges_from_no_data(edges)
    return {
        "moagraph": lambda a, b, n: len(list(PathSearch(graph, a, b, n))),
        "networkx": lambda a, b, n: len(list(nx.all_simple_paths(of_networkx, a, b, cutoff=n))),
        "igraph": lambda a, b, n: len(of_igraph.get_all_simple_paths(a, to=b, maxlen=n)),
        "rustworkx": lambda a, b, n: len(
            rustworkx.digraph_all_simple_paths(of_rustworkx, a, b, cutoff=n + 1)
        ),
    }


def measure(
    name: str, finder: dict[str, Finder], pairs: list[Pair], length: int, limit: float
) -> None:
    """Print one line per peer for one length."""
    spent: dict[str, list[float | None]] = {peer: [] for peer in finder}
    counts = []
    for a, b in pairs:
        found = {}
        for peer, find in finder.items():
            try:
                with at_most(limit):
                    seconds, found[peer] = cpu(partial(find, a, b, length))
                spent[peer].append(seconds)
            except TooLong:
                spent[peer].append(None)
        if len(set(found.values())) != 1:
            raise SystemExit(f"the numbers of paths differ from {a} to {b}: {found}")
        counts.append(found["moagraph"])
    for peer in list(finder)[1:]:
        both = [(o, t) for o, t in zip(spent["moagraph"], spent[peer], strict=True) if o and t]
        ours, theirs = (sum(column) for column in zip(*both, strict=True))
        row(
            name,
            length,
            f"{median(counts):.0f} ({sum(counts)})",
            milliseconds(ours / len(both)),
            peer,
            milliseconds(theirs / len(both)),
            f"{theirs / ours:.1f}",
            len(pairs) - len(both) or "",
        )


def main() -> None:
    """Measure both graphs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--limit", type=float, default=10)
    parser.add_argument("--lengths", type=int, nargs="*", default=[4, 6, 7])
    options = parser.parse_args()
    head("graph", "length", "paths: median (sum)", "moagraph", "peer", "peer's", "ratio", "failed")
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if folder:
        edges, nodes, pairs = from_records(folder)
        graph = graph_of(nodes, edges)
        finder = finders(nodes, edges, graph)
        for length in options.lengths:
            name = f"records at hand, {nodes} nodes, {len(edges)} edges"
            measure(name, finder, pairs[: options.pairs], length, options.limit)
    array = layered_edges()
    nodes = 5_128
    edges = [tuple(pair) for pair in array.tolist()]
    graph = graph_from(nodes, array, directed=True)
    pairs = joined(graph, list(range(1_580)), list(range(4_360, nodes)))
    finder = finders(nodes, edges, graph)
    for length in options.lengths:
        name = f"generated, {nodes} nodes, {len(edges)} edges"
        measure(name, finder, pairs[: options.pairs], length, options.limit)


if __name__ == "__main__":
    main()

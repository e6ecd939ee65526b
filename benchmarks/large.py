"""Paths on a graph of the size and skew of Hetionet: ours against rustworkx and networkx.

    python benchmarks/large.py [--pairs N] [--limit SECONDS]

47,031 nodes and 2,250,197 undirected edges are generated from a seed. Pairs have degrees between
50 and 600, as drugs and diseases there have; *busy* ones between 600 and 2,000, with at least
100,000 paths of up to 4 steps each. Times are CPU; *cold* is before any row has become a set,
*warm* after. rustworkx cannot be interrupted: it is asked for length 3 only, where
networkx is stopped at the limit.
"""

from __future__ import annotations

import argparse
import random
from functools import partial
from itertools import islice

from graphs import HETIONET, graph_from, skewed_edges
from measure import TooLong, at_most, cpu, head, median, milliseconds, row

from moagraph.pathindex import Graph, PathSearch

CAP = 100_000


def pairs_of(graph: Graph, count: int, least: int = 50, most: int = 600) -> list[tuple[int, int]]:
    """Return seeded pairs of nodes whose degrees lie between two numbers."""
    chance = random.Random(3)
    middling = [n for n in range(len(graph)) if least <= graph.forward.degree(n) <= most]
    return [(chance.choice(middling), chance.choice(middling)) for _ in range(count)]


def busy_pairs(graph: Graph, count: int) -> list[tuple[int, int]]:
    """Return seeded pairs of nodes between which there are many paths of up to 4 steps."""
    drawn = pairs_of(graph, 20 * count, 600, 2_000)
    many = (pair for pair in drawn if first(graph, *pair, 4, False, CAP) == CAP)
    return list(islice(many, count))


def forget(graph: Graph) -> None:
    """Drop all sets, as in a fresh process."""
    graph.forward.sets.clear()


def first(graph: Graph, a: int, b: int, length: int, exactly: bool, limit: int) -> int:
    """Return how many paths there are, up to a limit."""
    search = PathSearch(graph, a, b, length)
    found = search.of_length(length) if exactly else iter(search)
    return len(list(islice(found, limit)))


def ours(
    graph: Graph, pairs: list[tuple[int, int]], length: int, which: str = ""
) -> tuple[float, float]:
    """Print our lines for one length; return seconds for all paths, warm and cold."""
    rows: dict[str, list[float]] = {}
    paths = []
    for a, b in pairs:
        forget(graph)
        rows.setdefault("first 10, cold", []).append(cpu(partial(cold, graph, a, b, length, 10))[0])
        forget(graph)
        rows.setdefault(f"all up to {CAP:,}, cold", []).append(
            cpu(partial(cold, graph, a, b, length, CAP))[0]
        )
        warm = partial(first, graph, a, b, length, False, 10)
        rows.setdefault("first 10, warm", []).append(cpu(warm)[0])
        exact = partial(first, graph, a, b, length, True, 10)
        rows.setdefault(f"first 10 of length {length} itself, warm", []).append(cpu(exact)[0])
        seconds, count = cpu(partial(first, graph, a, b, length, False, CAP))
        rows.setdefault(f"all up to {CAP:,}, warm", []).append(seconds)
        paths.append(count)
        rows.setdefault("count of walks, warm", []).append(
            cpu(PathSearch(graph, a, b, length).walks)[0]
        )
    for what, values in rows.items():
        row(
            length,
            f"{which}{what}",
            f"{median(paths):.0f}",
            milliseconds(median(values)),
            "",
            "",
            "",
        )
    return median(rows[f"all up to {CAP:,}, warm"]), median(rows[f"all up to {CAP:,}, cold"])


def cold(graph: Graph, a: int, b: int, length: int, limit: int) -> int:
    """Search after dropping all sets."""
    forget(graph)
    return first(graph, a, b, length, False, limit)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=8)
    options = parser.parse_args()
    import networkx as nx
    import rustworkx

    nodes, count, largest = HETIONET
    edges = skewed_edges(nodes, count, largest)
    graph = graph_from(nodes, edges, directed=False)
    pairs = pairs_of(graph, options.pairs)
    head("length", "what", "paths (median)", "moagraph", "peer", "peer's", "ratio")
    warm, cold_ = ours(graph, pairs, 3)
    of_rustworkx = rustworkx.PyGraph()
    of_rustworkx.add_nodes_from(range(nodes))
    of_rustworkx.add_edges_from_no_data([tuple(e) for e in edges.tolist()])
    spent, numbers = [], []
    for a, b in pairs:
        call = partial(rustworkx.graph_all_simple_paths, of_rustworkx, a, b, cutoff=4)
        seconds, found = cpu(call)
        spent.append(seconds)
        numbers.append(len(found))
        if len(found) != first(graph, a, b, 3, False, 10**9):
            raise SystemExit("the numbers of paths differ")
    theirs = median(spent)
    row(
        3,
        "all, warm",
        median(numbers),
        milliseconds(warm),
        "rustworkx",
        milliseconds(theirs),
        f"{theirs / warm:.0f}",
    )
    row(
        3,
        "all, cold",
        median(numbers),
        milliseconds(cold_),
        "rustworkx",
        milliseconds(theirs),
        f"{theirs / cold_:.0f}",
    )
    ours(graph, pairs, 4)
    ours(graph, busy_pairs(graph, options.pairs), 3, "busy: ")
    ours(graph, busy_pairs(graph, options.pairs), 4, "busy: ")
    del of_rustworkx
    of_networkx: nx.Graph[int] = nx.Graph(map(tuple, edges.tolist()))
    a, b = pairs[0]
    try:
        with at_most(options.limit):
            seconds = cpu(lambda: list(nx.all_simple_paths(of_networkx, a, b, cutoff=3)))[0]
        row(
            3,
            "all of the first pair, warm",
            "",
            milliseconds(warm),
            "networkx",
            milliseconds(seconds),
            f"{seconds / warm:.0f}",
        )
    except TooLong:
        row(
            3,
            "all of the first pair, warm",
            "",
            milliseconds(warm),
            "networkx",
            f"over {options.limit:.0f} s",
            f"over {options.limit / warm:.0f}",
        )


if __name__ == "__main__":
    main()

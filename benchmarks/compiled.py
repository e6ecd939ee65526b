"""Compile a large graph, open it, ask it: CPU, peak memory and size, in processes of their own.

    python benchmarks/compiled.py [--edges 10000 100000 1000000] [--folder DIR]

For each number of edges a graph with the density and skew of Hetionet is generated, as a reader
would yield it (claims with ids, evidence from one source each), and compiled. A fresh process
then opens it and asks for the first ten paths of up to 4 steps between two nodes with eight times
the mean of neighbours, asks again, and lists up to 100,000 paths, every step fired. Memory is the
peak resident size of each process; bytes per edge are those of the whole dataset on disk and of
the arrays that are searched.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measure import head, row

HETIONET_NODES, HETIONET_EDGES, HETIONET_LARGEST = 47_031, 2_250_197, 15_754


def compile_graph(edges: int, folder: str) -> None:
    """Generate and compile a graph; print what it took as JSON."""
    from graphs import directed, skewed_edges

    from moagraph.dataset import write
    from moagraph.dataset.imported import Imported
    from moagraph.records import Assertion, Entity, Evidence, Source

    nodes = max(200, round(HETIONET_NODES * (edges / HETIONET_EDGES) ** 0.5))
    array = directed(skewed_edges(nodes, edges, min(nodes // 3, HETIONET_LARGEST)))
    kinds = ("protein", "drug", "disease", "process", "anatomy")
    relations = ("increases", "decreases", "affects")
    generated = time.process_time()

    def claims() -> Iterator[Assertion]:
        for number, (a, b) in enumerate(array):
            relation = relations[number % 3]
            yield Assertion(f"edge:{number}", f"EX:{a}", relation, f"EX:{b}")

    def evidence() -> Iterator[Evidence]:
        for number in range(edges):
            yield Evidence(f"e{number}", f"edge:{number}", f"PMID:{number % 20_000}")

    imported = Imported(
        (Entity(f"EX:{n}", f"node {n}", kind=kinds[n % 5]) for n in range(nodes)),
        claims(),
        (Source(f"PMID:{n}", pmid=str(n)) for n in range(20_000)),
        evidence(),
    )
    write(imported, folder)
    spent = time.process_time() - generated
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = [p for p in Path(folder).rglob("*") if p.is_file()]
    size = sum(p.stat().st_size for p in files)
    arrays = sum(p.stat().st_size for p in files if p.name == "index.bin")
    print(json.dumps({"cpu": spent, "peak": peak, "size": size, "arrays": arrays, "nodes": nodes}))


def search(folder: str) -> None:
    """Open a dataset and search; print what it took as JSON."""
    start = time.process_time()
    from moagraph.graph import load

    graph = load(folder)
    opened = time.process_time() - start
    index = graph.kb.index  # type: ignore[attr-defined]
    nodes = len(index.forward_start) - 1
    out = [index.forward_start[n + 1] - index.forward_start[n] for n in range(nodes)]
    into = [index.backward_start[n + 1] - index.backward_start[n] for n in range(nodes)]
    # A pair with many neighbours, so that there is something to list.
    middle = 8 * len(index.forward_node) / nodes
    a = min(range(nodes), key=lambda n: abs(out[n] - middle))
    b = min((n for n in range(nodes) if n != a), key=lambda n: abs(into[n] - middle))
    ends = (graph.kb.id_at(a), graph.kb.id_at(b))  # type: ignore[attr-defined]
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = []
    found = 0
    for _ in range(2):
        start = time.process_time()
        found = len(list(graph.paths(*ends, max_length=4, max_paths=10)))
        times.append(time.process_time() - start)
    start = time.process_time()
    many = graph.paths(*ends, max_length=4)
    count = sum(1 for _, _ in zip(many.all_walks(), range(100_000), strict=False))
    all_ = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "open": opened,
                "first": times[0],
                "warm": times[1],
                "found": found,
                "all": all_,
                "count": count,
                "peak": peak,
                "base": base,
            }
        )
    )


def in_process(*arguments: str) -> dict[str, float]:
    """Run this file in a fresh process and return what it printed."""
    run = subprocess.run(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def main() -> None:
    """Measure all sizes."""
    if sys.argv[1:2] == ["compile"]:
        return compile_graph(int(sys.argv[2]), sys.argv[3])
    if sys.argv[1:2] == ["search"]:
        return search(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    head(
        "edges",
        "nodes",
        "compile, CPU s",
        "us per edge",
        "peak MB",
        "bytes per edge: disk, arrays",
        "open, CPU ms",
        "first ten of up to 4, ms",
        "again, ms",
        "all up to 100,000, s (paths)",
        "peak MB",
    )
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for edges in options.edges:
            place = os.path.join(folder, str(edges))
            made = in_process("compile", str(edges), place)
            asked = in_process("search", place)
            row(
                f"{edges:,}",
                f"{made['nodes']:,}",
                f"{made['cpu']:.1f}",
                f"{made['cpu'] / edges * 1e6:.1f}",
                f"{made['peak']:.0f}",
                f"{made['size'] / edges:.0f}, {made['arrays'] / edges:.1f}",
                f"{asked['open'] * 1e3:.0f}",
                f"{asked['first'] * 1e3:.1f}",
                f"{asked['warm'] * 1e3:.1f}",
                f"{asked['all']:.1f} ({asked['count']:.0f})",
                f"{asked['peak']:.0f}",
            )
    return None


if __name__ == "__main__":
    main()

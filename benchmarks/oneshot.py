"""One question of the shell to a compiled dataset, against `python -c pass`.

    python benchmarks/oneshot.py [--runs N]

Two datasets: the DrugMechDB records in the folder that MOAGRAPH_DRUGMECHDB names, and a generated
graph of the size and skew of all of DrugMechDB. Each command runs as a whole process, in turn
with the peer, after a first run that is not counted: it makes the triples for `query`. Printed
are median CPU milliseconds, their ratio, the bar and the peak memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from measure import head, row
from startup import cost

BAR = 10


def generated(folder: str) -> tuple[str, str]:
    """Compile a generated graph; return the ids of a drug and a disease that paths join."""
    from graphs import layered_edges

    from moagraph.dataset import write
    from moagraph.dataset.imported import Imported
    from moagraph.pathindex import PathSearch, graph_of
    from moagraph.records import Assertion, Entity, Evidence, Source

    edges = layered_edges().tolist()
    kinds = ["drug"] * 1_580 + ["protein"] * 1_320 + ["process"] * 1_460 + ["disease"] * 768
    write(
        Imported(
            [Entity(f"EX:{n}", f"node {n}", kind=kind) for n, kind in enumerate(kinds)],
            [
                Assertion(f"claim-{n}", f"EX:{a}", "increases", f"EX:{b}")
                for n, (a, b) in enumerate(edges)
            ],
            [Source("s", "database record")],
            [Evidence(f"e{n}", f"claim-{n}", "s") for n in range(len(edges))],
            [(f"claim-{n}", f"record {n % 4_846}") for n in range(len(edges))],
            closed_kinds=("drug", "disease"),
        ),
        folder,
    )
    graph = graph_of(len(kinds), map(tuple, edges))
    for a in range(1_580):
        for b in range(4_360, len(kinds)):
            count = len(PathSearch(graph, a, b, 6).first(60)[0])
            if 20 <= count < 60:
                return f"EX:{a}", f"EX:{b}"
    raise SystemExit("no pair is joined by 20 to 60 paths")


def imported(records: str, folder: str) -> tuple[str, str]:
    """Compile records; return the ids of imatinib and chronic myeloid leukemia."""
    from moagraph.dataset import write
    from moagraph.formats import drugmechdb

    write(drugmechdb.read(records), folder)
    return "mesh:D000068877", "mesh:D015464"


def compiled(folder: str, records: str) -> list[str]:
    """Compile in another process: what is measured inherits the peak memory of this one."""
    command = [sys.executable, __file__, "compile", folder, records]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def measure(name: str, program: str, folder: str, ends: list[str], runs: int) -> None:
    """Print a line for each command."""
    commands = {
        "info": ["info", ends[0]],
        "search": ["search", ends[0].split(":")[1]],
        "paths": ["paths", *ends, "--max-length", "6"],
        "explain": ["explain", *ends],
        "query": ["query", "SELECT (count(*) AS ?n) { ?s a ?o }"],
    }
    for command, arguments in commands.items():
        ours, peer, peak = [], [], 0.0
        cost([program, "-d", folder, *arguments])
        for _ in range(runs):
            peer.append(cost([sys.executable, "-c", "pass"])[0])
            spent, size = cost([program, "-d", folder, *arguments])
            ours.append(spent)
            peak = max(peak, size)
        mine, theirs = statistics.median(ours), statistics.median(peer)
        times = (f"{mine * 1e3:.0f} ms", f"{theirs * 1e3:.1f} ms", f"{mine / theirs:.1f}")
        row(name, command, *times, f"<= {BAR}", f"{peak:.0f}")


def main() -> None:
    """Measure both datasets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    if sys.argv[1:2] == ["compile"]:
        _, _, where, source = sys.argv
        print(*(imported(source, where) if source else generated(where)))
        return
    runs = parser.parse_args().runs
    program = shutil.which("moagraph", path=os.path.dirname(sys.executable))
    if program is None:
        raise SystemExit("moagraph is not installed; run `pip install -e .` first")
    head("dataset", "command", "moagraph", "python -c pass", "ratio", "bar", "peak MB")
    with tempfile.TemporaryDirectory() as folder:
        records = os.environ.get("MOAGRAPH_DRUGMECHDB")
        if records:
            place = os.path.join(folder, "records")
            measure("records at hand", program, place, compiled(place, records), runs)
        place = os.path.join(folder, "generated")
        measure("generated", program, place, compiled(place, ""), runs)


if __name__ == "__main__":
    main()

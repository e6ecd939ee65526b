"""Reading RDF into tables against pyoxigraph's bulk load of the same bytes.

    python benchmarks/rdf_import.py [--runs N]

Ours checks the bytes, parses them and makes every record; the peer only parses and indexes the
triples. Both run in turn in one process, without garbage collection as on the command line.
Printed are median CPU seconds and the median of the ratios of each turn.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable

import pyoxigraph as ox

from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import FORMATS, read_rdf, write

BAR = 1.3
SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def seconds(run: Callable[[], object]) -> float:
    """Return the CPU seconds of a run."""
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    """Measure each syntax in turn and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    gc.disable()
    kb = KnowledgeBase.read()
    print(f"{'syntax':10} {'MB':>5} {'bulk_load':>10} {'read_rdf':>10} {'ratio':>7}   bar {BAR}")
    for name in FORMATS:
        data = write(kb, name).encode()

        def load(data: bytes = data, name: str = name) -> None:
            ox.Store().bulk_load(data, format=SYNTAXES[name])

        def read(data: bytes = data, name: str = name) -> None:
            read_rdf(data, name)

        pairs = [(seconds(load), seconds(read)) for _ in range(runs)]
        peer, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(own / other for other, own in pairs)
        size = len(data) / 1e6
        print(f"{name:10} {size:5.1f} {peer:10.3f} {ours:10.3f} {ratio:7.2f}")


if __name__ == "__main__":
    main()

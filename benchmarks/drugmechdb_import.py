"""Import of DrugMechDB records against a bare parse of their YAML by PyYAML's C loader.

    MOAGRAPH_DRUGMECHDB=FOLDER python benchmarks/drugmechdb_import.py [--runs N]

`read` is what turns files into entities, claims, evidence, memberships and a report; `import`
also compiles them into a dataset on disk. Peer and ours run in turn in one process; printed are
median CPU seconds and the median of the ratios of each turn, with the bar for `read`.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from moagraph import dataset
from moagraph.formats import drugmechdb

BAR = 1.3


def seconds(run: Callable[[], object]) -> float:
    """Return the CPU seconds of a run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def parse(paths: list[Path]) -> None:
    """Parse all files as most programs do."""
    from yaml import CSafeLoader, load

    for path in paths:
        load(path.read_bytes(), Loader=CSafeLoader)


def read(folder: Path) -> None:
    """Read all records to their last row."""
    found = drugmechdb.read(folder)
    for rows in (found.entities, found.assertions, found.sources, found.evidence):
        for _ in rows:
            pass
    for _ in found.memberships:
        pass


def compile_dataset(folder: Path, target: Path) -> None:
    """Read all records and write the dataset."""
    shutil.rmtree(target, ignore_errors=True)
    dataset.write(drugmechdb.read(folder), target)


def main() -> None:
    """Measure in turn and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    folder = Path(os.environ.get("MOAGRAPH_DRUGMECHDB", ""))
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise SystemExit("MOAGRAPH_DRUGMECHDB must name a folder of DrugMechDB records")
    gc.disable()  # as the program does
    times: dict[str, list[float]] = {"parse": [], "read": [], "import": []}
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "dataset"
        parse(paths)
        compile_dataset(folder, target)
        for _ in range(runs):
            times["parse"].append(seconds(lambda: parse(paths)))
            times["read"].append(seconds(lambda: read(folder)))
            times["import"].append(seconds(lambda: compile_dataset(folder, target)))
            gc.collect()
    print(f"{len(paths)} records")
    print(f"{'what':<8}{'CPU s':>9}{'ratio':>8}{'bar':>6}")
    for what, found in times.items():
        ratio = statistics.median(a / b for a, b in zip(found, times["parse"], strict=True))
        bar = f"{BAR:g}" if what == "read" else ""
        print(f"{what:<8}{statistics.median(found):>9.3f}{ratio:>8.2f}{bar:>6}")


if __name__ == "__main__":
    main()

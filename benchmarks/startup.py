"""Start-up and one-shot questions against `python -c pass`.

    python benchmarks/startup.py [--runs N]

Each command runs as a whole process, in turn with the peer, so that a drift of the machine
hits both. Printed are the median CPU seconds (user and system, of the operating system's own
accounting), their ratio to the peer, the bar, and the largest resident size.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from typing import NamedTuple


class Case(NamedTuple):
    """One command, the most it may cost relative to the peer, and its memory bar in MB."""

    name: str
    arguments: tuple[str, ...]
    ratio: float
    megabytes: int


CASES = (
    Case("--help", ("--help",), 5, 20),
    Case("explain", ("explain", "lenalidomide", "multiple myeloma"), 8, 60),
    Case("info", ("info", "CRBN"), 8, 60),
    Case("query", ("query", "SELECT ?p { CHEBI:63791 moa:increasesDegradationOf ?p }"), 10, 60),
    Case("named", ("query", "--name", "neosubstrates", "-p", "drug=lenalidomide"), 10, 60),
)


def cost(command: list[str]) -> tuple[float, float]:
    """Run a command to its end; return its CPU seconds and its peak resident size in MB."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = os.posix_spawn(
        command[0],
        command,
        environment,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Measure all cases and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    program = shutil.which("moagraph", path=os.path.dirname(sys.executable)) or shutil.which(
        "moagraph"
    )
    if program is None:
        raise SystemExit("moagraph is not installed; run `pip install -e .` first")
    peer = [sys.executable, "-c", "pass"]
    print(f"{'command':<10}{'ours s':>9}{'peer s':>9}{'ratio':>8}{'bar':>6}{'MB':>8}{'bar':>6}")
    for case in CASES:
        ours, theirs = [], []
        cost([program, *case.arguments])
        for _ in range(runs):
            ours.append(cost([program, *case.arguments]))
            theirs.append(cost(peer))
        own = statistics.median(seconds for seconds, _ in ours)
        base = statistics.median(seconds for seconds, _ in theirs)
        memory = max(megabytes for _, megabytes in ours)
        print(
            f"{case.name:<10}{own:>9.4f}{base:>9.4f}{own / base:>8.1f}{case.ratio:>6g}"
            f"{memory:>8.1f}{case.megabytes:>6}"
        )


if __name__ == "__main__":
    main()

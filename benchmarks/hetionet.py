"""Import and questions on a graph with the types and counts of Hetionet, as a user would.

    python benchmarks/hetionet.py [--folder DIR] [--share 1.0] [--exports]

The numbers of nodes by type and of edges by pair of types are those of Hetionet 1.0 (Himmelstein
et al., eLife 2017;6:e26726); which node has which edges is drawn from a seed, by weights that fall
off with the rank. No edge is real, nor is any id. Edges are directed as the source has them. The
graph is written as KGX TSV and imported; then each command runs in a process of its own. With
`--exports` the commands are those that write the whole graph in another format.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from measure import head, row

NODES = {
    "Anatomy": (402, "biolink:AnatomicalEntity"),
    "BiologicalProcess": (11_381, "biolink:BiologicalProcess"),
    "CellularComponent": (1_391, "biolink:CellularComponent"),
    "Compound": (1_552, "biolink:Drug"),
    "Disease": (137, "biolink:Disease"),
    "Gene": (20_945, "biolink:Gene"),
    "MolecularFunction": (2_884, "biolink:MolecularActivity"),
    "Pathway": (1_822, "biolink:Pathway"),
    "PharmacologicClass": (345, "biolink:ChemicalEntity"),
    "SideEffect": (5_734, "biolink:PhenotypicFeature"),
    "Symptom": (438, "biolink:PhenotypicFeature"),
}
EDGES = (
    ("Compound", "Gene", 51_429, "biolink:affects"),
    ("Gene", "Gene", 474_526, "biolink:regulates"),
    ("Gene", "BiologicalProcess", 559_504, "biolink:affects"),
    ("Gene", "CellularComponent", 73_566, "biolink:affects"),
    ("Gene", "MolecularFunction", 97_222, "biolink:affects"),
    ("Gene", "Pathway", 84_372, "biolink:affects"),
    ("Anatomy", "Gene", 726_495, "biolink:affects"),
    ("Compound", "SideEffect", 138_944, "biolink:causes"),
    ("Compound", "Disease", 1_145, "biolink:ameliorates_condition"),
    ("Compound", "Compound", 6_486, "biolink:affects"),
    ("Disease", "Gene", 27_977, "biolink:affects"),
    ("Disease", "Anatomy", 3_602, "biolink:affects"),
    ("Disease", "Symptom", 3_357, "biolink:causes"),
    ("Disease", "Disease", 543, "biolink:affects"),
    ("PharmacologicClass", "Compound", 1_029, "biolink:affects"),
)
_TURNED = ("Disease", "Gene")
"""Of these edges every other one leads from gene to disease, so that mechanisms can end there."""


def edges_of(seed: int = 1, share: float = 1.0) -> Iterator[tuple[str, str, str]]:
    """Yield subject, predicate and object, no two of a pair of types alike."""
    random = np.random.default_rng(seed)
    for source, target, count, predicate in EDGES:
        pairs = _pairs(random, NODES[source][0], NODES[target][0], round(count * share))
        turned = (source, target) == _TURNED
        for number, (a, b) in enumerate(pairs.tolist()):
            ends = f"EX:{source}-{a}", f"EX:{target}-{b}"
            subject, object_ = reversed(ends) if turned and number % 2 else ends
            yield subject, predicate, object_


def _pairs(random: Any, rows: int, columns: int, count: int) -> np.ndarray[Any, Any]:
    """Return distinct pairs, the ends drawn by weights that fall off as rank to the power -0.6."""
    found = np.empty(0, dtype=np.int64)
    while len(found) < count:
        missing = int((count - len(found)) * 1.3) + 100
        a = random.choice(rows, size=missing, p=_weights(rows))
        b = random.choice(columns, size=missing, p=_weights(columns))
        found = np.unique(np.concatenate([found, a * columns + b]))
    chosen = np.sort(random.permutation(found)[:count])
    return np.stack([chosen // columns, chosen % columns], axis=1)


def _weights(nodes: int) -> np.ndarray[Any, Any]:
    weight: np.ndarray[Any, Any] = np.arange(1, nodes + 1, dtype=float) ** -0.6
    weight /= weight.sum()
    return weight


def write(folder: Path, share: float = 1.0) -> int:
    """Write `nodes.tsv` and `edges.tsv` and return the number of edges."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "nodes.tsv").open("w", encoding="utf-8") as out:
        out.write("id\tcategory\tname\n")
        for kind, (count, category) in NODES.items():
            out.writelines(f"EX:{kind}-{n}\t{category}\t{kind} {n}\n" for n in range(count))
    edges = 0
    with (folder / "edges.tsv").open("w", encoding="utf-8") as out:
        out.write("id\tsubject\tpredicate\tobject\tknowledge_level\tagent_type\tpublications\n")
        for edges, (subject, predicate, object_) in enumerate(edges_of(share=share), start=1):
            out.write(
                f"e{edges}\t{subject}\t{predicate}\t{object_}\tknowledge_assertion\t"
                f"manual_agent\tPMID:{edges % 20_000 + 1}\n"
            )
    return edges


def run(*command: str) -> tuple[float, float, str]:
    """Run moagraph; return its CPU seconds, its peak of memory in MB, and the last line it says."""
    words = [sys.executable, "-m", "moagraph_cli", *command]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = f"import resource, subprocess, sys; d = subprocess.run({words!r}, capture_output=True)\n"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    code += "print((d.stderr + d.stdout).decode().strip().splitlines()[-1])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, _, said = done.stdout.partition("\n")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, int(peak) / 1024, said.strip()


ENDS = ("EX:Compound-5", "EX:Disease-7")
ASKED = {
    "paths, first ten of up to 4 steps": ("paths", *ENDS, "--max-length", "4", "--max-paths", "10"),
    "paths along Drug > Gene > Gene > Disease": (
        *("paths", *ENDS, "--metapath", "Drug > Gene > Gene > Disease"),
        *("--max-paths", "10"),
    ),
    "paths along Drug > ... > Drug > ... > Disease, up to 4 steps": (
        *("paths", *ENDS, "--metapath", "Drug > ... > Drug > ... > Disease"),
        *("--max-length", "4", "--max-paths", "10"),
    ),
    "paths, count of up to 4 steps": ("paths", *ENDS, "--max-length", "4", "--count"),
    "explain, up to 3 steps": ("explain", *ENDS, "--max-length", "3", "-O", "json"),
    "explain, up to 8 steps": ("explain", *ENDS, "-O", "json"),
    "effects": ("effects", ENDS[0], "-O", "json"),
    "whatif without a gene": ("whatif", *ENDS, "--without", "EX:Gene-3", "-O", "json"),
    "drugs-for": ("drugs-for", ENDS[1], "-O", "json"),
    "search": ("search", "gene 12"),
    "info": ("info", ENDS[0]),
    "stats": ("stats",),
    "validate": ("validate",),
}
FORMATS = (
    *("sif", "bel", "kgx-tsv", "kgx-jsonl", "cx2", "graphml"),
    *("ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml"),
)


def export(data: str, folder: Path) -> None:
    """Write the dataset in every format that holds all of it, one after the other."""
    head("format", "CPU", "peak", "size")
    for name in FORMATS:
        target = folder / name
        spent, peak, _ = run("-d", data, "export", name, "-o", str(target))
        files = list(target.iterdir()) if target.is_dir() else [target]
        size = sum(file.stat().st_size for file in files) / 1e6
        row(name, f"{spent:.1f} s", f"{peak:.0f} MB", f"{size:,.0f} MB")
        for file in files:
            file.unlink()


def main() -> None:
    """Write the files, import them, and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the files and the dataset here")
    parser.add_argument("--share", type=float, default=1.0, help="of the edges, for a try")
    parser.add_argument("--exports", action="store_true", help="write it out in every format")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        edges = write(folder / "kgx", options.share)
        size = sum(file.stat().st_size for file in (folder / "kgx").iterdir())
        head("command", "CPU", "peak", "last line")
        data = str(folder / "hetionet.moa")
        spent, peak, said = run("import", str(folder / "kgx"), "-o", data)
        what = f"import of {edges:,} edges, {size / 1e6:.0f} MB"
        row(what, f"{spent:.1f} s", f"{peak:.0f} MB", said)
        if options.exports:
            export(data, folder)
            return
        for what, command in ASKED.items():
            spent, peak, said = run("-d", data, *command)
            said = "" if "json" in command else said
            row(what, f"{spent:.2f} s", f"{peak:.0f} MB", said)


if __name__ == "__main__":
    main()

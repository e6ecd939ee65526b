"""A KGX graph as records, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.curies import Identifiers
from moagraph.formats.kgx.edges import Edges
from moagraph.formats.kgx.nodes import Nodes
from moagraph.formats.kgx.rows import KgxFiles
from moagraph.formats.lines import Meter
from moagraph.records import Assertion, Entity

_ENDINGS = ("tsv", "jsonl", "ndjson", "csv")


def read_kgx(path: Path, meter: Meter | None = None) -> Imported:
    """Return the graph of a KGX file pair, given either file or the folder of both.

    The records come as generators: a graph of millions of edges never sits in memory.

    Raises:
        DataError: no such pair, or, while it is walked over, a file that cannot be understood.
    """
    files = find_pair(path)
    report = Report()
    ids = Identifiers()
    nodes = Nodes(ids, report)
    edges = Edges(ids, nodes, report)
    name = (files.edges or files.nodes or path).name.partition("_edges")[0].partition(".")[0]
    return Imported(
        entities=_entities(files, nodes, meter),
        assertions=_claims(files, edges, meter),
        sources=edges.sources(),
        evidence=edges.evidence(),
        report=report,
        name=name,
    )


def find_pair(path: Path) -> KgxFiles:
    """Return nodes and edges of the pair that a path names: either file, or their folder.

    Raises:
        DataError: none, or several, are there.
    """
    if path.is_dir():
        found = [p for p in sorted(path.iterdir()) if _role(p)]
        nodes = [p for p in found if _role(p) == "nodes"]
        edges = [p for p in found if _role(p) == "edges"]
        if len(nodes) > 1 or len(edges) > 1:
            named = ", ".join(p.name for p in found[:6])
            raise DataError(f"holds several KGX graphs ({named}); name one", file=str(path))
        if not found:
            raise DataError("holds no _nodes and _edges files of KGX", file=str(path))
        return KgxFiles(nodes[0] if nodes else None, edges[0] if edges else None)
    role = _role(path)
    if not role:
        message = "KGX files end in _nodes or _edges and .tsv or .jsonl, such as graph_edges.tsv"
        raise DataError(message, file=str(path))
    other = "edges" if role == "nodes" else "nodes"
    stem, _, ending = path.name.rpartition(role)
    partners = (path.with_name(f"{stem}{other}{e}") for e in (ending, f"{ending}.gz", ending[:-3]))
    partner = next((p for p in partners if p.is_file()), None)
    return KgxFiles(path, partner) if role == "nodes" else KgxFiles(partner, path)


def _role(path: Path) -> str:
    stem, _, ending = path.name.casefold().removesuffix(".gz").rpartition(".")
    if ending not in _ENDINGS[:3]:
        return ""
    return next((role for role in ("nodes", "edges") if stem.endswith(role)), "")


def is_kgx_name(path: Path) -> bool:
    """Tell whether a file is named as the files of KGX are."""
    return bool(_role(path))


def _entities(files: KgxFiles, nodes: Nodes, meter: Meter | None) -> Iterator[Entity]:
    if files.nodes is None:
        where = str(files.edges)
        nodes.report.add("unknown", "there is no file of nodes: no labels and kinds", file=where)
        return
    yield from nodes.entities(files.nodes, meter)


def _claims(files: KgxFiles, edges: Edges, meter: Meter | None) -> Iterator[Assertion]:
    if files.edges is None:
        where = str(files.nodes)
        edges.report.add("unknown", "there is no file of edges: no claims", file=where)
        return
    yield from edges.claims(files.edges, meter)

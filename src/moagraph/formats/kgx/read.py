"""A KGX graph as records, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.curies import Identifiers
from moagraph.formats.kgx.columns import EDGE_LISTS, NODE_LISTS
from moagraph.formats.kgx.edges import Edges
from moagraph.formats.kgx.nodes import Nodes, text
from moagraph.formats.kgx.rows import KgxFiles, Row, rows
from moagraph.formats.lines import Meter, head
from moagraph.records import Assertion, Entity

_ENDINGS = ("tsv", "jsonl", "ndjson")


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


def read_rows(
    nodes: Callable[[Report], Iterable[tuple[int, Row]]],
    edges: Callable[[Report], Iterable[tuple[int, Row]]],
    file: str,
    name: str,
) -> Imported:
    """Return what rows of another format say, read by the columns of KGX.

    Both are called when they are walked over, nodes first; what they remark on goes into the
    report that they are given.
    """
    report = Report()
    ids = Identifiers()
    node_reader = Nodes(ids, report)
    edge_reader = Edges(ids, node_reader, report)

    def entities() -> Iterator[Entity]:
        yield from node_reader.entities(nodes(report), file)

    def claims() -> Iterator[Assertion]:
        yield from edge_reader.claims(edges(report), file)

    return Imported(
        entities=entities(),
        assertions=claims(),
        sources=edge_reader.sources(),
        evidence=edge_reader.evidence(),
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
        inside = role_by_content(head(path))
        if inside:
            return KgxFiles(path, None) if inside == "nodes" else KgxFiles(None, path)
        message = "KGX files end in _nodes or _edges and .tsv or .jsonl, such as graph_edges.tsv"
        raise DataError(message, file=str(path))
    other = "edges" if role == "nodes" else "nodes"
    stem, _, ending = path.name.rpartition(role)
    partners = (path.with_name(f"{stem}{other}{e}") for e in (ending, f"{ending}.gz", ending[:-3]))
    partner = next((p for p in partners if p.is_file()), None)
    return KgxFiles(path, partner) if role == "nodes" else KgxFiles(partner, path)


def _role(path: Path) -> str:
    stem, _, ending = path.name.casefold().removesuffix(".gz").rpartition(".")
    if ending not in _ENDINGS:
        return ""
    return next((role for role in ("nodes", "edges") if stem.endswith(role)), "")


def role_by_content(first: bytes) -> str:
    """Tell by its beginning whether a file holds nodes or edges of KGX; "" for neither."""
    line = first.partition(b"\n")[0].decode("utf-8", "replace").strip()
    if line.startswith("{"):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            return ""
        columns = set(found) if isinstance(found, dict) else set()
    else:
        columns = set(line.split("\t"))
    if columns >= _EDGE:
        return "edges"
    return "nodes" if columns >= {"id", "category"} else ""


def is_kgx_name(path: Path) -> bool:
    """Tell whether a file is named as the files of KGX are."""
    return bool(_role(path))


def _entities(files: KgxFiles, nodes: Nodes, meter: Meter | None) -> Iterator[Entity]:
    if files.nodes is not None:
        found = rows(files.nodes, _NODE, NODE_LISTS, nodes.report, meter)
        yield from nodes.entities(found, str(files.nodes))
    elif files.edges is not None:
        where = str(files.edges)
        nodes.report.add("unknown", "there is no file of nodes: no labels and kinds", file=where)
        edges = rows(files.edges, _EDGE, frozenset(), Report())
        yield from nodes.entities(ends_of(edges), where)


def _claims(files: KgxFiles, edges: Edges, meter: Meter | None) -> Iterator[Assertion]:
    if files.edges is None:
        where = str(files.nodes)
        edges.report.add("unknown", "there is no file of edges: no claims", file=where)
        return
    found = rows(files.edges, _EDGE, EDGE_LISTS, edges.report, meter)
    yield from edges.claims(found, str(files.edges))


_NODE = frozenset({"id"})
_EDGE = frozenset({"subject", "predicate", "object"})


def ends_of(edges: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Yield a row of a node for each end of edges, each once."""
    seen: set[str] = set()
    for number, row in edges:
        for end in (text(row, "subject"), text(row, "object")):
            if end and end not in seen:
                seen.add(end)
                yield number, {"id": end}

"""A KGX graph as records, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.archives import is_archive, members
from moagraph.formats.curies import Identifiers
from moagraph.formats.kgx.columns import EDGE_LISTS, NODE_LISTS
from moagraph.formats.kgx.edges import Edges
from moagraph.formats.kgx.forms import EDGE, ROLES, is_json, role_by_content
from moagraph.formats.kgx.nodes import Nodes, text
from moagraph.formats.kgx.rows import KgxFiles, Row, rows
from moagraph.formats.lines import READING, Meter, broken, head
from moagraph.records import Assertion, Entity

_ENDINGS = ("tsv", "csv", "jsonl", "ndjson")


def read_kgx(*paths: Path, meter: Meter | None = None) -> Imported:
    """Return the graph of a KGX file pair, given either file, both, or their folder or archive.

    The records come as generators: a graph of millions of edges never sits in memory.

    Raises:
        DataError: no such pair, or, while it is walked over, a file that cannot be understood.
    """
    files = pair_of(paths)
    report = Report()
    ids = Identifiers()
    nodes = Nodes(ids, report)
    edges = Edges(ids, nodes, report)
    name = (files.edges or files.nodes or paths[0]).name.partition("_edges")[0].partition(".")[0]
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
    """Return nodes and edges of the pair that a path names: either file, their folder or archive.

    Raises:
        DataError: none, or several, are there.
    """
    if path.is_dir():
        return _pair_among(sorted(path.iterdir()), path)
    if is_archive(path):
        try:
            return _pair_among(members(path), path)
        except READING as error:
            raise broken(path, error) from error
    role = _role(path)
    if not role:
        inside = role_by_content(head(path))
        if inside == "both" or (not inside and is_json(path)):
            return KgxFiles(path, path)
        if inside:
            return KgxFiles(path, None) if inside == "nodes" else KgxFiles(None, path)
        message = (
            "KGX files end in _nodes or _edges and .tsv, .csv or .jsonl, such as graph_edges.tsv; "
            'or a .json file holds {"nodes": [...], "edges": [...]}'
        )
        raise DataError(message, file=str(path))
    partner = next((p for p in _partners(path, role) if p.is_file()), None)
    return KgxFiles(path, partner) if role == "nodes" else KgxFiles(partner, path)


def pair_of(paths: Sequence[Path]) -> KgxFiles:
    """Return the pair of some paths: of one as `find_pair` does, of two the nodes and the edges.

    Raises:
        DataError: they are several graphs, or none.
    """
    if len(paths) == 2 and not any(p.is_dir() or is_archive(p) for p in paths):
        roles = [_role(p) or role_by_content(head(p)) for p in paths]
        if sorted(roles) == ["edges", "nodes"]:
            return KgxFiles(paths[roles.index("nodes")], paths[roles.index("edges")])
    pairs = {find_pair(path) for path in paths}
    if len(pairs) > 1:
        raise DataError("one KGX graph at a time, its nodes and its edges", file=str(paths[1]))
    return pairs.pop()


def _pair_among(paths: list[Path], where: Path) -> KgxFiles:
    """Return the one pair among files; names that end in the role count before all others."""
    named = [p for p in paths if _role(p)]
    ending = [p for p in named if _stem(p)[0].endswith(ROLES)]
    found = ending or named
    nodes = [p for p in found if _role(p) == "nodes"]
    edges = [p for p in found if _role(p) == "edges"]
    if len(nodes) > 1 or len(edges) > 1:
        names = ", ".join(p.name for p in found[:6])
        raise DataError(f"holds several KGX graphs ({names}); name one", file=str(where))
    if not found:
        return _document_among(paths, where)
    return KgxFiles(nodes[0] if nodes else None, edges[0] if edges else None)


def _document_among(paths: list[Path], where: Path) -> KgxFiles:
    """Return the one JSON document among files, or the list of nodes and the list of edges."""
    found = [(role_by_content(head(p)), p) for p in paths if is_json(p) and not p.is_dir()]
    found = [(role, path) for role, path in found if role]
    if not found:
        raise DataError("holds no _nodes and _edges files of KGX", file=str(where))
    roles = sorted(role for role, _ in found)
    if roles not in (["both"], ["nodes"], ["edges"], ["edges", "nodes"]):
        names = ", ".join(path.name for _, path in found[:6])
        raise DataError(f"holds several KGX graphs ({names}); name one", file=str(where))
    by_role = dict(found)
    both = by_role.get("both")
    return KgxFiles(by_role.get("nodes", both), by_role.get("edges", both))


def _partners(path: Path, role: str) -> Iterator[Path]:
    """Yield where the other file of a pair may be: the same name but for the role, gzip or not."""
    at = path.name.casefold().rindex(role)
    written = path.name[at : at + len(role)]
    other = "edges" if role == "nodes" else "nodes"
    other = other.upper() if written.isupper() else other.title() if written[0] == "N" else other
    name = path.name[:at] + other + path.name[at + len(role) :]
    plain = name[:-3] if name.casefold().endswith(".gz") else name
    yield from map(path.with_name, dict.fromkeys((name, f"{plain}.gz", plain)))


def _stem(path: Path) -> tuple[str, str]:
    stem, _, ending = path.name.casefold().removesuffix(".gz").rpartition(".")
    return stem, ending


def _role(path: Path) -> str:
    """Return what a file holds by its name: nodes, edges, or ""."""
    stem, ending = _stem(path)
    if ending not in _ENDINGS:
        return ""
    words = _WORD.findall(stem)
    return next((r for r in ROLES if stem.endswith(r)), words[-1] if words else "")


_WORD = re.compile(r"(?<![a-z])(nodes|edges)(?![a-z])")


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
        edges = rows(files.edges, EDGE, frozenset(), Report())
        yield from nodes.entities(ends_of(edges), where)


def _claims(files: KgxFiles, edges: Edges, meter: Meter | None) -> Iterator[Assertion]:
    if files.edges is None:
        where = str(files.nodes)
        edges.report.add("unknown", "there is no file of edges: no claims", file=where)
        return
    found = rows(files.edges, EDGE, EDGE_LISTS, edges.report, meter)
    yield from edges.claims(found, str(files.edges))


_NODE = frozenset({"id"})


def ends_of(edges: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Yield a row of a node for each end of edges, each once."""
    seen: set[str] = set()
    for number, row in edges:
        for end in (text(row, "subject"), text(row, "object")):
            if end and end not in seen:
                seen.add(end)
                yield number, {"id": end}

"""Node-link JSON as networkx and D3 write it: nodes, and links or edges with source and target.

An end is the id of a node or, where no node has it, its place in the list of nodes, as old versions
wrote it. Without a word on directions the links have one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.graph_rows import NOTHING, listed, name_edge, name_node
from moagraph.formats.kgx.columns import EDGE_LISTS, NODE_LISTS
from moagraph.formats.kgx.document import PARTS, elements
from moagraph.formats.kgx.forms import EDGE
from moagraph.formats.kgx.read import ends_of, read_rows
from moagraph.formats.kgx.rows import HALF_A_PAIR, Row, no_duplicates, value_of

MAX_PARTS = 1_200_000
_ENDS = ("source", "target")
_OF_THE_GRAPH = frozenset({"directed", "multigraph"})
_OF_A_RECORD = frozenset({"_id", "drug", "disease", "drugbank", "drug_mesh", "disease_mesh"})
_BLANKS = " \t\r\n"
_Rows = list[tuple[int, Row]]


def is_node_link(first: bytes) -> bool:
    """Tell by its beginning whether a JSON document is a graph in node-link form.

    DrugMechDB records have that form too; their `graph` names a drug and a disease.
    """
    found = _begun(first.decode("utf-8", "ignore"))
    graph = found.get("graph")
    if isinstance(graph, dict) and not _OF_A_RECORD.isdisjoint(graph):
        return False
    if any(PARTS.get(key) == "edges" and _is_link(value) for key, value in found.items()):
        return "nodes" in found or "graph" in found or not _OF_THE_GRAPH.isdisjoint(found)
    # The nodes may be so many that no link stands at the beginning.
    return found.keys() >= _OF_THE_GRAPH and graph is not None


def read_node_link(path: Path) -> Imported:
    """Return the graph of a node-link file.

    Raises:
        DataError: no sound JSON, or a node or a link that is none; the message names the line.
    """
    report = Report()
    try:
        nodes, edges = _Document(path, report).rows()
    except UnicodeEncodeError:
        raise DataError(HALF_A_PAIR, file=str(path)) from None
    known = {row["id"] for _, row in nodes}
    nodes += [(line, row) for line, row in ends_of(edges) if row["id"] not in known]

    def with_report(own: Report) -> Iterator[tuple[int, Row]]:
        own.remarks.extend(report.remarks)
        yield from nodes

    return read_rows(with_report, lambda _own: iter(edges), str(path), path.name.partition(".")[0])


class _Document:
    """One document being read into rows of nodes and edges."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path = path
        self.report = report
        self._directed = True
        self._count = 0
        self._ids: dict[str, str] = {}
        self._in_order: list[str] = []

    def rows(self) -> tuple[_Rows, _Rows]:
        """Return the rows of nodes and those of edges, with their lines."""
        nodes = [(line, self._node(line, found)) for line, found in self._objects("nodes")]
        # Whether links have a direction may be said after them.
        links = list(self._objects("edges"))
        return nodes, [(line, self._edge(line, found)) for line, found in links]

    def _objects(self, part: str) -> Iterator[tuple[int, dict[str, Any]]]:
        for line, found in elements(self.path, part, no_duplicates, beside=self._beside):
            if not isinstance(found, dict):
                raise self._fault(line, f"{part} holds what is no object of JSON")
            self._count += 1
            if self._count > MAX_PARTS:
                raise self._fault(line, f"has more than {MAX_PARTS:,} nodes and links; use KGX")
            yield line, found

    def _beside(self, line: int, key: str, value: Any) -> None:
        if key == "directed":
            self._directed = value is not False
        elif key != "multigraph" and value not in ({}, [], None):
            what = f"{key[:60]!r} beside nodes and links is not read"
            self.report.add("dropped", what, file=str(self.path), line=line)

    def _node(self, line: int, found: dict[str, Any]) -> Row:
        row = _row(found, "id", lists=NODE_LISTS)
        names = (found.get("id"), row.get("name"), row.get("label"))
        inner = next((name for name in map(_id, names) if name), f"node {len(self._in_order)}")
        self._in_order.append(name_node(row, inner))
        if inner in self._ids:
            self.report.add("merged", f"a second node {inner[:60]}", file=str(self.path), line=line)
        self._ids[inner] = self._in_order[-1]
        return listed(row, NODE_LISTS)

    def _edge(self, line: int, found: dict[str, Any]) -> Row:
        row = _row(found, *_ENDS, lists=EDGE_LISTS)
        if isinstance(found.get("key"), int):
            row.pop("key", None)  # networkx counts the edges between two nodes.
        for end, column in zip(_ENDS, ("subject", "object"), strict=True):
            row[column] = self._end(line, found.get(end), end)
        name_edge(row, partial(self._say, line), directed=self._directed)
        return listed(row, EDGE_LISTS)

    def _end(self, line: int, value: Any, end: str) -> str:
        # D3 puts the nodes themselves in the place of their ids.
        name = _id(value.get("id", value.get("name")) if isinstance(value, Mapping) else value)
        if not name:
            raise self._fault(line, f"a link has no {end}; each has source and target")
        if name in self._ids:
            return self._ids[name]
        if isinstance(value, int) and 0 <= value < len(self._in_order):
            return self._in_order[value]
        return name

    def _say(self, line: int, action: Any, reason: str) -> None:
        self.report.add(action, reason, file=str(self.path), line=line)

    def _fault(self, line: int, message: str) -> DataError:
        return DataError(message, file=str(self.path), line=line)


def _row(found: dict[str, Any], *without: str, lists: frozenset[str]) -> Row:
    row = {
        name: value_of(value, name in lists) for name, value in found.items() if name not in without
    }
    return {name: value for name, value in row.items() if value and value not in NOTHING}


def _id(value: Any) -> str:
    text = value_of(value, False)
    return text if isinstance(text, str) else ""


def _is_link(value: object) -> bool:
    return isinstance(value, dict) and value.keys() >= {*_ENDS} and not value.keys() >= EDGE


def _begun(text: str) -> dict[str, Any]:
    """Return what the beginning of a document holds whole; of a list its first element."""
    found: dict[str, Any] = {}
    decode = json.JSONDecoder().raw_decode
    try:
        place = _skip(text, 0)
        if text[place] != "{":
            return found
        while True:
            key, place = decode(text, _skip(text, place + 1))
            place = _skip(text, _skip(text, place) + 1)
            if key in PARTS and text[place] == "[":
                found[key] = None
                inside = _skip(text, place + 1)
                if text[inside] != "]":
                    found[key] = decode(text, inside)[0]
                place = decode(text, place)[1]
            else:
                found[key], place = decode(text, place)
            place = _skip(text, place)
    except (ValueError, RecursionError, IndexError, TypeError):
        return found


def _skip(text: str, place: int) -> int:
    while text[place] in _BLANKS:
        place += 1
    return place

"""A graph as CX2 (version 2.0), the exchange form of Cytoscape and NDEx, written and read.

CX2 is one JSON array of aspects. Names of attributes are those of KGX; `interaction` and `sign`
are for styling. Reading takes nodes and edges; visual properties are passed over with a remark.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.flat import LISTS, Cell, FlatRow, edge_rows, node_rows
from moagraph.formats.graphml_write import signed
from moagraph.formats.kgx.columns import EDGE_LISTS, NODE_LISTS
from moagraph.formats.kgx.read import ends_of, read_rows
from moagraph.formats.kgx.rows import HALF_A_PAIR, Row, value_of
from moagraph.formats.lines import open_binary
from moagraph.formats.predicates import word_of_sign
from moagraph.formats.selection import Selection
from moagraph.formats.spool import Spool

MAX_BYTES = 1 << 28
MAX_VALUES = 8_000_000
_READ = frozenset({"nodes", "edges", "attributeDeclarations", "metaData", "status"})
_READ_TOO = frozenset({"networkAttributes", "CXVersion", "hasFragments"})


def cx2(chosen: Selection) -> Iterator[str]:
    """Yield the document in pieces; nodes and edges wait on disk until they are counted."""
    numbers: dict[str, int] = {}
    nodes, edges = _Aspect(), _Aspect()

    def number(name: str, row: FlatRow) -> None:
        numbers[name] = len(numbers)
        nodes.add({"id": numbers[name], "v": _attributes(row)})

    for row in node_rows(chosen):
        number(str(row["id"]), row)
    for row in edge_rows(chosen):
        ends = [str(row.pop("subject")), str(row.pop("object"))]
        for end in ends:
            if end not in numbers:
                number(end, {"id": end, "name": end})
        row.update(signed(row))
        source, target = (numbers[end] for end in ends)
        edges.add({"id": edges.count, "s": source, "t": target, "v": _attributes(row)})
    title = {"name": f"moagraph: {chosen.kb.name}", "version": chosen.kb.version}
    yield '[{"CXVersion":"2.0","hasFragments":false},\n'
    counts = {"attributeDeclarations": 1, "networkAttributes": 1}
    counts |= {"nodes": nodes.count, "edges": edges.count}
    meta = [{"name": name, "elementCount": count} for name, count in counts.items()]
    yield _json({"metaData": meta}) + ",\n"
    declared = {
        "networkAttributes": {name: {"d": "string"} for name in title},
        "nodes": nodes.declared(),
        "edges": edges.declared(),
    }
    yield _json({"attributeDeclarations": [declared]}) + ",\n"
    yield _json({"networkAttributes": [title]}) + ",\n"
    yield from nodes.pieces("nodes")
    yield from edges.pieces("edges")
    yield '{"status":[{"error":"","success":true}]}]\n'


class _Aspect:
    """The elements of an aspect, on disk, and the names of their attributes."""

    def __init__(self) -> None:
        self.count = 0
        self._names: dict[str, None] = {}
        self._spool = Spool()

    def add(self, element: dict[str, Any]) -> None:
        """Add an element."""
        self.count += 1
        self._names.update(dict.fromkeys(element["v"]))
        self._spool.add((_json(element),))

    def declared(self) -> dict[str, dict[str, str]]:
        """Return the type of each attribute."""
        kinds = {name: "list_of_string" if name in LISTS else "string" for name in self._names}
        return {name: {"d": kind} for name, kind in kinds.items()}

    def pieces(self, name: str) -> Iterator[str]:
        """Yield the aspect, and forget it."""
        yield f'{{"{name}":['
        for place, (text,) in enumerate(self._spool.rows()):
            yield f",{text}" if place else text
        yield "]},\n"


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _attributes(row: FlatRow) -> dict[str, Cell | list[str]]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in row.items()
        if value
    }


def read_cx2(path: Path) -> Imported:
    """Return the graph of a CX2 file.

    Raises:
        DataError: no CX2; the message says what is wrong.
    """
    try:
        return _graph_of(_load(path), path)
    except UnicodeEncodeError:
        raise DataError(HALF_A_PAIR, file=str(path)) from None


def _graph_of(found: dict[str, Any], path: Path) -> Imported:
    report = Report()
    nodes: list[tuple[int, Row]] = []
    edges: list[tuple[int, Row]] = []
    names: dict[object, str] = {}
    of_nodes, of_edges = (_declared(found, part) for part in ("nodes", "edges"))
    for count, node in enumerate(_elements(found, "nodes", path), 1):
        row = _row(node, of_nodes, NODE_LISTS)
        represented = "" if row.get("id") else row.pop("represents", "")
        name = str(row.get("id") or represented or row.get("name") or "")
        row["id"] = names[node.get("id")] = name or f"node {node.get('id')}"
        if "category" not in row and isinstance(row.get("type"), str):
            row["category"] = (str(row.pop("type")),)
        nodes.append((count, row))
    for count, edge in enumerate(_elements(found, "edges", path), 1):
        row = _row(edge, of_edges, EDGE_LISTS)
        row["subject"] = names.get(edge.get("s"), f"node {edge.get('s')}")
        row["object"] = names.get(edge.get("t"), f"node {edge.get('t')}")
        # What an edge says itself comes before what edges say that say nothing.
        said = _row(edge, of_edges._replace(values={}), EDGE_LISTS)
        row["predicate"] = next(
            (r[name] for r in (said, row) for name in ("predicate", "interaction") if name in r), ""
        )
        word = "" if row["predicate"] else word_of_sign(str(row.get("sign", "")))
        if word:
            row["predicate"] = word
            what = f"an edge says no relation but its sign; read as {word}"
            report.add("repaired", what, file=str(path))
        edges.append((count, row))
    for aspect in sorted(found.keys() - _READ - _READ_TOO):
        report.add("dropped", f"the aspect {aspect[:60]} is not read", file=str(path))
    known = {row["id"] for _, row in nodes if isinstance(row["id"], str)}
    nodes += [(n, row) for n, row in ends_of(edges) if row["id"] not in known]

    def with_report(own: Report) -> Iterator[tuple[int, Row]]:
        own.remarks.extend(report.remarks)
        yield from nodes

    return read_rows(with_report, lambda _own: iter(edges), str(path), path.name.partition(".")[0])


def _load(path: Path) -> dict[str, Any]:
    with open_binary(path) as stream:
        try:
            text = stream.read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise DataError("the file is cut or damaged; fetch it again", file=str(path)) from error
    if len(text) > MAX_BYTES:
        raise DataError(f"is larger than {MAX_BYTES:,} bytes; use KGX", file=str(path))
    # What a parser makes of a few bytes takes thirty times the room.
    if sum(map(text.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise DataError(f"has more than {MAX_VALUES:,} values; use KGX", file=str(path))
    try:
        # Given bytes, it would take half of a surrogate pair for a character.
        content = json.loads(text.decode(json.detect_encoding(text)))
    except (ValueError, RecursionError) as error:
        raise _unsound(error, text, path) from None
    if not isinstance(content, list) or not content or not isinstance(content[0], dict):
        raise DataError("is no CX2: an array of aspects belongs there", file=str(path))
    if content[0].get("CXVersion") != "2.0":
        raise DataError("is no CX2 of version 2.0; its first part says CXVersion", file=str(path))
    found: dict[str, Any] = {}
    for aspect in content:
        for name, value in aspect.items() if isinstance(aspect, dict) else ():
            if isinstance(found.get(name), list) and isinstance(value, list):
                found[name] += value
            else:
                found[name] = value
    return found


def _unsound(error: Exception, text: bytes, path: Path) -> DataError:
    """Return the message for what is no JSON, with its line."""
    line: int | None = None
    why, remedy = "it is nested too deeply", "write it anew with the tool that made it"
    if isinstance(error, json.JSONDecodeError):
        why, line = f"{error.msg.removesuffix(' at')} at column {error.colno}", error.lineno
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            remedy = "it seems to be cut: fetch it again"
    elif isinstance(error, UnicodeDecodeError):
        why, remedy = "a byte is no UTF-8", "save it as UTF-8"
        line = text.count(b"\n", 0, error.start) + 1
    elif isinstance(error, ValueError):
        why = str(error)[:120]
    return DataError(f"is no sound JSON: {why}; {remedy}", file=str(path), line=line)


def _elements(found: dict[str, Any], name: str, path: Path) -> Iterator[dict[str, Any]]:
    rows = found.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataError(f"the aspect {name} holds no list of objects", file=str(path))
    for row in rows:
        if any(isinstance(row.get(key), list | dict) for key in ("id", "s", "t")):
            raise DataError(f"an id in {name} is no number", file=str(path))
        yield row


class _Declared(NamedTuple):
    """What is declared of the attributes of nodes or edges: other names, and usual values."""

    names: dict[str, str]
    values: dict[str, Any]


def _declared(found: dict[str, Any], part: str) -> _Declared:
    """Return what is declared of a part: short names in use, values where none is given."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    rows = found.get("attributeDeclarations")
    for row in rows if isinstance(rows, list) else ():
        attributes = row.get(part) if isinstance(row, dict) else None
        for name, said in attributes.items() if isinstance(attributes, dict) else ():
            if not isinstance(said, dict):
                continue
            if isinstance(said.get("a"), str):
                names[said["a"]] = name
            if "v" in said:
                values[name] = said["v"]
    return _Declared(names, values)


def _row(element: dict[str, Any], declared: _Declared, lists: frozenset[str]) -> Row:
    given = element.get("v")
    own: dict[str, Any] = given if isinstance(given, dict) else {}
    values = dict(declared.values)
    values.update({declared.names.get(name, name): value for name, value in own.items()})
    found: Row = {str(name): value_of(value, name in lists) for name, value in values.items()}
    return {name: value for name, value in found.items() if value}

"""GraphML, read as it comes: no document type, no entities, nothing fetched.

Of yEd, which draws directions, the arrows and labels are read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.graph_rows import (
    NOTHING,
    OLD_IDS,
    PREDICATE,
    listed,
    name_edge,
    name_node,
    rename,
)
from moagraph.formats.kgx.columns import EDGE_LISTS, NODE_LISTS
from moagraph.formats.kgx.read import ends_of, read_rows
from moagraph.formats.kgx.rows import Row
from moagraph.formats.lines import one_line, open_binary

MAX_TEXT = 1_000_000
MAX_DEPTH = 40
MAX_PARTS = 1_200_000
_BLOCK = 1 << 16
_ENDED = tuple(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)
_KNOWN = frozenset({"graphml", "key", "graph", "node", "edge", "data", "default", "desc"})
_LABELS = frozenset({"NodeLabel", "EdgeLabel"})
_Rows = list[tuple[int, Row]]


def read_graphml(path: Path) -> Imported:
    """Return the graph of a GraphML file.

    Raises:
        DataError: no GraphML, or XML of a kind that is refused; the message names the line.
    """
    report = Report()
    parsed = _Parser(path, report)
    parsed.run()
    nodes = parsed.nodes
    known = {row.get("id") for _, row in nodes}
    nodes += [(n, row) for n, row in ends_of(parsed.edges) if row["id"] not in known]

    def with_report(own: Report) -> Iterator[tuple[int, Row]]:
        own.remarks.extend(report.remarks)
        yield from nodes

    return read_rows(
        with_report, lambda _own: iter(parsed.edges), str(path), path.name.partition(".")[0]
    )


class _Parser:
    """One pass of expat over a file, collecting rows."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path = path
        self.report = report
        self.nodes: _Rows = []
        self.edges: _Rows = []
        self._keys: dict[str, str] = {}
        self._defaults: dict[tuple[str, str], str] = {}
        self._stack: list[str] = []
        self._rows: list[Row] = []
        self._data = ""
        self._key = ("", "")
        self._text: list[str] | None = None
        self._label: list[str] | None = None
        self._drawing = False
        self._drawings = 0
        self._length = 0
        self._directed: list[bool] = []
        self._ids: dict[str, str] = {}
        self._seen = False
        self._unread: dict[str, tuple[int, int]] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def run(self) -> None:
        """Parse the file."""
        try:
            with open_binary(self.path) as stream:
                total = 0
                while block := stream.read(_BLOCK):
                    total += len(block)
                    if total > 1 << 31:
                        raise self._fault("unpacks to more than 2 GB; use KGX for large graphs")
                    self._parser.Parse(block, False)
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            ended = error.code in _ENDED
            remedy = "it seems to be cut: fetch it again" if ended else "mend it, or save it anew"
            message = f"is no sound XML: {why}; {remedy}"
            raise DataError(message, file=str(self.path), line=error.lineno) from None
        except (LookupError, ValueError) as error:
            if isinstance(error, DataError):
                raise
            # What the declaration names is no encoding, or none that XML is read in.
            message = "is in an encoding that is not read; save it as UTF-8"
            raise DataError(message, file=str(self.path), line=1) from error
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(
                "the file is cut or damaged; fetch it again", file=str(self.path)
            ) from error
        for tag, (times, line) in self._unread.items():
            again = f" ({times:,} times, here first)" if times > 1 else ""
            self.report.add(
                "dropped", f"<{tag}> is not read{again}", file=str(self.path), line=line
            )
        if not self._seen:
            raise DataError(
                "is XML but no GraphML; other formats go by other names",
                file=str(self.path),
                line=1,
            )
        if self._drawings:
            what = f"{self._drawings} drawings or other XML in data are not read"
            self.report.add("dropped", what, file=str(self.path))
        for _, row in self.edges:
            for end in ("subject", "object"):
                if end in row:
                    row[end] = self._ids.get(str(row[end]), row[end])

    def _fault(self, message: str) -> DataError:
        return DataError(message, file=str(self.path), line=self._parser.CurrentLineNumber)

    def _refuse(self, *_: Any) -> None:
        raise self._fault("has a document type or entities, which are not read; remove them")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._stack.append(tag)
        if len(self._stack) > MAX_DEPTH:
            raise self._fault(f"is nested more than {MAX_DEPTH} levels deep; write it flat")
        if len(self._stack) == 1 and tag != "graphml":
            raise self._fault(f"is XML but no GraphML: it begins with <{tag[:40]}>")
        self._seen = True
        if tag == "graph":
            self._directed.append(attributes.get("edgedefault", "directed") != "undirected")
            if self._stack.count("graph") > 1:
                self._say("unknown", "a graph in a node: its parts are read as if outside")
        elif tag == "key":
            known = attributes.get("attr.name") or attributes.get("id", "")
            self._keys[attributes.get("id", "")] = known
            self._key = (attributes.get("for", "all"), known)
        elif tag in ("node", "edge") and len(self.nodes) + len(self.edges) >= MAX_PARTS:
            raise self._fault(f"has more than {MAX_PARTS:,} nodes and edges; use KGX")
        elif tag == "node":
            self._rows.append({"id": attributes.get("id", "")})
        elif tag == "edge":
            usual = str(not self._directed or self._directed[-1])
            directed = attributes.get("directed", usual).casefold() == "true"
            ends = {"_s": attributes.get("source", ""), "_t": attributes.get("target", "")}
            self._rows.append({"_directed": str(directed), **ends})
        elif tag in ("data", "default"):
            self._data = attributes.get("key", "")
            self._text, self._length, self._drawing = [], 0, False
        elif "data" in self._stack:
            self._draw(tag, attributes)
        elif tag not in _KNOWN:
            times, line = self._unread.get(tag[:40], (0, self._parser.CurrentLineNumber))
            self._unread[tag[:40]] = (times + 1, line)

    def _draw(self, tag: str, attributes: dict[str, str]) -> None:
        """Note what yEd draws: the text of the first label, and at which ends arrows are."""
        self._text, self._drawing = None, True
        self._keep_label()
        row = self._rows[-1] if self._rows else {}
        if tag in _LABELS and "_label" not in row:
            self._label, self._length = [], 0
        elif tag == "Arrows":
            ends = (end for end in ("source", "target") if attributes.get(end, "none") != "none")
            row["_arrows"] = " ".join(ends)

    def _keep_label(self) -> None:
        if self._label is not None and self._rows:
            label = one_line("".join(self._label)).strip()
            if label:
                self._rows[-1]["_label"] = label
        self._label = None

    def _say(self, action: Any, reason: str) -> None:
        line = self._parser.CurrentLineNumber
        self.report.add(action, reason, file=str(self.path), line=line)

    def _characters(self, text: str) -> None:
        found = self._label if self._label is not None else self._text
        if found is not None:
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise self._fault(f"a value is longer than {MAX_TEXT:,} characters")
            found.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._stack.pop()
        self._keep_label()
        if tag == "data" and self._drawing:
            self._drawings += 1
        elif tag == "graph":
            self._directed.pop()
        elif tag in ("data", "default") and self._text is not None:
            value = one_line("".join(self._text)).strip()
            self._text = None
            if tag == "default":
                self._defaults[self._key] = value
            elif self._rows and value and self._stack[-1] in ("node", "edge"):
                name = self._keys.get(self._data, self._data)
                # igraph writes ids of its own, and keeps the old ones as an attribute.
                name = "_id" if name in OLD_IDS and self._stack[-1] == "node" else name
                if value not in NOTHING:
                    self._rows[-1].setdefault(name, value)
        elif tag == "node":
            self._node(self._rows.pop())
        elif tag == "edge":
            self._edge(self._rows.pop())

    def _filled(self, row: Row, what: str) -> Row:
        for (kind, name), value in self._defaults.items():
            if kind in (what, "all") and value:
                row.setdefault(name, value)
        return row

    def _node(self, row: Row) -> None:
        row = self._filled(row, "node")
        inner = str(row["id"])
        given, label = str(row.pop("_id", "")), str(row.pop("_label", ""))
        row.pop("_arrows", "")
        self._ids[inner] = name_node(row, inner, given, label)
        self.nodes.append((self._parser.CurrentLineNumber, listed(row, NODE_LISTS)))

    def _edge(self, row: Row) -> None:
        # What an edge says itself comes before what edges say that say nothing.
        rename(row, PREDICATE, "predicate")
        label = row.pop("_label", "")
        if label:
            row.setdefault("predicate", label)
        row = self._filled(row, "edge")
        row["subject"], row["object"] = row.pop("_s"), row.pop("_t")
        arrows = str(row.pop("_arrows", "target"))
        name_edge(row, self._say, directed=row.pop("_directed") == "True", arrows=arrows)
        self.edges.append((self._parser.CurrentLineNumber, listed(row, EDGE_LISTS)))

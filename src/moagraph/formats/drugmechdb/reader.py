"""From YAML files to records: both layouts, every variant, nothing dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from moagraph.errors import DataError
from moagraph.formats.drugmechdb.fields import (
    LINK,
    NULLS,
    Say,
    as_list,
    as_text,
    as_texts,
    sort_fields,
    three_texts,
)
from moagraph.formats.drugmechdb.folders import record_files
from moagraph.formats.drugmechdb.records import (
    DrugMechRecord,
    EvidenceItem,
    Link,
    Node,
    Remark,
)
from moagraph.formats.predicates import spelled
from moagraph.formats.yaml_blocks import Mapping
from moagraph.formats.yaml_strings import read_bytes, read_documents

_INDEX_FIELDS = frozenset(
    {"id", "_id", "file", "drug", "drug_mesh", "drugbank", "disease", "disease_mesh"}
)
_PARTS = frozenset({"graph", "nodes", "links", "edges"})
_UNREAD = frozenset({"incomplete-link", "negated-link"})

_NODE_TEXTS = itemgetter("id", "label", "name")
_LINK_TEXTS = itemgetter("source", "key", "target")


class RecordReader:
    """Reads records from files and folders; `remarks` holds what belongs to no record.

    Iterate over `records(paths)`; `files` and `count` then tell how much was read, and
    `unread_links` how many links were not.
    """

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.files = 0
        self.count = 0
        self.unread_links = 0
        self._ids: Counter[str] = Counter()

    def records(self, paths: Iterable[str | Path]) -> Iterator[DrugMechRecord]:
        """Yield the records of files, and of the files in folders in order of their names.

        In a folder a file that cannot be read, or holds no record, is remarked on and passed
        over.

        Raises:
            DataError: a file that was named cannot be read, or nothing holds a record.
        """
        named = [Path(p) for p in paths]
        for path in named:
            if path.is_dir():
                yield from self._folder(path)
            else:
                yield from self._file(path)
        if not self.count:
            where = ", ".join(str(p) for p in named)
            raise DataError(
                "holds no DrugMechDB record; one has graph, nodes and links", file=where
            )

    def _folder(self, folder: Path) -> Iterator[DrugMechRecord]:
        def say(what: str, path: Path) -> None:
            self._remark("unreadable-file", what, path)

        try:
            names = list(record_files(folder, say))
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror}", file=str(folder)) from error
        for path in names:
            if path.name == "_index.yaml":
                self._remark("index-file", "is an index beside the records: not read", path)
                continue
            try:
                yield from self._file(path)
            except DataError as error:
                self._remark("unreadable-file", error.message, path, error.line or 0)

    def _file(self, path: Path) -> Iterator[DrugMechRecord]:
        documents = read_documents(read_bytes(path), str(path))
        self.files += 1
        empty = True
        for document in documents:
            listed = document.__class__ is list
            rows = document if listed else [] if _is_nothing(document) else [document]
            empty = empty and not rows
            if rows and all(_is_index_row(row) for row in rows):
                self._remark("index-file", "is an index beside the records: not read", path)
                continue
            for row in rows:
                if isinstance(row, Mapping) and not _PARTS.isdisjoint(map(str.casefold, row)):
                    self.count += 1
                    stem = "" if listed else path.name.partition(".")[0]
                    yield self._record(row, str(path), stem)
                else:
                    line = row.line if isinstance(row, Mapping) else 0
                    self._remark("no-record", "holds something that is no record", path, line)
        if empty:
            self._remark("no-record", "is empty", path)

    def _remark(self, code: str, message: str, path: Path, line: int = 0) -> None:
        self.remarks.append(Remark(code, message, str(path), "", line))

    def _record(self, raw: Mapping, file: str, stem: str) -> DrugMechRecord:
        remarks: list[tuple[str, str, int]] = []

        def say(code: str, message: str, line: int) -> None:
            remarks.append((code, message, line))

        found = sort_fields(raw, "the record", say)
        for field in ("graph", "nodes", "links"):
            if field not in found:
                say("missing-field", f"the record has no {field!r}", raw.line)
        if str(found.get("directed", "true")).casefold() not in ("true", ""):
            say("undirected", "the record says that it is undirected: read as directed", raw.line)
        graph = _graph(found.get("graph"), say, raw.line)
        references: list[str] = []
        nodes = tuple(_nodes(found.get("nodes"), say, raw.line, references))
        links = tuple(_links(found.get("links"), say, raw.line))
        own = as_texts(found.get("references"), "references", say, raw.line, split=True)
        self.unread_links += sum(code in _UNREAD for code, _, _ in remarks)
        record_id = self._id(graph, stem, say, raw.line)
        return DrugMechRecord(
            record_id,
            graph.get("drug", ""),
            graph.get("drug_mesh", ""),
            graph.get("drugbank", ""),
            graph.get("disease", ""),
            graph.get("disease_mesh", ""),
            nodes,
            links,
            tuple(dict.fromkeys([*own, *references])),
            as_text(found.get("comment"), "comment", say, raw.line),
            file,
            raw.line,
            tuple(Remark(code, text, file, record_id, line) for code, text, line in remarks),
        )

    def _id(self, graph: dict[str, str], stem: str, say: Say, line: int) -> str:
        record_id = graph.get("id", "")
        if not record_id:
            parts = (graph.get("drugbank") or graph.get("drug_mesh", ""), graph.get("disease_mesh"))
            record_id = stem or "_".join(p.rpartition(":")[2] for p in parts if p) or "record"
            say("no-record-id", f"the record has no _id: it is called {record_id}", line)
        written, times = record_id, self._ids[record_id] + 1
        while record_id in self._ids:
            record_id = f"{written}#{times}"
            times += 1
        self._ids[written] += 1
        if record_id != written:
            self._ids[record_id] += 1
            say("record-id-twice", f"the id {written} is taken: now {record_id}", line)
        return record_id


def _is_nothing(document: Any) -> bool:
    return document is None or (document.__class__ is str and document in NULLS)


def _is_index_row(row: Any) -> bool:
    return isinstance(row, Mapping) and "file" in row and set(row) <= _INDEX_FIELDS


def _graph(raw: Any, say: Say, line: int) -> dict[str, str]:
    if not isinstance(raw, Mapping):
        if raw is not None:
            say("wrong-form", "graph is no mapping: not read", line)
        return {}
    found = sort_fields(raw, "graph", say)
    graph = {k: as_text(v, f"graph {k}", say, raw.line) for k, v in found.items()}
    for field in ("drug_mesh", "drugbank", "disease_mesh"):
        if graph.get(field, "").casefold().endswith(":null"):
            say("null-id", f"graph {field} is {graph[field]!r}: read as missing", raw.line)
            graph[field] = ""
    return graph


def _rows(raw: Any, what: str, say: Say, line: int) -> Iterator[Mapping]:
    for item in as_list(raw):
        if isinstance(item, Mapping):
            yield item
        else:
            code = "incomplete-link" if what == "links" else "wrong-form"
            say(code, f"{what} holds something that is no mapping: not read", line)


def _nodes(raw: Any, say: Say, line: int, references: list[str]) -> Iterator[Node]:
    first: dict[str, Node] = {}
    for item in _rows(raw, "nodes", say, line):
        at = item.line
        plain = three_texts(item, _NODE_TEXTS)
        node = Node(*plain, (), (), at) if plain else _node(item, say, references)
        if not node.id:
            say("node-without-id", f"a node called {node.name[:60]!r} has no id: not read", at)
            continue
        known = first.setdefault(node.id, node)
        if known is not node:
            same = known[1:3] == node[1:3]
            how = "the same again" if same else f"now {node.label} {node.name!r}: the first stays"
            say("duplicate-node", f"node {node.id} is listed twice, {how}", at)
            if same:
                continue
        yield node


def _node(item: Mapping, say: Say, references: list[str]) -> Node:
    at = item.line
    found = sort_fields(item, "a node", say)
    node = Node(
        as_text(found.get("id"), "node id", say, at),
        as_text(found.get("label"), "node label", say, at),
        as_text(found.get("name"), "node name", say, at),
        as_texts(found.get("alt_names"), "alt_names", say, at) if "alt_names" in found else (),
        as_texts(found.get("alt_ids"), "alt_ids", say, at) if "alt_ids" in found else (),
        at,
    )
    if "references" in found:
        texts = as_texts(found["references"], "node references", say, at, split=True)
        references.extend(texts)
        say("node-reference", f"node {node.id} has references: added to the record's", at)
    return node


def _links(raw: Any, say: Say, line: int) -> Iterator[Link]:
    for item in _rows(raw, "links", say, line):
        at = item.line
        plain = three_texts(item, _LINK_TEXTS)
        if plain:
            yield Link(*plain, "", "", (), at)
            continue
        found = sort_fields(item, "a link", say)
        link = Link(
            as_text(found.get("source"), "link source", say, at),
            as_text(found.get("key"), "link key", say, at),
            as_text(found.get("target"), "link target", say, at),
            "" if found is item else _aspect(item, found, say),
            as_text(found["direction"], "direction", say, at) if "direction" in found else "",
            tuple(_evidence(found["evidence"], say, at)) if "evidence" in found else (),
            at,
        )
        if not (link.source and link.key and link.target):
            what = f"{link.source or '?'} {link.key or '?'} {link.target or '?'}"
            say("incomplete-link", f"a link lacks source, key or target ({what}): not read", at)
            continue
        if "negated" in found and str(found["negated"]).casefold() not in ("", "false", "no", "~"):
            say("negated-link", f"a link is negated ({link.key}): a record cannot say so", at)
            continue
        yield link


def _aspect(item: Mapping, found: dict[str, Any], say: Say) -> str:
    """Return the aspect of a link, and with it every qualifier that is not read.

    What is not understood may turn the sign, so it must not be left out: a link with such an
    aspect spells no key and has no direction.
    """
    parts = [as_text(found["aspect"], "aspect", say, item.line)] if "aspect" in found else []
    said = found.get("qualified_predicate")
    if said is not None and spelled(as_text(said, "qualified_predicate", say, item.line)) not in (
        "",
        "causes",
        "contributes to",
    ):
        parts.append(f"qualified_predicate={said}")
    if as_list(item.get("qualifiers")):
        parts.append("qualifiers")
    for name, value in item.items():
        if name.endswith("_qualifier") and name not in LINK and as_list(value):
            parts.append(f"{name}={as_text(value, name, say, item.line)}")
    return "; ".join(part for part in parts if part)


def _evidence(raw: Any, say: Say, line: int) -> Iterator[EvidenceItem]:
    for item in _rows(raw, "evidence", say, line):
        found = sort_fields(item, "evidence", say)
        references = found.get("reference")
        if references.__class__ is list and len(references) > 1:
            say("list-for-text", "evidence names several references: one piece each", item.line)
            for one in references:
                yield from _evidence(_with(item, found, one), say, item.line)
            continue
        texts = {k: as_text(v, f"evidence {k}", say, item.line) for k, v in found.items()}
        if not texts.get("reference"):
            say("evidence-without-reference", "evidence names no reference: not read", item.line)
            continue
        yield EvidenceItem(**texts, line=item.line)


def _with(item: Mapping, found: dict[str, Any], reference: Any) -> Mapping:
    copied = Mapping({**found, "reference": reference})
    copied.line = item.line
    return copied

"""A graph as KGX: nodes and edges, TSV or JSON lines, every word one of Biolink 4.4.4."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from moagraph.formats.flat import (
    EDGE_COLUMNS,
    LISTS,
    NODE_COLUMNS,
    Cell,
    FlatRow,
    edge_rows,
    node_rows,
)
from moagraph.formats.lines import one_line
from moagraph.formats.selection import Selection


def kgx_tsv(chosen: Selection) -> dict[str, Iterator[str]]:
    """Return the texts of `_nodes.tsv` and `_edges.tsv` in pieces, by name."""
    return {
        "moagraph_nodes.tsv": _tsv(NODE_COLUMNS, node_rows(chosen)),
        "moagraph_edges.tsv": _tsv(EDGE_COLUMNS, edge_rows(chosen)),
    }


def kgx_jsonl(chosen: Selection) -> dict[str, Iterator[str]]:
    """Return the texts of `_nodes.jsonl` and `_edges.jsonl` in pieces, by name."""
    return {
        "moagraph_nodes.jsonl": _jsonl(node_rows(chosen)),
        "moagraph_edges.jsonl": _jsonl(edge_rows(chosen)),
    }


def _tsv(columns: Iterable[str], rows: Iterable[FlatRow]) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join([_cell(value) if value else "" for value in row.values()]) + "\n"


def _cell(value: Cell) -> str:
    """Return the text of a field: a list is parted by `|`; TAB and line ends become blanks."""
    if isinstance(value, tuple):
        value = "|".join(part.replace("|", "¦") for part in value)
    return one_line(value)


def _jsonl(rows: Iterable[FlatRow]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in rows:
        found: dict[str, object] = {}
        for name, value in row.items():
            if name == "negated":
                found[name] = value == "true"
            elif name in LISTS:
                if value:
                    found[name] = list(value)
            elif value:
                found[name] = value
        yield encode(found) + "\n"

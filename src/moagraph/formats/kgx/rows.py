"""Rows of KGX files, TSV or JSON lines, as mappings of column to text or list of texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from moagraph.dataset.imported import Report
from moagraph.errors import DataError
from moagraph.formats.lines import Meter, lines, one_line

Value = str | list[str]
Row = dict[str, Value]


class KgxFiles(NamedTuple):
    """The files of a graph: nodes and edges, either of which may be missing."""

    nodes: Path | None
    edges: Path | None


def is_jsonl(path: Path) -> bool:
    """Tell by the name whether a file holds JSON lines."""
    name = path.name.casefold().removesuffix(".gz")
    return name.endswith((".jsonl", ".ndjson", ".jsonlines"))


def rows(
    path: Path, lists: frozenset[str], report: Report, meter: Meter | None = None
) -> Iterator[tuple[int, Row]]:
    """Yield line and row; columns named in `lists` hold lists, all others text.

    Raises:
        DataError: a row that is not as wide as the header, or no JSON object.
    """
    reader = _json_rows if is_jsonl(path) else _tsv_rows
    return reader(path, lists, report, meter)


def _tsv_rows(
    path: Path, lists: frozenset[str], report: Report, meter: Meter | None
) -> Iterator[tuple[int, Row]]:
    source = lines(path, report, meter)
    _, first = next(source, (0, ""))
    header = first.split("\t")
    if len(header) < 2 or len(set(header)) != len(header):
        what = "has a column twice" if len(set(header)) != len(header) else "has no header of KGX"
        raise DataError(f"{what}; it begins with {first[:80]!r}", file=str(path), line=1)
    width = len(header)
    listed = [place for place, name in enumerate(header) if name in lists]
    for number, line in source:
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise DataError(
                f"{len(cells)} fields where the header has {width}; "
                "look for a missing or a stray TAB",
                file=str(path),
                line=number,
            )
        row: Row = dict(zip(header, cells, strict=True))
        for place in listed:
            if cells[place]:
                row[header[place]] = [p for p in map(str.strip, cells[place].split("|")) if p]
        yield number, row


def _json_rows(
    path: Path, lists: frozenset[str], report: Report, meter: Meter | None
) -> Iterator[tuple[int, Row]]:
    decode = json.JSONDecoder(object_pairs_hook=_no_duplicates).decode
    for number, line in lines(path, report, meter):
        if not line.strip():
            continue
        try:
            found = decode(line)
        except (ValueError, RecursionError) as error:
            why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise DataError(
                f"is no JSON object: {why[:200]}", file=str(path), line=number
            ) from None
        if not isinstance(found, dict):
            raise DataError(
                "a line holds one JSON object, a node or an edge", file=str(path), line=number
            )
        yield number, {name: value_of(v, name in lists) for name, v in found.items()}


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def value_of(value: Any, listed: bool) -> Value:
    """Return a value of JSON as text, or as a list of texts where a list belongs."""
    if listed:
        items = value if isinstance(value, list) else [value]
        return [text for item in items if (text := _text(item))]
    if isinstance(value, list):
        return "|".join(_text(item) for item in value)
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # A lone surrogate can be written in JSON and nowhere else.
        return one_line(value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)

"""Which of the forms of KGX a file has, and what it holds: nodes, edges, or both."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from moagraph.formats.lines import head

ROLES = ("nodes", "edges")
EDGE = frozenset({"subject", "predicate", "object"})
_NODE = frozenset({"id", "category"})
_BLANKS = " \t\r\n"
_DELIMITERS = ("\t", ",", ";")


def form_of(path: Path) -> str:
    """Return separated, jsonl or document, by the name and, where that is open, by content."""
    name = path.name.casefold().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson", ".jsonlines")):
        return "jsonl"
    if name.endswith((".tsv", ".csv")):
        return "separated"
    first = head(path)
    if first.lstrip().startswith((b"{", b"[")) or is_json(path):
        return "jsonl" if _role_of_line(first) else "document"
    return "separated"


def is_json(path: Path) -> bool:
    """Tell by the name whether a file is JSON as a whole."""
    return path.name.casefold().removesuffix(".gz").endswith(".json")


def role_by_content(first: bytes) -> str:
    """Tell by its beginning what a file holds of KGX: both, nodes, edges, or ""."""
    return _role_of_line(first) or _role_of_document(first)


def _role_of_line(first: bytes) -> str:
    line = first.partition(b"\n")[0].decode("utf-8", "replace").strip()
    if line.startswith("{"):
        try:
            return _role_of(json.loads(line))
        except (ValueError, RecursionError):
            return ""
    return _role_of(dict.fromkeys(header_of(line)[0]))


def header_of(line: str) -> tuple[list[str], str, bool]:
    """Return the columns of a header, what parts them, and whether they stand in quotes."""
    quoted = line.startswith('"')
    for delimiter in _DELIMITERS:
        cells = line.split(delimiter)
        if quoted or delimiter != "\t":
            try:
                cells = next(csv.reader([line], delimiter=delimiter, strict=True))
            except (csv.Error, StopIteration):
                continue
        if len(cells) > 1:
            return _columns(cells), delimiter, quoted
    return [line], "\t", False


def _columns(cells: list[str]) -> list[str]:
    """Return the names of columns; one without a name is called by its place.

    Neo4j types its columns: `name:string[]`, `predicate:TYPE`, and `:START_ID` without a name.
    """
    names = [named(_TYPED.sub("", cell)) for cell in cells]
    for place, cell in enumerate(cells):
        role = _NEO4J.get(cell.partition(":")[2].partition("(")[0], "") if ":" in cell else ""
        if role and role not in names:
            names[place] = role
        elif not names[place]:
            names[place] = f"(column {place + 1})" if not cell.strip() else cell.strip()
    return names


def named(column: str) -> str:
    """Return the name of a column as KGX has it."""
    return column.strip().removeprefix("biolink:")


_NEO4J = {
    "ID": "id",
    "LABEL": "category",
    "START_ID": "subject",
    "END_ID": "object",
    "TYPE": "predicate",
}
_TYPED = re.compile(
    r":(?:(?:string|int|long|float|double|boolean|byte|short|char|date|datetime)(?:\[\])?"
    r"|(?:ID|LABEL|START_ID|END_ID|TYPE|IGNORE)(?:\([^)]*\))?)$"
)


def _role_of_document(first: bytes) -> str:
    text = first.decode("utf-8", "ignore").lstrip(_BLANKS)
    decode = json.JSONDecoder().raw_decode
    try:
        if text.startswith("["):
            return _role_of(decode(text, _skip(text, 1))[0])
        place = 1 if text.startswith("{") else len(text)
        while True:
            key, place = decode(text, _skip(text, place))
            place = _skip(text, _skip(text, place) + 1)
            if key in ROLES and text.startswith("[", place):
                inside = _skip(text, place + 1)
                if not text.startswith("]", inside) and _role_of(decode(text, inside)[0]):
                    return "both"
            place = _skip(text, decode(text, place)[1]) + 1
    except (ValueError, RecursionError, IndexError):
        return ""


def _role_of(element: object) -> str:
    columns = {named(str(name)) for name in element} if isinstance(element, dict) else set()
    return "edges" if columns >= EDGE else "nodes" if columns >= _NODE else ""


def _skip(text: str, place: int) -> int:
    while text[place] in _BLANKS:
        place += 1
    return place

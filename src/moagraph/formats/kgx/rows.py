"""Rows of KGX files of every form as mappings of column to text or tuple of texts.

Only what is not empty is in a row, without blanks around it: most columns of most rows are empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from moagraph.dataset.imported import Report
from moagraph.errors import DataError
from moagraph.formats.kgx.document import elements
from moagraph.formats.kgx.forms import EDGE, form_of, named
from moagraph.formats.kgx.separated import separated_rows
from moagraph.formats.lines import Meter, lines, one_line

Value = str | tuple[str, ...]
Row = dict[str, Value]


class KgxFiles(NamedTuple):
    """The files of a graph: nodes and edges, either of which may be missing."""

    nodes: Path | None
    edges: Path | None


def rows(
    path: Path,
    needed: frozenset[str],
    lists: frozenset[str],
    report: Report,
    meter: Meter | None = None,
) -> Iterator[tuple[int, Row]]:
    """Yield line and row; columns named in `lists` hold several texts, all others one.

    Raises:
        DataError: a file without the columns that are `needed`; a row that is not as wide as the
            header, or no JSON object.
    """
    form = form_of(path)
    if form == "separated":
        yield from _tabular(separated_rows(path, report, meter), path, needed, lists)
    elif form == "jsonl":
        yield from _json_rows(_decoded(path, report, meter), path, needed, lists)
    else:
        part = "edges" if needed >= EDGE else "nodes"
        counting = meter if part == "edges" else None

        def beside(line: int, key: str, _value: Any) -> None:
            what = f"{key[:60]!r} beside nodes and edges is not read"
            report.add("dropped", what, file=str(path), line=line)

        found = elements(path, part, no_duplicates, counting, beside)
        yield from _json_rows(found, path, needed, lists)


def _tabular(
    source: Iterator[tuple[int, list[str]]],
    path: Path,
    needed: frozenset[str],
    lists: frozenset[str],
) -> Iterator[tuple[int, Row]]:
    _, header = next(source)
    _check(needed, set(header), path, 1)
    listed = [name for name in header if name in lists]
    for number, cells in source:
        row: Row = {
            name: clean
            for name, cell in zip(header, cells, strict=True)
            if cell and (clean := cell.strip())
        }
        for name in listed:
            if name in row:
                parts = _parts(str(row[name]), name)
                row[name] = tuple(clean for part in parts if (clean := part.strip()))
        yield number, row


# The double dagger parts lists in files for Neo4j.
_LISTED = re.compile(r"[|\u01c2]")
_CLASSES = re.compile(r"[|\u01c2;]")
_BRACKETED = re.compile(r"\[\s*(?:['\"].*['\"]\s*)?\]")
_ITEM = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")


def _parts(cell: str, column: str) -> list[str]:
    """Return the items of a list: parted, or as Python and JSON write one, `['a', 'b']`."""
    if cell.startswith("[") and _BRACKETED.fullmatch(cell):
        return [one or two for one, two in _ITEM.findall(cell)]
    return (_CLASSES if column == "category" else _LISTED).split(cell)


def _check(needed: frozenset[str], columns: set[str], path: Path, line: int) -> None:
    missing = ", ".join(sorted(needed - columns))
    if missing:
        message = f"has no {missing}; KGX needs {', '.join(sorted(needed))}"
        raise DataError(message, file=str(path), line=line)


def _decoded(path: Path, report: Report, meter: Meter | None) -> Iterator[tuple[int, Any]]:
    decode = json.JSONDecoder(object_pairs_hook=no_duplicates).decode
    for number, line in lines(path, report, meter):
        if not line.strip():
            continue
        try:
            yield number, decode(line)
        except (ValueError, RecursionError) as error:
            why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise DataError(
                f"is no JSON object: {why[:200]}; one line holds one object",
                file=str(path),
                line=number,
            ) from None


def _json_rows(
    source: Iterator[tuple[int, Any]],
    path: Path,
    needed: frozenset[str],
    lists: frozenset[str],
) -> Iterator[tuple[int, Row]]:
    checked = False
    for number, found in source:
        if not isinstance(found, dict):
            message = "a node or an edge is one JSON object, and this is none"
            raise DataError(message, file=str(path), line=number)
        for name in [name for name in found if name.startswith("biolink:")]:
            found.setdefault(named(name), found[name])
            del found[name]
        if not checked:
            _check(needed, set(found), path, number)
            checked = True
        _spread_sources(found)
        _spread_qualifiers(found)
        try:
            row: Row = {
                name: text
                for name, value in found.items()
                if (text := value_of(value, name in lists))
            }
        except UnicodeEncodeError:
            raise DataError(HALF_A_PAIR, file=str(path), line=number) from None
        yield number, row


def _spread_sources(found: dict[str, Any]) -> None:
    """Read the nested `sources` of newer graphs: which resource said it first."""
    for source in found.get("sources") or () if isinstance(found.get("sources"), list) else ():
        if isinstance(source, dict) and source.get("resource_role") == "primary_knowledge_source":
            found.setdefault("primary_knowledge_source", source.get("resource_id"))


def _spread_qualifiers(found: dict[str, Any]) -> None:
    """Read nested `qualifiers`, as TRAPI has them, as the columns that they name."""
    given = found.get("qualifiers")
    if not given or not isinstance(given, list):
        return
    for said in given:
        kind = said.get("qualifier_type_id") if isinstance(said, dict) else None
        name = kind.removeprefix("biolink:") if isinstance(kind, str) else ""
        if not name or name in found:
            return  # What is not understood stays, and takes the sign.
    for said in given:
        found[said["qualifier_type_id"].removeprefix("biolink:")] = said.get("qualifier_value")
    del found["qualifiers"]


def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON.

    Raises:
        ValueError: a key stands twice in it: one of two values would be lost.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


HALF_A_PAIR = "holds half of a surrogate pair; write the whole character"


def value_of(value: Any, listed: bool) -> Value:
    """Return a value of JSON as text, or as several texts where a list belongs.

    Raises:
        UnicodeEncodeError: it holds a lone surrogate, which can be written in JSON and nowhere
            else; without it names that differ would be one.
    """
    if listed:
        items = value if isinstance(value, list) else [value]
        return tuple(text for item in items if (text := _text(item)))
    if isinstance(value, list):
        return "|".join(_text(item) for item in value)
    return _text(value)


def _text(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124
        return ""  # NaN is what tables of numbers hold where nothing is.
    if isinstance(value, str):
        if not value.isascii():
            value.encode("utf-8")
        return one_line(value).strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)

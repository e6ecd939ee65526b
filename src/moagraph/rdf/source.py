"""Bytes of RDF from a file, safe to hand to a parser.

What can hang or kill a parser is found in the bytes before one sees them: entities of XML, deep
nesting, bombs of gzip, terms that nest. Nothing is ever fetched.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

from moagraph.errors import DataError
from moagraph.files import unpack_gzip
from moagraph.rdf.json_check import check_json
from moagraph.rdf.xml_check import check_xml

MAX_BYTES = 512 * 1024 * 1024
MAX_RATIO = 200
"""How many times its own size a gzip file may unpack to, once it is past `FREE_UNPACKED`."""
FREE_UNPACKED = 64 * 1024 * 1024

EXTENSIONS = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".trig": "trig",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
    ".jsonld": "jsonld",
}
"""The syntax of each file name extension; each may be followed by `.gz`."""

_TURTLE_OPAQUE = re.compile(
    rb"\\.|<[^<>\"{}|^`\\\x00-\x20]*+>"
    rb'|"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+(?:"""|\Z)'
    rb"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+(?:'''|\Z)"
    rb'|"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"?'
    rb"|'[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'?"
    rb"|#[^\r\n]*+",
    re.DOTALL,
)
_TRIPLE_TERM = re.compile(rb"<<|\{\||~")
_OPENING = re.compile(rb"<<")
"""A pattern, for it is found in half the time that `in` takes."""


class RdfSource(NamedTuple):
    """The bytes of a document in UTF-8 without mark, its syntax, and how messages name it."""

    data: bytes
    format: str
    name: str


def format_of(name: str) -> str:
    """Return the syntax that a file name stands for, or "" for none of RDF."""
    stem = name.lower().removesuffix(".gz")
    return next((f for end, f in EXTENSIONS.items() if stem.endswith(end)), "")


def open_source(path: str | Path, format: str = "") -> RdfSource:
    """Read a file of RDF, unpacked if it is gzip, and refuse what is hostile.

    Raises:
        DataError: it is no regular file, too large, cut, of an unknown syntax, or hostile.
    """
    name = str(path)
    syntax = format or format_of(name)
    if not syntax:
        raise DataError(
            f"is no RDF by its name; expected one of {', '.join(EXTENSIONS)}, maybe .gz", file=name
        )
    return check_source(_read(Path(path)), syntax, name)


def check_source(data: bytes, format: str, name: str) -> RdfSource:
    """Return bytes as a source after looking for what would harm a parser.

    Raises:
        DataError: they are not UTF-8, hold a NUL, or something hostile.
    """
    if format not in EXTENSIONS.values():
        known = sorted(set(EXTENSIONS.values()))
        raise DataError(f"unknown RDF syntax {format!r}", file=name, suggestions=known)
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        raise DataError("is UTF-16 or UTF-32; save it as UTF-8", file=name)
    data = data.removeprefix(b"\xef\xbb\xbf")
    place = data.find(b"\0")
    if place >= 0:
        message = "holds a NUL byte: it is no text in UTF-8; save it as such"
        raise DataError(message, **_at(data, place, name))
    if format == "rdfxml":
        data = check_xml(data, name)
    elif format == "jsonld":
        check_json(data, name)
    elif _OPENING.search(data):
        _check_terms(data, name)
    return RdfSource(data, format, name)


def _at(data: bytes, place: int, name: str) -> dict[str, Any]:
    return {"file": name, "line": data.count(b"\n", 0, place) + 1}


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError("is not a regular file; copy it into one first", file=str(path))
        if status.st_size > MAX_BYTES:
            raise DataError(f"is larger than {MAX_BYTES >> 20} MiB", file=str(path))
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot be read: {why}", file=str(path)) from error
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    most = min(MAX_BYTES, max(FREE_UNPACKED, MAX_RATIO * len(raw)))
    return unpack_gzip(raw, most, str(path))


def _check_terms(data: bytes, name: str) -> None:
    """Refuse terms that are triples: our form has none, and nested ones overflow the parser."""
    if b"<<" in _TURTLE_OPAQUE.sub(b" ", data):
        raise triple_terms(data, name)


def triple_terms(data: bytes, name: str) -> DataError:
    """Return the error for triples that are terms, with the line of the first."""
    bare = _TURTLE_OPAQUE.sub(lambda found: b" " + b"\n" * found.group().count(b"\n"), data)
    found = _TRIPLE_TERM.search(bare)
    message = "holds a triple as a term (<<...>>, {|...|} or ~), which moagraph's form has not"
    return DataError(message, **(_at(bare, found.start(), name) if found else {"file": name}))

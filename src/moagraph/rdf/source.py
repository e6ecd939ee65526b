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

MAX_BYTES = 512 * 1024 * 1024
MAX_DEPTH = 64
MAX_CONTEXT_TERMS = 1000
MAX_CONTEXT_BYTES = 1 << 20

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

_XML_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)[^\s<>!?/\"'][^<>\"'/]*+"
    rb"(?:\"[^\"]*+\"|'[^']*+'|/(?!>)|[^<>\"'/]++)*+(?P<empty>/?)>"
    rb"|(?P<broken><)",
    re.DOTALL,
)
_XML_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_LONE_SURROGATE = re.compile(
    rb"(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F])"
)
_ESCAPED_LETTER = re.compile(rb"\\u00[4-7]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_TURTLE_OPAQUE = re.compile(
    rb"\\.|<[^<>\"{}|^`\\\x00-\x20]*+>"
    rb'|"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)"
    rb'|"(?:[^"\\\r\n]|\\.)*+"?'
    rb"|'(?:[^'\\\r\n]|\\.)*+'?"
    rb"|#[^\r\n]*+",
    re.DOTALL,
)


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
        raise DataError("holds a NUL byte: it is no text in UTF-8", **_at(data, place, name))
    if format == "rdfxml":
        _check_xml(data, name)
    elif format == "jsonld":
        _check_json(data, name)
    elif b"<<" in data:
        _check_terms(data, name)
    return RdfSource(data, format, name)


def _at(data: bytes, place: int, name: str) -> dict[str, Any]:
    return {"file": name, "line": data.count(b"\n", 0, place) + 1}


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError("is not a regular file", file=str(path))
        if status.st_size > MAX_BYTES:
            raise DataError(f"is larger than {MAX_BYTES >> 20} MiB", file=str(path))
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot be read: {why}", file=str(path)) from error
    return unpack_gzip(raw, MAX_BYTES, str(path)) if raw.startswith(b"\x1f\x8b") else raw


def _check_xml(data: bytes, name: str) -> None:
    found = _XML_DECLARATION.search(data)
    if found:
        raise DataError(
            "holds a document type or entity declaration, which is refused; remove it "
            "and write its entities out",
            **_at(data, found.start(), name),
        )
    depth = 0
    for token in _XML_TOKEN.finditer(data):
        kind = token.lastgroup
        if kind == "broken":
            raise DataError("a tag has no end", **_at(data, token.start(), name))
        if kind is None or token["empty"]:
            continue
        depth += -1 if token["close"] else 1
        if depth > MAX_DEPTH:
            raise DataError(f"nests deeper than {MAX_DEPTH}", **_at(data, token.start(), name))


def _check_json(data: bytes, name: str) -> None:
    import json

    brackets = _JSON_STRING.sub(b"", data).translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        if not brackets:
            break
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    if brackets:
        raise DataError(f"is cut, or nests deeper than {MAX_DEPTH}", file=name)
    lone = _LONE_SURROGATE.search(data) if b"\\u" in data else None
    if lone:
        raise DataError("holds half of a surrogate pair", **_at(data, lone.start(), name))
    try:
        if not _plain_context(data):
            json.loads(data, object_pairs_hook=_check_context, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        message = f"column {error.colno}: {error.msg}"
        raise DataError(message, file=name, line=error.lineno) from error
    except DataError as error:
        raise DataError(error.message, file=name) from error
    except ValueError as error:
        raise DataError(f"is no JSON: {error}", file=name) from error


def _plain_context(data: bytes) -> bool:
    """Tell whether at most one context, written as we write it, is there and is harmless.

    It is then looked at by itself, which spares reading all of the document twice.
    """
    import json

    if _ESCAPED_LETTER.search(data) or b"@import" in data:
        return False
    before, key, after = data.partition(b'"@context"')
    if not key:
        return b"@context" not in data
    if b"@context" in before or b"@context" in after:
        return False
    text = after[:MAX_CONTEXT_BYTES].decode("utf-8", "replace").lstrip(" \t\r\n")
    if not text.startswith(":"):
        return False
    decoder = json.JSONDecoder(object_pairs_hook=_check_context)
    try:
        found = decoder.raw_decode(text[1:].lstrip(" \t\r\n"))[0]
    except json.JSONDecodeError:
        return False
    _check_context([("@context", found)])
    return True


def _check_context(pairs: list[tuple[str, Any]]) -> int:
    """Refuse contexts that are fetched or that resolve term by term without end.

    Returns:
        the number of keys: all that the object around it has to know.
    """
    for key, value in pairs:
        if key in ("@context", "@import"):
            for part in value if isinstance(value, list) else (value,):
                if isinstance(part, str):
                    raise DataError(
                        f"names a remote context, {part[:200]!r}, which is never fetched; "
                        "write the context into the file"
                    )
                if isinstance(part, int) and part > MAX_CONTEXT_TERMS:
                    raise DataError(f"has a context of more than {MAX_CONTEXT_TERMS} terms")
    return len(pairs)


def _check_terms(data: bytes, name: str) -> None:
    """Refuse terms that are triples: our form has none, and nested ones overflow the parser."""
    bare = _TURTLE_OPAQUE.sub(b" ", data)
    if b"<<" in bare:
        raise DataError("holds triple terms (<<...>>), which moagraph's form has not", file=name)

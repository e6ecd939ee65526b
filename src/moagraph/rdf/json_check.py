"""JSON-LD before a parser sees it: no context from elsewhere, no depth, and no silent loss.

By its rules a reader of JSON-LD passes over a node whose id is no IRI, and a text whose language
is no language. A claim would vanish without a word, so both are refused here.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from moagraph.errors import DataError

MAX_DEPTH = 64
MAX_CONTEXT_TERMS = 1000
MAX_CONTEXT_BYTES = 1 << 20

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_LONE_SURROGATE = re.compile(
    rb"(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F])"
)
_ESCAPED_LETTER = re.compile(rb"\\u00[4-7]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NO_MARKS = bytes(set(range(256)) - set(b'"[]{}'))
_BLANKS = r"[ \t\r\n]*+"
_ID = re.compile(rf'"@(?:id|type)"{_BLANKS}:{_BLANKS}"([^"\\]*+)"'.encode())
_DOUBTFUL = re.compile(
    (
        rf'"@(?:id|type)"{_BLANKS}:{_BLANKS}(?!"[^"\\]*+"|[{{n])'
        rf'|"@language"{_BLANKS}:{_BLANKS}(?!"[a-z]{{2,3}}(?:-[A-Z]{{2}})?"|[{{n])'
    ).encode()
)
"""What a look at the bytes does not tell to be an id or a language."""
_UNSURE = re.compile(
    rb'"@(?!value":|language":"[a-z]{2,3}(?:-[A-Z]{2})?"'
    rb'|(?:id|type)":"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/:-]*+(?:#[A-Za-z0-9._~/:-]*+)?")'
    rb'(?:(?:id|type)":"([^"\\]*+)")?+'
)
"""All but values, languages and ids that are plainly IRIs; with the text of any other id."""
_CONTEXT = re.compile(rb'"@context"[ \t\r\n]*+:[ \t\r\n]*+')
_NO_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')
_IDS = frozenset(("@id", "@type"))
_NO_BASE = re.compile(rb'"@base"\s*+:\s*+null')
_BASELESS = (
    "sets @base to null, so that a reader would drop each relative id; "
    "leave it out, or write the ids in full"
)


def check_json(data: bytes, name: str) -> None:
    """Refuse a document that would harm a parser or lose something in it.

    Raises:
        DataError: it names a remote context, nests too deeply, is no JSON, or holds an id or a
            language that a reader of JSON-LD drops in silence.
    """
    if _is_deep(data):
        message = f"is cut, or nests deeper than {MAX_DEPTH}; fetch it again, or write it flat"
        raise DataError(message, file=name)
    lone = _LONE_SURROGATE.search(data) if b"\\u" in data else None
    if lone:
        line = data.count(b"\n", 0, lone.start()) + 1
        message = "holds half of a surrogate pair; write the whole character"
        raise DataError(message, file=name, line=line)
    try:
        _read(data)
    except json.JSONDecodeError as error:
        message = f"column {error.colno}: {error.msg}"
        raise DataError(message, file=name, line=error.lineno) from error
    except DataError as error:
        raise DataError(error.message, file=name, line=error.line) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError("a byte is not UTF-8; save it as UTF-8", file=name, line=line) from error
    except ValueError as error:
        raise DataError(f"is no JSON: {error}", file=name) from error


def _is_deep(data: bytes) -> bool:
    """Tell whether brackets outside strings nest too deeply, or are not closed."""
    if b"\\" not in data:
        # Without escapes a quote always begins or ends a string. Two that come together after
        # all else is gone, a string or the gap between two, change nothing for what stands
        # outside; what is left are the strings that hold brackets.
        data = data.translate(None, _NO_MARKS).replace(b'""', b"")
    brackets = _STRING.sub(b"", data).translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return bool(brackets)


def _read(data: bytes) -> None:
    """Read the document whole where a look at its context does not tell that it is harmless."""
    unsure = _unsure_ids(data)
    if unsure is not None:
        for text in unsure:
            _check_ids(data, text.decode("utf-8", "replace"), frozenset())
        return
    without = _NO_BASE.search(data)
    if without:
        raise DataError(_BASELESS, line=data.count(b"\n", 0, without.start()) + 1)
    contexts = _contexts(data)
    ids = _IDS.union(*map(_terms_of_ids, contexts))
    terms = frozenset(term for context in contexts for term in _terms_of(context))
    if _is_plain(data, contexts) and not _DOUBTFUL.search(data):
        for text in set(_ID.findall(data)):
            _check_ids(data, text.decode("utf-8", "replace"), terms)
        return

    def check(pairs: list[tuple[str, Any]]) -> int:
        for key, value in pairs:
            if key in ids:
                _check_ids(data, value, terms)
            elif key == "@language" and isinstance(value, str) and not _is_language(value):
                raise _lost(data, value, "no language, so a reader would drop the text")
            elif key == "@base" and value is None:
                raise DataError(_BASELESS)
        return _check_context(pairs)

    json.loads(data, object_pairs_hook=check, parse_int=str, parse_float=str)


def _unsure_ids(data: bytes) -> set[bytes] | None:
    """Return the ids that are not plainly IRIs; None if the document has more than ids to check.

    It has not if nothing is escaped, and each keyword is a value, a language or an id.
    """
    if b"\\" in data:
        return None
    found: set[bytes] = set()
    for keyword in _UNSURE.finditer(data):
        if keyword[1] is None:
            return None
        found.add(keyword[1])
    return found


def _contexts(data: bytes) -> list[Any]:
    """Return the contexts that are written plainly, wherever they stand."""
    found: list[Any] = []
    for place in islice(_CONTEXT.finditer(data), MAX_CONTEXT_TERMS):
        text = data[place.end() : place.end() + MAX_CONTEXT_BYTES].decode("utf-8", "replace")
        with contextlib.suppress(json.JSONDecodeError):
            found.append(json.JSONDecoder().raw_decode(text)[0])
    return found


def _is_plain(data: bytes, contexts: list[Any]) -> bool:
    """Tell whether at most one context is there, of prefixes alone.

    It need not be read in its place, which spares reading all of the document twice.
    """
    if _ESCAPED_LETTER.search(data) or b"@import" in data:
        return False
    if data.count(b"@context") != len(contexts) or len(contexts) > 1:
        return False
    for context in contexts:
        terms = context.items() if isinstance(context, dict) else ()
        if not terms or not all(isinstance(v, str) and v not in _IDS for _, v in terms):
            return False
        if len(terms) > MAX_CONTEXT_TERMS:
            return False
    return True


def _terms_of_ids(context: Any) -> Iterator[str]:
    """Yield the terms of a context that stand for @id or @type, or whose values are ids.

    Raises:
        DataError: a term leads to what is no IRI, so that all it begins would be lost.
    """
    if isinstance(context, list):
        for part in context:
            yield from _terms_of_ids(part)
    if not isinstance(context, dict):
        return
    for term, value in context.items():
        definition = value if isinstance(value, dict) else {"@id": value}
        leads = definition.get("@id")
        if isinstance(leads, str) and term != "@language" and _NO_IRI.search(leads):
            raise DataError(f"has a context in which {leads[:200]!r} is to be an IRI")
        if leads in ("@id", "@type") or definition.get("@type") in ("@id", "@vocab"):
            yield term
        yield from _terms_of_ids(definition.get("@context"))


def _terms_of(context: Any) -> Iterator[str]:
    """Yield all terms of a context, those of contexts in it too."""
    if isinstance(context, list):
        for part in context:
            yield from _terms_of(part)
    elif isinstance(context, dict):
        for term, value in context.items():
            yield term
            if isinstance(value, dict):
                yield from _terms_of(value.get("@context"))


def _check_ids(data: bytes, value: Any, terms: frozenset[str]) -> None:
    for each in value if isinstance(value, list) else (value,):
        if isinstance(each, str) and not _is_id(each, terms):
            raise _lost(data, each, "no IRI, so a reader would drop what it names")


def _is_id(text: str, terms: frozenset[str]) -> bool:
    """Tell whether a text is a keyword, a blank node, or an IRI, whole, short or relative."""
    import pyoxigraph as ox

    if text.startswith("@"):
        return True
    head, colon, rest = text.partition(":")
    whole = text if colon and head not in terms else f"a:{rest if colon else text}"
    try:
        ox.BlankNode(rest) if colon and head == "_" else ox.NamedNode(whole)
    except ValueError:
        return False
    return True


def _is_language(text: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.Literal("", language=text)
    except ValueError:
        return False
    return True


def _lost(data: bytes, text: str, why: str) -> DataError:
    place = -1
    for written in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        place = max(place, data.find(written.encode("utf-8", "surrogatepass")))
    line = data.count(b"\n", 0, place) + 1 if place >= 0 else None
    return DataError(f"{text[:200]!r} is {why}", line=line)


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

"""Turtle and N-Triples, byte for byte the same for the same triples.

Sorted by subject, then predicate (`a` first), then object, all by code point; only the
prefixes in use are declared. No hash order, no clock and no library version plays a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from moagraph.rdf import terms as t
from moagraph.rdf.namespaces import namespaces
from moagraph.rdf.terms import Literal, Node, Triple

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
    | {chr(c): f"\\u{c:04X}" for c in (*range(8), 11, *range(14, 32), 127)}
)
_SHORT = 100
"""How long a text is that is kept in mind: most come again and again."""
_BAD_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples, each once, in the order in which they are written."""
    unique = set(triples)
    return sorted(unique, key=lambda s: (s[0], s[1] != t.TYPE, s[1], format_node(s[2])))


def ntriples(triples: Iterable[Triple]) -> str:
    """Return N-Triples, sorted by line."""
    lines = {f"<{_iri(s)}> <{_iri(p)}> {format_node(o)} .\n" for s, p, o in triples}
    return "".join(sorted(lines))


def ntriples_lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield N-Triples as they come, unsorted."""
    short = lru_cache(maxsize=1 << 14)(format_node)
    for subject, predicate, value in triples:
        is_long = isinstance(value, Literal) and len(value.value) > _SHORT
        written = format_node(value) if is_long else short(value)
        yield f"{short(subject)} {short(predicate)} {written} .\n"


def turtle_pieces(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield Turtle as the triples come, unsorted: those of one subject in a row are joined."""
    shorten = _Shortener(most=1 << 14)
    yield "".join(f"@prefix {p}: <{n}> .\n" for p, n in sorted(namespaces().items()))
    for subject, rows in groupby(triples, key=itemgetter(0)):
        parts = [f"{'a' if p == t.TYPE else shorten(p)} {shorten(o)}" for _, p, o in rows]
        yield f"\n{shorten(subject)}\n    " + " ;\n    ".join(parts) + " .\n"


def turtle(triples: Iterable[Triple]) -> str:
    """Return Turtle, grouped by subject and predicate."""
    shorten = _Shortener()
    body = "".join(_subjects(ordered(triples), shorten))
    known = namespaces()
    head = "".join(f"@prefix {p}: <{known[p]}> .\n" for p in sorted(shorten.used, key=str.casefold))
    return f"{head}\n{body}"


def _subjects(rows: list[Triple], shorten: _Shortener) -> Iterator[str]:
    for subject, of_subject in groupby(rows, key=lambda row: row[0]):
        parts = []
        for predicate, of_predicate in groupby(of_subject, key=lambda row: row[1]):
            name = "a" if predicate == t.TYPE else shorten(predicate)
            objects = ",\n        ".join(shorten(row[2]) for row in of_predicate)
            parts.append(f"    {name} {objects}")
        yield f"{shorten(subject)}\n" + " ;\n".join(parts) + " .\n\n"


class _Shortener:
    """Writes terms in short form and remembers the prefixes it used."""

    def __init__(self, most: int | None = None) -> None:
        self.used: set[str] = set()
        self._spaces = sorted(namespaces().items(), key=lambda item: -len(item[1]))
        self._prefixes = {space: prefix for prefix, space in reversed(self._spaces)}
        self._any = re.compile("|".join(re.escape(space) for _, space in self._spaces))
        self._iri = lru_cache(maxsize=most)(self._shorten)

    def __call__(self, node: Node) -> str:
        if isinstance(node, Literal):
            return self._literal(node)
        return self._iri(node)

    def _literal(self, node: Literal) -> str:
        if node.datatype == t.INTEGER:
            return node.value
        text = f'"{node.value.translate(_ESCAPES)}"'
        return text if node.datatype == t.STRING else f"{text}^^{self._iri(node.datatype)}"

    def _shorten(self, iri: str) -> str:
        longest = self._any.match(iri)
        if longest and _LOCAL.fullmatch(iri, longest.end()):
            prefix = self._prefixes[longest.group()]
            self.used.add(prefix)
            return f"{prefix}:{iri[longest.end() :]}"
        for prefix, namespace in self._spaces:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{_iri(iri)}>"


def format_node(node: Node) -> str:
    """Return a term as N-Triples writes it."""
    if not isinstance(node, Literal):
        return f"<{_iri(node)}>"
    text = f'"{node.value.translate(_ESCAPES)}"'
    return text if node.datatype == t.STRING else f"{text}^^<{node.datatype}>"


def _iri(iri: str) -> str:
    return _BAD_IN_IRI.sub(lambda match: f"%{ord(match.group()):02X}", iri)

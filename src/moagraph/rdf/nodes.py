"""RDF as nodes: each subject with the values of each predicate, from any syntax.

The parser is pyoxigraph's: it fetches nothing and tells line and column of a fault. Graph names
are let go; a file may spread its triples over graphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from moagraph.errors import DataError
from moagraph.rdf.layers import LAYERS
from moagraph.rdf.source import triple_terms

if TYPE_CHECKING:
    from moagraph.rdf.source import RdfSource

Nodes: TypeAlias = dict[str, dict[str, list[str]]]
"""IRI of a subject to IRI of a predicate to values: IRIs and lexical forms, maybe repeated."""

_SYNTAXES = {
    "turtle": "TURTLE",
    "ntriples": "N_TRIPLES",
    "nquads": "N_QUADS",
    "trig": "TRIG",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
}
NO_BASE = "moagraph-no-base:/"

_SHOWN = 300
_PLACE = re.compile(
    r"Parser error (?:at|between) line \d+ .*?(?:and line \d+ column \d+)?: ", re.DOTALL
)
_SEEMING = (
    (re.compile(rb"\s*(?i:<!doctype html|<html)"), "html", "a web page, not RDF"),
    (re.compile(rb"\s*<(?:\?xml|rdf:RDF)"), "rdfxml", "RDF/XML; name it .rdf"),
    (re.compile(rb"\s*(?:\[\s*)?\{\s*[\"}]"), "jsonld", "JSON-LD; name it .jsonld"),
    (re.compile(rb"\s*@(?:prefix|base)\b"), "turtle", "Turtle; name it .ttl"),
)
"""How documents begin, their syntax, and what is said of one that has another name."""
_REMEDIES = (
    ("UTF-8", "save it as UTF-8"),
    ("nexpected end of file", "it seems to be cut: fetch it again"),
    (
        "IRI",
        "an IRI is absolute and has no blanks, quotes or brackets; write them as %20 and so on",
    ),
    ("", "mend it, or write it anew with the tool that made it"),
)


def parse(source: RdfSource) -> Nodes:
    """Return the nodes of a document.

    Raises:
        DataError: it is not well formed; with the line, and in the message the column.
    """
    import pyoxigraph as ox

    nodes: Nodes = {}
    known: dict[str, list[str]] = {}
    last = ""
    syntax = getattr(ox.RdfFormat, _SYNTAXES[source.format])
    # Without a base a reader of JSON-LD drops what is relative without a word.
    base = NO_BASE if source.format == "jsonld" else None
    # What the engine concluded and the schema are made anew from the claims, not read back.
    graphs = source.format in ("nquads", "trig") or _may_name_graphs(source)
    derived = {ox.NamedNode(name) for name in LAYERS}
    try:
        for quad in ox.parse(source.data, format=syntax, base_iri=base):
            if graphs and quad.graph_name in derived:
                continue
            subject = quad.subject.value
            # Triples of a subject mostly come together.
            if subject != last:
                last = subject
                known = nodes.setdefault(subject, {})
            predicate = quad.predicate.value
            if predicate in known:
                known[predicate].append(quad.object.value)
            else:
                known[predicate] = [quad.object.value]
    except SyntaxError as error:
        raise _fault(error, source) from error
    except AttributeError as error:
        raise triple_terms(source.data, source.name) from error
    except MemoryError as error:
        message = f"holds a text, a name or a comment that is too long ({error})"
        raise DataError(message, file=source.name) from error
    if base:
        _check_relative(nodes, source.name)
    return nodes


def _may_name_graphs(source: RdfSource) -> bool:
    """Tell whether a document may have graphs with names; in JSON-LD it takes a keyword."""
    keywords = (b"@graph", rb"\u")
    return source.format == "jsonld" and any(keyword in source.data for keyword in keywords)


def _check_relative(nodes: Nodes, name: str) -> None:
    for subject, about in nodes.items():
        texts = "".join(("".join(about), *map("".join, about.values())))
        if NO_BASE not in texts and NO_BASE not in subject:
            continue
        for value in (subject, *about, *(value for found in about.values() for value in found)):
            if value.startswith(NO_BASE):
                message = f"{value[len(NO_BASE) :][:200]!r} is relative, and there is no base"
                raise DataError(f"{message}; write the IRI in full, or add @base", file=name)


def _fault(error: SyntaxError, source: RdfSource) -> DataError:
    # The parser says the place in words of its own, in several forms.
    said = _PLACE.sub("", str(error.msg), count=1)
    line, column = error.lineno, error.offset
    if line is None and source.format == "rdfxml":
        line, column = _xml_place(source.data)
    if line is None:
        line = _line_of(said, source.data)
    said = " ".join(said.split())
    if len(said) > _SHOWN:
        said = f"{said[:_SHOWN]}…"
    place = f"column {column}: " if column else ""
    hint = _hint(source) if line is None or line == 1 else ""
    hint = hint or next((f"; {remedy}" for word, remedy in _REMEDIES if word in said), "")
    return DataError(f"{place}{said}{hint}", file=source.name, line=line)


def _line_of(said: str, data: bytes) -> int | None:
    """Return the line of what a message quotes, where the parser does not tell one."""
    quoted = re.search("'(.{1,500}?)'", said)
    place = data.find(quoted.group(1).encode()) if quoted else -1
    return data.count(b"\n", 0, place) + 1 if place >= 0 else None


def _hint(source: RdfSource) -> str:
    """Tell what a document seems to be instead of what it is read as."""
    for pattern, syntax, remedy in _SEEMING:
        if syntax != source.format and pattern.match(source.data):
            return f"; it looks like {remedy}"
    return ""


def _xml_place(data: bytes) -> tuple[int | None, int | None]:
    """Return line and column at which XML is not well formed, if it is not."""
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    except (ValueError, LookupError):
        return 1, None  # an encoding that nobody has here
    return None, None

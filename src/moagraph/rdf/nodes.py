"""RDF as nodes: each subject with the values of each predicate, from any syntax.

The parser is pyoxigraph's: it fetches nothing and tells line and column of a fault. Graph names
are let go; a file may spread its triples over graphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from moagraph.errors import DataError
from moagraph.rdf.layers import LAYERS

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
    # What the engine concluded and the schema are made anew from the claims, not read back.
    graphs = source.format in ("nquads", "trig", "jsonld")
    derived = {ox.NamedNode(name) for name in LAYERS}
    try:
        for quad in ox.parse(source.data, format=syntax):
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
        message = "holds a triple as a term, which moagraph's form has not"
        raise DataError(message, file=source.name) from error
    return nodes


def _fault(error: SyntaxError, source: RdfSource) -> DataError:
    text = str(error.msg)
    line, column = error.lineno, error.offset
    if line is None and source.format == "rdfxml":
        line, column = _xml_place(source.data)
    # The parser says the place in words of its own, in several forms.
    said = text.partition(": ")[2] if text.startswith("Parser error at ") else text
    place = f"column {column}: " if column else ""
    return DataError(f"{place}{said}", file=source.name, line=line)


def _xml_place(data: bytes) -> tuple[int | None, int | None]:
    """Return line and column at which XML is not well formed, if it is not."""
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return None, None

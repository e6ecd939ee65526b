"""The graph as a file in any RDF syntax, layer by layer.

The layers are the claims (the default graph), the reasoned layer and the schema. Syntaxes with
named graphs keep each apart; in the others one layer is written, or all are joined. Of few
claims the same records give the same bytes; of many they are written as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from moagraph.errors import DataError, QuestionError
from moagraph.rdf.layers import MAX_REASONED, REASONED, SCHEMA
from moagraph.rdf.namespaces import namespaces

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.knowledge import KnowledgeBase


MAX_SORTED = 10_000
"""The most claims that are sorted in memory, some 25 kB each; more are written as they come."""
_BY_OURSELVES = frozenset({"N_TRIPLES", "N_QUADS", "TURTLE", "TRIG"})
"""What is written in a third of the time without a term of a library for each name."""
_BLOCK = 1 << 20


class Pieces(NamedTuple):
    """A file in pieces, under the name "", and what it leaves out."""

    texts: dict[str, Iterable[bytes]]
    losses: Callable[[], list[str]]


def turtle_text(kb: KnowledgeBase, layer: str = "claims") -> str | bytes | Pieces:
    """Return Turtle; the claims byte for byte as `ontology/moagraph.ttl` has them."""
    from moagraph.rdf.project import triples
    from moagraph.rdf.reasoned import reasoned_triples
    from moagraph.rdf.turtle import turtle

    if layer == "claims" and len(kb.assertions) <= MAX_SORTED:
        return turtle(triples(kb))
    if layer == "reasoned" and _is_reasoned(kb, layer):
        return turtle(reasoned_triples(kb))
    return _serialized(kb, layer, "TURTLE")


def ntriples_text(kb: KnowledgeBase, layer: str = "claims") -> bytes | Pieces:
    """Return N-Triples."""
    return _serialized(kb, layer, "N_TRIPLES")


def jsonld_text(kb: KnowledgeBase, layer: str = "claims") -> bytes | Pieces:
    """Return JSON-LD; of all layers each in its graph."""
    return _serialized(kb, layer, "JSON_LD", named=layer == "all")


def rdfxml_text(kb: KnowledgeBase, layer: str = "claims") -> bytes | Pieces:
    """Return RDF/XML."""
    return _serialized(kb, layer, "RDF_XML")


def trig_text(kb: KnowledgeBase, layer: str = "all") -> bytes | Pieces:
    """Return TriG: claims in the default graph, the other layers each in its graph."""
    return _serialized(kb, layer, "TRIG", named=True)


def nquads_text(kb: KnowledgeBase, layer: str = "all") -> bytes | Pieces:
    """Return N-Quads, with the graphs of `trig_text`."""
    return _serialized(kb, layer, "N_QUADS", named=True)


def _is_reasoned(kb: KnowledgeBase, layer: str) -> bool:
    """Tell whether the reasoned layer is to be written.

    Raises:
        QuestionError: it alone is asked for, of more claims than it is made of.
    """
    if layer not in ("reasoned", "all") or len(kb.assertions) <= MAX_REASONED:
        return layer in ("reasoned", "all")
    if layer == "reasoned":
        raise QuestionError(
            f"the reasoned layer is made of up to {MAX_REASONED:,} claims; "
            f"these data have {len(kb.assertions):,}"
        )
    return False


def _serialized(
    kb: KnowledgeBase, layer: str, format: str, *, named: bool = False
) -> bytes | Pieces:
    import pyoxigraph as ox

    reasoned = _is_reasoned(kb, layer)
    lost = []
    if layer == "all" and not reasoned:
        count = f"{len(kb.assertions):,}"
        lost.append(f"the reasoned layer: it is made of up to {MAX_REASONED:,} claims, not {count}")
    syntax: ox.RdfFormat = getattr(ox.RdfFormat, format)
    prefixes = {} if format in ("N_TRIPLES", "N_QUADS") else namespaces()
    found = _quads(kb, layer, reasoned)
    if len(kb.assertions) > MAX_SORTED and format in _BY_OURSELVES:
        return Pieces({"": _as_they_come(kb, layer, syntax, prefixes, named)}, lambda: lost)
    if len(kb.assertions) > MAX_SORTED:
        rows = found if named else (quad.triple for quad in found)
        return Pieces({"": _streamed(rows, syntax, prefixes)}, lambda: lost)
    ordered: list[ox.Quad] | list[ox.Triple] = sorted(set(found), key=_order)
    if not named:
        ordered = [quad.triple for quad in ordered if isinstance(quad, ox.Quad)]
    text = ox.serialize(ordered, format=syntax, prefixes=prefixes) or b""
    return Pieces({"": [text]}, lambda: lost) if lost else text


def _as_they_come(
    kb: KnowledgeBase, layer: str, syntax: ox.RdfFormat, prefixes: dict[str, str], named: bool
) -> Iterator[bytes]:
    """Yield the file in blocks; of so many claims there is no reasoned layer."""
    import pyoxigraph as ox

    from moagraph.rdf.project import triples
    from moagraph.rdf.turtle import ntriples_lines, turtle_pieces

    if layer in ("claims", "all"):
        write = turtle_pieces if prefixes else ntriples_lines
        held: list[str] = []
        size = 0
        for piece in write(triples(kb)):
            held.append(piece)
            size += len(piece)
            if size > _BLOCK:
                yield "".join(held).encode("utf-8", "replace")
                held.clear()
                size = 0
        yield "".join(held).encode("utf-8", "replace")
    if layer in ("schema", "all"):
        schema = list(_quads(kb, "schema", False))
        rows = schema if named else [quad.triple for quad in schema]
        yield ox.serialize(rows, format=syntax, prefixes=prefixes) or b""


def _streamed(
    rows: Iterable[ox.Quad] | Iterable[ox.Triple], syntax: ox.RdfFormat, prefixes: dict[str, str]
) -> Iterator[bytes]:
    """Yield the file in blocks, by way of a temporary one: it never sits in memory."""
    import tempfile

    import pyoxigraph as ox

    try:
        with tempfile.TemporaryFile(prefix="moagraph-") as file:
            ox.serialize(rows, file, format=syntax, prefixes=prefixes)
            file.seek(0)
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        message = f"a temporary file cannot be written: {error.strerror}"
        raise DataError(message, file=tempfile.gettempdir()) from error


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    kind = str(quad.predicate)
    return (
        str(quad.graph_name),
        str(quad.subject),
        not kind.endswith("#type>"),
        kind,
        str(quad.object),
    )


def _quads(kb: KnowledgeBase, layer: str, reasoned: bool) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    from moagraph.rdf.oxigraph import quads
    from moagraph.rdf.project import triples
    from moagraph.rdf.reasoned import reasoned_triples
    from moagraph.resources import ontology_file

    if layer in ("claims", "all"):
        yield from quads(triples(kb), None)
    if reasoned:
        yield from quads(reasoned_triples(kb), REASONED)
    if layer in ("schema", "all"):
        place = ox.NamedNode(SCHEMA)
        for quad in ox.parse(path=ontology_file("schema.ttl"), format=ox.RdfFormat.TURTLE):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, place)

"""The graph as a file in any RDF syntax, layer by layer.

The layers are the claims (the default graph), the reasoned layer and the schema. Syntaxes with
named graphs keep each apart; in the others one layer is written, or all are joined.

Documents are sorted, so that the same data give the same bytes. The claims of a large graph are
written as they come, in N-Triples and N-Quads alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from moagraph.errors import QuestionError
from moagraph.rdf.layers import REASONED, SCHEMA
from moagraph.rdf.namespaces import namespaces

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.knowledge import KnowledgeBase
    from moagraph.rdf.terms import Triple

MAX_SORTED = 30_000
"""The most claims that are sorted in memory: some 25 kB each."""
_AT_ONCE = 20_000


def turtle_text(kb: KnowledgeBase, layer: str = "claims") -> str:
    """Return Turtle; the claims byte for byte as `ontology/moagraph.ttl` has them."""
    from moagraph.rdf.project import triples
    from moagraph.rdf.reasoned import reasoned_triples
    from moagraph.rdf.turtle import turtle

    if layer != "schema":
        _refuse_large(kb, "turtle")
    if layer == "claims":
        return turtle(triples(kb))
    if layer == "reasoned":
        return turtle(reasoned_triples(kb))
    return _serialized(kb, layer, "TURTLE").decode("utf-8")


def ntriples_text(kb: KnowledgeBase, layer: str = "claims") -> bytes:
    """Return N-Triples."""
    return b"".join(ntriples_pieces(kb, layer))


def ntriples_pieces(kb: KnowledgeBase, layer: str = "claims") -> Iterator[bytes]:
    """Yield N-Triples in pieces."""
    if layer == "claims" and _is_large(kb):
        return _streamed(kb, "N_TRIPLES")
    return iter((_serialized(kb, layer, "N_TRIPLES"),))


def jsonld_text(kb: KnowledgeBase, layer: str = "claims") -> bytes:
    """Return JSON-LD; of all layers each in its graph."""
    return _serialized(kb, layer, "JSON_LD", named=layer == "all")


def rdfxml_text(kb: KnowledgeBase, layer: str = "claims") -> bytes:
    """Return RDF/XML."""
    return _serialized(kb, layer, "RDF_XML")


def trig_text(kb: KnowledgeBase, layer: str = "all") -> bytes:
    """Return TriG: claims in the default graph, the other layers each in its graph."""
    return _serialized(kb, layer, "TRIG", named=True)


def nquads_text(kb: KnowledgeBase, layer: str = "all") -> bytes:
    """Return N-Quads, with the graphs of `trig_text`."""
    return b"".join(nquads_pieces(kb, layer))


def nquads_pieces(kb: KnowledgeBase, layer: str = "all") -> Iterator[bytes]:
    """Yield N-Quads in pieces."""
    if layer == "claims" and _is_large(kb):
        return _streamed(kb, "N_QUADS")
    return iter((_serialized(kb, layer, "N_QUADS", named=True),))


def _is_large(kb: KnowledgeBase) -> bool:
    return len(kb.tables.assertions) > MAX_SORTED


def _refuse_large(kb: KnowledgeBase, name: str) -> None:
    if _is_large(kb):
        raise QuestionError(
            f"{len(kb.tables.assertions):,} claims are too many for {name}, which is sorted in "
            f"memory up to {MAX_SORTED:,}: write them with `moagraph export ntriples`, or with "
            "`nquads --layer claims`"
        )


def _streamed(kb: KnowledgeBase, format: str) -> Iterator[bytes]:
    import pyoxigraph as ox

    from moagraph.rdf.oxigraph import quads
    from moagraph.rdf.project import triples

    syntax: ox.RdfFormat = getattr(ox.RdfFormat, format)
    found: Iterator[Triple] = triples(kb)
    while batch := list(islice(found, _AT_ONCE)):
        rows = quads(batch, None)
        if format == "N_TRIPLES":
            yield ox.serialize((quad.triple for quad in rows), format=syntax) or b""
        else:
            yield ox.serialize(rows, format=syntax) or b""


def _serialized(kb: KnowledgeBase, layer: str, format: str, *, named: bool = False) -> bytes:
    import pyoxigraph as ox

    if layer != "schema":
        _refuse_large(kb, format.lower().replace("_", "-"))
    found = _quads(kb, layer)
    rows: list[ox.Quad] | list[ox.Triple] = sorted(set(found), key=_order)
    if not named:
        rows = [quad.triple for quad in rows if isinstance(quad, ox.Quad)]
    syntax: ox.RdfFormat = getattr(ox.RdfFormat, format)
    prefixes = {} if format in ("N_TRIPLES", "N_QUADS") else namespaces()
    return ox.serialize(rows, format=syntax, prefixes=prefixes) or b""


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    kind = str(quad.predicate)
    return (
        str(quad.graph_name),
        str(quad.subject),
        not kind.endswith("#type>"),
        kind,
        str(quad.object),
    )


def _quads(kb: KnowledgeBase, layer: str) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    from moagraph.rdf.oxigraph import quads
    from moagraph.rdf.project import triples
    from moagraph.rdf.reasoned import reasoned_triples
    from moagraph.resources import ontology_file

    if layer in ("claims", "all"):
        yield from quads(triples(kb), None)
    if layer in ("reasoned", "all"):
        yield from quads(reasoned_triples(kb), REASONED)
    if layer in ("schema", "all"):
        place = ox.NamedNode(SCHEMA)
        for quad in ox.parse(path=ontology_file("schema.ttl"), format=ox.RdfFormat.TURTLE):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, place)

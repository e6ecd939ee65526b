"""Our triples as terms of pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from moagraph.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    import pyoxigraph as ox

_MOST = 1 << 16
"""How many names are kept at hand: most are used a few times in a row."""


def quads(triples: Iterable[Triple], graph: str | None) -> Iterator[ox.Quad]:
    """Yield the triples as quads of a named graph, of the default graph for None."""
    import pyoxigraph as ox

    place = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    nodes: dict[str, ox.NamedNode] = {}

    def node(iri: str) -> ox.NamedNode:
        known = nodes.get(iri)
        if known is None:
            if len(nodes) >= _MOST:
                nodes.clear()
            known = nodes[iri] = ox.NamedNode(iri)
        return known

    for subject, predicate, value in triples:
        term: ox.NamedNode | ox.Literal
        if isinstance(value, Literal):
            term = ox.Literal(value.value, datatype=node(value.datatype))
        else:
            term = node(value)
        yield ox.Quad(node(subject), node(predicate), term, place)

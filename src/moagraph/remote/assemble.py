"""From fetched nodes to tables: the chosen claims with all that they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.frozen import Frozen, field
from moagraph.rdf import terms as t
from moagraph.rdf.nodes import Nodes
from moagraph.rdf.predicates import moa
from moagraph.rdf.records import Builder
from moagraph.remote.fetch import Edge, Fetcher
from moagraph.tables import Tables

_HAS_EVIDENCE, _HAS_QUANTITY, _HAS_FACT = moa("hasEvidence"), moa("hasQuantity"), moa("hasFact")
_SOURCE = t.DCTERMS + "source"


class Selection(Frozen):
    """What is taken beside the frame, by IRI.

    `claims` and `facts` come with evidence, numbers and sources; `bare` claims are there only
    to tell how far the graph goes on, as no path from the start comes by them.
    """

    claims: dict[str, None] = field(default_factory=dict)
    bare: list[Edge] = field(default_factory=list)
    facts: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)


def assemble(fetcher: Fetcher, frame: Iterable[str], selection: Selection) -> Tables:
    """Return the tables of the frame and a selection, fetching what is not here yet.

    Raises:
        DataError: something that a claim rests on is missing at the endpoint.
    """
    known = fetcher.nodes
    abouts = [*selection.claims, *selection.facts]
    proofs = _follow(fetcher, abouts, _HAS_EVIDENCE)
    quantities = _follow(fetcher, proofs, _HAS_QUANTITY)
    sources = [*_follow(fetcher, proofs, _SOURCE), *selection.sources]
    fetcher.describe([*quantities, *sources])
    nodes: Nodes = {edge.claim: _bare(edge) for edge in selection.bare}
    for iri in frame:
        nodes[iri] = {p: values for p, values in known[iri].items() if p != _HAS_FACT}
        facts = [fact for fact in known[iri].get(_HAS_FACT, ()) if fact in selection.facts]
        if facts:
            nodes[iri][_HAS_FACT] = facts
    for iri in (*abouts, *proofs, *quantities, *sources):
        # A source may be an entity too, whose facts are then left as the frame has them.
        nodes.setdefault(iri, known[iri])
    return Builder(nodes, fetcher.endpoint.address.shown).tables()


def _follow(fetcher: Fetcher, iris: Iterable[str], predicate: str) -> list[str]:
    """Fetch nodes and return what they lead to."""
    iris = list(iris)
    fetcher.describe(iris)
    found = (value for iri in iris for value in fetcher.nodes[iri].get(predicate, ()))
    return list(dict.fromkeys(found))


def _bare(edge: Edge) -> dict[str, list[str]]:
    return {
        t.TYPE: [moa("Assertion")],
        moa("hasSubject"): [edge.subject],
        moa("hasPredicate"): [edge.predicate],
        moa("hasObject"): [edge.object],
        moa("claimKind"): [edge.kind],
        moa("hasPolarity"): [edge.polarity],
    }

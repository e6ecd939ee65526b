"""A knowledge base whose records lie behind an endpoint.

Entities, machines, states and variants - the frame that every question needs, names among them -
are fetched once per call. Claims with their evidence are fetched around a question; what asks
for all records, such as counts, brings them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from moagraph.knowledge import KnowledgeBase
from moagraph.names import NameIndex
from moagraph.rdf import terms as t
from moagraph.rdf.predicates import KIND_CLASSES, moa
from moagraph.rdf.read import DATASET
from moagraph.rdf.records import Builder
from moagraph.remote.assemble import Selection, assemble
from moagraph.remote.client import Caps, Endpoint
from moagraph.remote.fetch import Fetcher
from moagraph.remote.frame import Frame
from moagraph.remote.spread import backward, forward

if TYPE_CHECKING:
    from moagraph.records import Assertion, Entity, Source
    from moagraph.tables import AnyTables, Tables

_FRAME = [moa(name) for name in ("Entity", *KIND_CLASSES.values(), "MachinePart", "Variant")]
_REST = [
    moa(name) for name in ("Assertion", "Evidence", "Quantity", "Source", "Fact", "ArticleClaim")
]


class RemoteKnowledge(KnowledgeBase):
    """The knowledge base of an endpoint. Use `connect`."""

    def __init__(self, endpoint: Endpoint, graph: str, name: str, version: str) -> None:
        self.endpoint = endpoint
        self.fetcher = Fetcher(endpoint, graph)
        self.name = name
        self.version = version

    @property
    def address(self) -> str:
        """Return the address of the endpoint."""
        return self.endpoint.address.shown

    @cached_property
    def frame(self) -> Frame:
        """Return entities, machines, states and variants, fetched once."""
        iris = self.fetcher.of_classes(_FRAME)
        self.fetcher.describe(iris)
        tables = assemble(self.fetcher, iris, Selection())
        return Frame(tables, iris)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:  # type: ignore[override]
        """Return entities by id."""
        return {entity.id: entity for entity in self.frame.tables.entities}

    @cached_property
    def names(self) -> NameIndex:
        """Return the index of all names."""
        return NameIndex(self.frame.tables.entities)

    @cached_property
    def tables(self) -> AnyTables:  # type: ignore[override]
        """Return all records; for questions that are about all of them."""
        return self.whole

    @cached_property
    def whole(self) -> Tables:
        """Return all records, fetched at first use."""
        self.endpoint.begin()
        iris = self.fetcher.of_classes([*_FRAME, *_REST])
        self.fetcher.describe(iris)
        nodes = {iri: self.fetcher.nodes[iri] for iri in iris}
        return Builder(nodes, self.endpoint.address.shown).tables()

    @cached_property
    def assertions(self) -> Mapping[str, Assertion]:  # type: ignore[override]
        """Return all assertions by id."""
        return {a.id: a for a in self.whole.assertions}

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return the sources of what was fetched so far."""
        kind = moa("Source")
        nodes = {i: n for i, n in self.fetcher.nodes.items() if kind in n.get(t.TYPE, ())}
        found = Builder(nodes, self.endpoint.address.shown).tables().sources
        return {source.id: source for source in found}

    # -- parts --------------------------------------------------------------

    def around(self, starts: Iterable[str], ends: Iterable[str], length: int) -> KnowledgeBase:
        """Return the part of the graph that a question from starts to ends can touch."""
        self.endpoint.begin()
        selection = Selection()
        begin = self.frame.with_members_of_classes(name for name in starts if name)
        self._spread(selection, begin, list(filter(None, ends)), length)
        return self._part(selection)

    def near(self, names: Sequence[str], steps: int = 0) -> KnowledgeBase:
        """Return the part of the graph that names things: entities, or records by their id."""
        self.endpoint.begin()
        selection = Selection()
        if len(names) == 1 and not steps and self._record(names[0], selection):
            return self._part(selection)
        found = [entity.id for name in names for entity in self.names.find(name)]
        self._touching(selection, found)
        for iri in self.frame.iris(self.frame.kin(found)):
            facts = self.fetcher.nodes[iri].get(moa("hasFact"), ())
            selection.facts.update(dict.fromkeys(facts))
        if steps:
            self._spread(selection, found, [], steps)
        return self._part(selection)

    def _touching(self, selection: Selection, ids: Iterable[str]) -> None:
        """Select every claim on entities or their kin."""
        near = self.frame.iris(self.frame.kin(ids))
        edges = self.fetcher.edges("subject", near) + self.fetcher.edges("object", near)
        selection.claims.update(dict.fromkeys(edge.claim for edge in edges))

    def _spread(
        self, selection: Selection, starts: list[str], ends: list[str], length: int
    ) -> None:
        """Select what paths from starts to ends, to all diseases if there are none, can meet."""
        frame, fetcher = self.frame, self.fetcher
        self._touching(selection, starts)
        ahead = forward(fetcher, frame, starts, length)
        selection.claims.update(dict.fromkeys(edge.claim for edge in ahead))
        selection.claims.update(dict.fromkeys(frame.shown_by()))
        targets = frame.above_and_below(ends or frame.of_kind("disease"))
        behind = backward(fetcher, frame, targets, length)
        selection.bare.extend(edge for edge in behind if edge.claim not in selection.claims)

    def _record(self, name: str, selection: Selection) -> bool:
        """Select the claims and facts that the id of a record leads to; tell if it is one."""
        try:
            claim, fact = t.assertion_iri(name), t.fact_iri(name)
            proof, source = t.evidence_iri(name), t.entity_iri(name)
        except UnicodeEncodeError:
            return False
        fetcher = self.fetcher
        fetcher.describe((claim, fact, proof, source))
        abouts = [iri for iri in (claim, fact) if fetcher.nodes[iri]]
        if not abouts:
            proofs = [proof] if fetcher.nodes[proof] else []
            if moa("Source") in fetcher.nodes[source].get(t.TYPE, ()):
                proofs += fetcher.about(t.DCTERMS + "source", [source])
                selection.sources[source] = None
            abouts = fetcher.about(moa("hasEvidence"), proofs)
        for iri in abouts:
            chosen = selection.facts if iri.startswith(t.fact_iri("")) else selection.claims
            chosen[iri] = None
        return bool(abouts or selection.sources)

    def _part(self, selection: Selection) -> KnowledgeBase:
        tables = assemble(self.fetcher, self.frame.nodes, selection)
        return KnowledgeBase(tables, name=self.name, version=self.version)

    def __repr__(self) -> str:
        return f"<RemoteKnowledge {self.endpoint.address.shown}: {self.version}>"


def connect(url: str, caps: Caps | None = None) -> RemoteKnowledge:
    """Return the knowledge base of an endpoint.

    Our triples are looked for in the default graph and in named ones; where a single named
    graph has them, only that is asked, so that other graphs beside it do no harm.

    Raises:
        DataError: it cannot be reached, or holds none of our graphs, or several.
    """
    endpoint = Endpoint(url, caps)
    about = f"<{DATASET}> ?p ?o"
    query = f"SELECT ?g ?p ?o WHERE {{ {{ {about} }} UNION {{ GRAPH ?g {{ {about} }} }} }}"
    rows = endpoint.select(query, ("g", "p", "o"))
    graphs = sorted({graph for graph, _, _ in rows if graph})
    if not rows:
        raise endpoint.fault(
            "holds no graph of moagraph's; load `moagraph export ntriples` into it, and name its "
            "graph by ?default-graph-uri=... in the address if it has one"
        )
    if len(graphs) > 1:
        raise endpoint.fault(
            f"holds several graphs of moagraph's: {', '.join(graphs[:5])}; choose one by "
            "?default-graph-uri=... in the address"
        )
    graph = graphs[0] if graphs else ""
    told: dict[str, set[str]] = {}
    for found, predicate, value in rows:
        if found == graph:
            told.setdefault(predicate, set()).add(value)
    title = ", ".join(sorted(told.get(t.DCTERMS + "title", ()))).removeprefix("moagraph: ")
    version = ", ".join(sorted(told.get(t.OWL + "versionInfo", ())))
    return RemoteKnowledge(endpoint, graph, title or "remote", version or "unversioned")

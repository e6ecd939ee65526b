"""An endpoint in memory, for random graphs; it can cut its answers as engines do."""

from __future__ import annotations

import pyoxigraph as ox

from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import write
from moagraph.remote.client import Caps, Endpoint, Row
from moagraph.remote.knowledge import RemoteKnowledge


class StoreEndpoint(Endpoint):
    """Answers from a store of this process, with no more than so many rows."""

    def __init__(self, store: ox.Store, cut_at: int = 0, caps: Caps | None = None) -> None:
        super().__init__("http://127.0.0.1/in-memory", caps)
        self.store = store
        self.cut_at = cut_at

    def select(self, query: str, variables: tuple[str, ...]) -> list[Row]:
        """Return rows, cut without a word."""
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        rows: list[Row] = []
        for solution in found:
            if self.cut_at and len(rows) >= self.cut_at:
                break
            rows.append(tuple(_text(solution[name]) for name in variables))
        return rows


def _text(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    assert term is None or isinstance(term, ox.NamedNode | ox.Literal)
    return "" if term is None else term.value


def remote_of(kb: KnowledgeBase, *, cut_at: int = 0, graph: str = "") -> RemoteKnowledge:
    """Return a knowledge base as if it lay behind an endpoint, maybe in a named graph."""
    store = ox.Store()
    target = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    store.load(write(kb, "ntriples").encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=target)
    return RemoteKnowledge(StoreEndpoint(store, cut_at), graph, kb.name, kb.version)

"""The graph as networkx sees it: entities as nodes, claims as keyed edges, records attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moagraph.relations import RELATIONS

if TYPE_CHECKING:
    import networkx as nx

    from moagraph.knowledge import KnowledgeBase


def to_networkx(kb: KnowledgeBase) -> nx.MultiDiGraph[Any]:
    """Return a frozen MultiDiGraph of a knowledge base.

    Nodes are entity ids with `record` (Entity), `label` and `kind`. Edges run from subject to
    object, keyed by assertion id, with `record` (Assertion), `relation`, `sign` (1, -1,
    "unknown", "none" or "structural"), `kind`, `status` and `evidence` (tuple of Evidence).
    Path search on it knows nothing of machines, gates and contexts: for answers use
    `Graph.paths`. networkx freezes structure only; the records are frozen themselves.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(name=kb.name, data_version=kb.version)
    for entity in kb.tables.entities:
        graph.add_node(entity.id, record=entity, label=entity.label, kind=entity.kind)
    for a in kb.tables.assertions:
        graph.add_edge(
            a.subject,
            a.object,
            key=a.id,
            record=a,
            relation=a.relation,
            sign=RELATIONS[a.relation].sign,
            kind=a.kind,
            status=kb.status(a),
            evidence=kb.evidence_about.get(a.id, ()),
        )
    nx.freeze(graph)
    return graph

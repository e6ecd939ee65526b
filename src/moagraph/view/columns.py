"""The columns of the picture, from drug to patient, and the column of each entity."""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion

COLUMNS = ("drug", "ligase", "neosubstrate", "downstream", "effect", "indication")
HEADINGS = {
    "drug": "Drug",
    "ligase": "Ligase",
    "neosubstrate": "Neosubstrate",
    "downstream": "Downstream",
    "effect": "Cell and immune effect",
    "indication": "Indication",
}
_BY_KIND = {
    "drug": "drug",
    "drug class": "drug",
    "combination": "drug",
    "chemical": "drug",
    "complex": "downstream",
    "process": "effect",
    "phenotype": "effect",
    "cell": "effect",
    "cell line": "effect",
    "anatomy": "effect",
    "taxon": "effect",
    "disease": "indication",
}


def machines_of(kb: KnowledgeBase) -> frozenset[str]:
    """Return the machines of the graph: what claims run through and what has phases."""
    return frozenset(kb.machine_parts) | {a.via for a in kb.claims_with_machine()}


def columns_of(
    kb: KnowledgeBase, entities: Iterable[str], claims: Iterable[Assertion]
) -> dict[str, str]:
    """Return the column of each entity.

    A neosubstrate is what a drawn claim degrades through a machine; the ligase column holds
    the machines, their components and the features of those.
    """
    machines = machines_of(kb)
    parts = {p.participant for rows in kb.machine_parts.values() for p in rows}
    ligase = machines | parts
    taken = {a.object for a in claims if a.via and a.polarity == "asserted"}
    found = {}
    for entity_id in entities:
        entity = kb.entities.get(entity_id)
        owner = kb.owner_of_feature.get(entity_id, "")
        if entity_id in ligase or owner in ligase:
            found[entity_id] = "ligase"
        elif entity_id in taken or owner in taken:
            found[entity_id] = "neosubstrate"
        else:
            found[entity_id] = _BY_KIND.get(entity.kind if entity else "", "downstream")
    return found

"""The species that `--species any` lists."""

from __future__ import annotations

from moagraph.knowledge import KnowledgeBase
from moagraph.vocabulary import HUMAN


def species_of(kb: KnowledgeBase) -> tuple[str, ...]:
    """Return human and every taxon of the graph that is no parent of another, by id."""
    taxa = {e.id for e in kb.tables.entities if e.kind == "taxon"} | {HUMAN}
    parents = {parent for e in kb.tables.entities if e.kind == "taxon" for parent in e.parents} - {
        HUMAN
    }
    return tuple(sorted(taxa - parents, key=lambda taxon: (taxon != HUMAN, taxon)))

"""The species that `--species any` lists."""

from __future__ import annotations

from moagraph.knowledge import KnowledgeBase
from moagraph.vocabulary import HUMAN


def species_of(kb: KnowledgeBase) -> tuple[str, ...]:
    """Return human and every taxon of the graph that is no parent of another, by id."""
    listed = tuple(kb.entities_of_kind("taxon"))
    taxa = {e.id for e in listed} | {HUMAN}
    parents = {parent for e in listed for parent in e.parents} - {HUMAN}
    return tuple(sorted(taxa - parents, key=lambda taxon: (taxon != HUMAN, taxon)))

"""The nodes at which a path meets the end of a question."""

from __future__ import annotations

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.context import meets_end
from moagraph.mechanism.model import model_of
from moagraph.mechanism.search import Walk


def targets_of(kb: KnowledgeBase, end: str) -> frozenset[str]:
    """Return the nodes that meet an end: itself, and for a disease what is above and below."""
    entity = kb.entities.get(end)
    if entity is None or entity.kind != "disease":
        return frozenset((end,))
    entering = model_of(kb).entering
    below = (node for node in kb.descendants(end) if entering.get(node))
    return frozenset((end, *kb.ancestors(end), *below))


def narrower_of(kb: KnowledgeBase, walk: Walk, end: str) -> tuple[str, ...]:
    """Return the contexts below what was asked in which a path holds, its end included."""
    below = meets_end(kb, walk.end, end)[1] if end else ()
    return tuple(dict.fromkeys((*walk.narrower, *below)))

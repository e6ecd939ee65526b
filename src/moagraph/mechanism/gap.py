"""The gap: between what two things a mechanism is not known, where only an effect was seen.

The nearest thing to B that A was seen to move narrows it: if a chain of causal claims leads from
there to B, what is unknown lies before it; if that thing is merely associated with B, on both
sides of it.
"""

from __future__ import annotations

from typing import NamedTuple

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.model import DRUGS, sign_of_relation
from moagraph.vocabulary import walkable

# In a graph of millions of claims everything leads to everything, and the nearest is near.
_MOST = 2000


class Gap(NamedTuple):
    """A mechanism is not known between two entities; `seen` are the claims that narrow it."""

    start: str
    end: str
    seen: tuple[str, ...] = ()


def gaps_between(kb: KnowledgeBase, a: str, b: str) -> tuple[Gap, ...]:
    """Return the gaps between A and B, given that an effect was seen and no path explains it."""
    seen = _moved(kb, a)
    causes = _causes(kb, b)
    for node in causes:
        if node in seen:
            return (Gap(a, node, seen[node]),)
    for claim in (c for end in sorted(kb.ancestors(b)) for c in kb.by_object.get(end, ())):
        node = claim.subject
        if claim.kind == "observation" and claim.polarity == "asserted" and node in seen:
            return (Gap(a, node, seen[node]), Gap(node, b, (claim.id,)))
    return (Gap(a, b),)


def _moved(kb: KnowledgeBase, a: str) -> dict[str, tuple[str, ...]]:
    """Return what A was seen to move, with the observations."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in kb.by_subject.get(a, ()):
        if (
            claim.kind == "observation"
            and claim.polarity == "asserted"
            and walkable(sign_of_relation(claim.relation))
            and kb.status(claim) in ("supported", "contested")
        ):
            found[claim.object] = (*found.get(claim.object, ()), claim.id)
    return found


def _causes(kb: KnowledgeBase, b: str) -> list[str]:
    """Return what leads to B by causal claims, nearest first; B itself and drugs are left out."""
    ends = kb.ancestors(b)
    found: dict[str, None] = dict.fromkeys(sorted(ends))
    level = list(found)
    while level and len(found) < _MOST:
        nearer = level
        level = []
        for node in nearer:
            for claim in kb.by_object.get(node, ()):
                entity = kb.entities.get(claim.subject)
                if (
                    claim.kind == "mechanism"
                    and claim.polarity == "asserted"
                    and claim.subject not in found
                    and walkable(sign_of_relation(claim.relation))
                    and entity is not None
                    and entity.kind not in DRUGS
                ):
                    found[claim.subject] = None
                    level.append(claim.subject)
    return [node for node in found if node not in ends]

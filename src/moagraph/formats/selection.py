"""What of a graph is to be written: all of it, or what concerns some entities or an answer.

Refuted claims are never written: a format that cannot say that a claim is refuted would assert
it. They are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence
from moagraph.vocabulary import status_of


class Selection:
    """The claims and entities to write.

    Args:
        kb: where from.
        about: ids of entities; claims that name one of them are chosen, all if none is given.
        claim_ids: claims to choose instead, such as those of an answer.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        about: Iterable[str] = (),
        claim_ids: Iterable[str] | None = None,
    ) -> None:
        self.kb = kb
        self._about = frozenset(about)
        self._claim_ids = None if claim_ids is None else frozenset(claim_ids)
        self._refuted: int | None = None

    @property
    def whole(self) -> bool:
        """Tell whether nothing is left out by choice."""
        return not self._about and self._claim_ids is None

    @property
    def claims(self) -> Iterator[Assertion]:
        """Yield the chosen claims that are not refuted, in file order."""
        return (claim for claim, _, _ in self.with_evidence())

    def with_evidence(self) -> Iterator[tuple[Assertion, tuple[Evidence, ...], str]]:
        """Yield the chosen claims that are not refuted with their evidence and status."""
        refuted = 0
        for claim, evidence in self.kb.with_evidence():
            if not self._chosen(claim):
                continue
            stances = {row.stance for row in evidence}
            status = status_of(claim.polarity, "supports" in stances, "refutes" in stances)
            if status == "refuted":
                refuted += 1
                continue
            yield claim, evidence, status
        self._refuted = refuted

    @property
    def refuted(self) -> int:
        """Return how many chosen claims are refuted."""
        if self._refuted is None:
            for _ in self.with_evidence():
                pass
        return self._refuted or 0

    def _chosen(self, claim: Assertion) -> bool:
        if self._claim_ids is not None:
            return claim.id in self._claim_ids
        return not self._about or not self._about.isdisjoint(named_by(claim))

    @property
    def entities(self) -> Iterator[Entity]:
        """Yield the entities that the claims name, with members and parents; all for all."""
        kept = None if self.whole else self._kept
        for entity in self.kb.tables.entities:
            if kept is None or entity.id in kept:
                yield entity

    @cached_property
    def _kept(self) -> frozenset[str]:
        found: set[str] = set()
        waiting = [name for claim in self.claims for name in named_by(claim)]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            entity = self.kb.entities.get(name)
            if entity is not None:
                waiting += [*entity.members, *entity.parents]
        return frozenset(found)


def named_by(claim: Assertion) -> tuple[str, ...]:
    """Return the ids that a claim names: ends, machine, gate and contexts."""
    gate = claim.requires.replace("|", ",").split(",") if claim.requires else []
    names = (claim.subject, claim.object, claim.via, *(term.strip(" !") for term in gate))
    places = (claim.cell, claim.disease, claim.species, claim.object_cell)
    return tuple(name for name in (*names, *places) if name)

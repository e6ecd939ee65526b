"""One entity: what it is, what it is made of, and every claim that names it."""

from __future__ import annotations

from typing import Any

from moagraph.frozen import Frozen
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup.evidence import claim_words
from moagraph.records import Assertion, Entity
from moagraph.sheet import Sheet


class ClaimLine(Frozen):
    """A claim in words with its kind, status and number of independent primary sources."""

    id: str
    words: str
    kind: str
    status: str
    sources: int

    def to_dict(self) -> dict[str, Any]:
        """Return the line as plain values."""
        return {
            "id": self.id,
            "claim": self.words,
            "kind": self.kind,
            "status": self.status,
            "sources": self.sources,
        }


class Info(Sheet):
    """Everything the graph says of one entity."""

    entity: Entity
    parents: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str], ...]
    part_of: tuple[tuple[str, str], ...]
    brought_by: tuple[str, ...]
    variants: tuple[str, ...]
    phases: tuple[tuple[int, str, str], ...]
    outgoing: tuple[ClaimLine, ...]
    incoming: tuple[ClaimLine, ...]
    facts: int

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("claim_id", "claim", "kind", "status", "sources")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per claim, those with the entity as subject first."""
        return [
            (c.id, c.words, c.kind, c.status, str(c.sources))
            for c in (*self.outgoing, *self.incoming)
        ]

    def title(self) -> str:
        """Return label, id and kind."""
        return f"{self.entity.label} ({self.entity.id}), {self.entity.kind}"

    def to_dict(self) -> dict[str, Any]:
        """Return the entity's fields, its structure and its claims."""
        e = self.entity
        return {
            "id": e.id,
            "label": e.label,
            "kind": e.kind,
            "category": e.category,
            "description": e.description,
            "synonyms": list(e.synonyms),
            "xrefs": list(e.xrefs),
            "taxon": e.taxon,
            "parents": [{"id": i, "label": label} for i, label in self.parents],
            "members": [{"id": i, "label": label} for i, label in self.members],
            "part_of": [{"id": i, "label": label} for i, label in self.part_of],
            "brought_by": list(self.brought_by),
            "variants": list(self.variants),
            "phases": [
                {"phase": phase, "participant": who, "strength": strength}
                for phase, who, strength in self.phases
            ],
            "claims": [c.to_dict() for c in self.outgoing],
            "claims_about": [c.to_dict() for c in self.incoming],
            "facts": self.facts,
        }

    def to_markdown(self) -> str:
        """Return the entity as Markdown: title, description, names, claims."""
        from moagraph.sheet import escape_markdown as esc

        lines = [f"## {esc(self.title())}", ""]
        if self.entity.description:
            lines += [esc(self.entity.description), ""]
        if self.entity.synonyms:
            lines += [f"Also called: {esc(', '.join(self.entity.synonyms))}", ""]
        table = Sheet.to_markdown(self).split("\n\n", 1)[1]
        return "\n".join(lines) + "\n" + table


def info(kb: KnowledgeBase, name: str) -> Info:
    """Return what the graph says of one entity.

    Raises:
        UnknownName, AmbiguousName: the name leads to nothing or to several things.
    """
    entity = kb.resolve(name)
    state = kb.states.get(entity.id)

    def pairs(ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((i, kb.label(i)) for i in ids)

    owner = kb.owner_of_feature.get(entity.id)
    part_of = kb.complexes_of.get(entity.id, ()) + ((owner,) if owner else ())
    return Info(
        entity,
        pairs(entity.parents),
        pairs(entity.members),
        pairs(part_of),
        tuple(_bringer(kb, b) for b in (state.brought_by if state else ())),
        tuple(
            f"{v.change} {v.effect} {kb.label(v.feature)}"
            + (f" (native in {', '.join(kb.label(t) for t in v.native_in)})" if v.native_in else "")
            for v in kb.variants_of.get(entity.id, ())
        ),
        tuple(
            (p.phase, kb.label(p.participant), p.strength)
            for p in kb.machine_parts.get(entity.id, ())
        ),
        _claims(kb, kb.by_subject.get(entity.id, ())),
        _claims(kb, kb.by_object.get(entity.id, ())),
        len(kb.facts_of.get(entity.id, ())),
    )


def _bringer(kb: KnowledgeBase, bringer: str) -> str:
    if bringer.startswith("!"):
        return f"loss of {kb.label(bringer[1:])}"
    return kb.label(bringer)


def _claims(kb: KnowledgeBase, assertions: tuple[Assertion, ...]) -> tuple[ClaimLine, ...]:
    order = {"mechanism": 0, "observation": 1, "outcome": 2, "gate": 3}
    return tuple(
        ClaimLine(a.id, claim_words(kb, a), a.kind, kb.status(a), primary_sources(kb, a))
        for a in sorted(assertions, key=lambda a: (order.get(a.kind, 9), a.id))
    )


def primary_sources(kb: KnowledgeBase, assertion: Assertion) -> int:
    """Return how many distinct primary sources support a claim."""
    return len(
        {
            e.source
            for e in kb.evidence_about.get(assertion.id, ())
            if e.stance == "supports"
            and e.source in kb.sources
            and kb.sources[e.source].kind in ("primary", "preprint", "abstract", "label")
        }
    )

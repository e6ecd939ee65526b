"""Counts of the graph, and where each sentence of the founding article lives in it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from moagraph.counting import counted
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup.evidence import claim_words, fact_words
from moagraph.records import SeedClaim
from moagraph.sheet import Sheet


class Stats(Sheet):
    """Counts by name, in the order in which they are shown."""

    name: str
    version: str
    counts: tuple[tuple[str, int], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("what", "count")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per count."""
        return [(what, str(count)) for what, count in self.counts]

    def title(self) -> str:
        """Return the name and version of the data."""
        return f"{self.name} graph, data {self.version}"

    def to_dict(self) -> dict[str, Any]:
        """Return `name, data_version, counts`."""
        return {"name": self.name, "data_version": self.version, "counts": dict(self.counts)}


class ArticleSheet(Sheet):
    """The article claim by claim: where it lives, and what corrects it."""

    claims: tuple[tuple[SeedClaim, tuple[str, ...], tuple[str, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("id", "claim", "status", "held_by", "corrected_by", "remark")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per claim of the article."""
        return [
            (
                c.id,
                c.claim,
                c.status,
                "; ".join(c.held_by),
                "; ".join(c.corrected_by),
                c.remark,
            )
            for c, _, _ in self.claims
        ]

    def title(self) -> str:
        """Return how many claims hold, hold partly or are corrected."""
        by_status = Counter(c.status for c, _, _ in self.claims)
        parts = ", ".join(f"{n} {status}" for status, n in sorted(by_status.items()))
        return f"{counted(len(self.claims), 'claim')} of the article: {parts}"

    def to_dict(self) -> dict[str, Any]:
        """Return `claims`, each with the claims and facts that hold it in words."""
        return {
            "claims": [
                {
                    "id": c.id,
                    "claim": c.claim,
                    "section": c.section,
                    "status": c.status,
                    "held_by": [
                        {"id": i, "words": w} for i, w in zip(c.held_by, held, strict=True)
                    ],
                    "corrected_by": [
                        {"id": i, "words": w} for i, w in zip(c.corrected_by, fixed, strict=True)
                    ],
                    "remark": c.remark,
                }
                for c, held, fixed in self.claims
            ]
        }


def stats(kb: KnowledgeBase) -> Stats:
    """Return the counts of a graph."""
    t = kb.tables
    tallies = kb.tallies()
    kinds, statuses = tallies["kind"], tallies["status"]
    counts = [
        ("entities", len(t.entities)),
        ("assertions", len(t.assertions)),
        *((f"assertions: {kind}", kinds[kind]) for kind in sorted(kinds)),
        ("assertions: polarity negated", tallies["polarity"]["negated"]),
        *((f"status: {status}", statuses[status]) for status in sorted(statuses)),
        ("evidence rows", len(t.evidence)),
        *((f"evidence: {s}", n) for s, n in sorted(tallies["stance"].items())),
        ("quantities", len(t.quantities)),
        ("sources", len(t.sources)),
        ("facts", len(t.facts)),
        ("machines", len(kb.machine_parts)),
        ("states", len(t.states)),
        ("variants", len(t.variants)),
        ("claims of the article", len(t.seed_claims)),
    ]
    return Stats(kb.name, kb.version, tuple(counts))


def article(kb: KnowledgeBase) -> ArticleSheet:
    """Return where every claim of the founding article lives."""
    words = {f.id: fact_words(kb, f) for f in kb.tables.facts}
    words.update({a.id: claim_words(kb, a) for a in kb.tables.assertions})
    words.update({e.id: e.statement for e in kb.tables.evidence})
    words.update({e.id: e.label for e in kb.tables.entities})
    return ArticleSheet(
        tuple(
            (
                c,
                tuple(words.get(i, "") for i in c.held_by),
                tuple(words.get(i, "") for i in c.corrected_by),
            )
            for c in kb.tables.seed_claims
        )
    )

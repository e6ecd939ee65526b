"""The order of paths, and why each stands where it stands.

Paths that vote stand before those that do not. Then, in this order: fewer foreign records
crossed, all steps sourced, no contested step, direct before inferred, seen in the asked context,
more independent primary sources (of the weakest step), better basis (of the weakest step), fewer
hops; in large graphs rarer nodes before hubs (path-degree product); then ids, so that the order
never depends on the order of the tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.counting import counted
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.context import Context
from moagraph.mechanism.crossing import in_one_record, records_crossed
from moagraph.mechanism.filters import primary_sources
from moagraph.mechanism.firing import Engine, Firing
from moagraph.mechanism.search import Walk
from moagraph.mechanism.verdict import DISPUTED
from moagraph.records import Evidence
from moagraph.vocabulary import BASES

_DIRECTNESS = {"direct": 0, "": 1, "indirect": 2, "inferred": 3}
Key = tuple[int, int, int, int, int, int, int, int, float, tuple[str, ...]]


class Ranker:
    """Ranks the paths of one question; each claim is judged once."""

    def __init__(self, engine: Engine, context: Context) -> None:
        self.engine = engine
        self.kb: KnowledgeBase = engine.kb
        self.context = context
        self._claims: dict[str, tuple[int, int, int, int, int, int]] = {}
        self._keys: dict[int, tuple[Walk, Key]] = {}

    def key(self, walk: Walk) -> Key:
        """Return what a path is sorted by; smaller is better."""
        known = self._keys.get(id(walk))
        if known is None or known[0] is not walk:
            known = self._keys[id(walk)] = (walk, self._key(walk))
        return known[1]

    def _key(self, walk: Walk) -> Key:
        rows = [self._judge(firing) for firing in walk.steps]
        unsourced = sum(row[0] for row in rows)
        contested = sum(row[1] for row in rows)
        loose = max((row[2] for row in rows), default=0)
        unseen = sum(row[3] for row in rows)
        sources = min((row[4] for row in rows), default=0)
        basis = max((row[5] for row in rows), default=0)
        return (
            self._crossed(walk),
            unsourced,
            contested,
            loose,
            unseen,
            -sources,
            basis,
            len(rows),
            self._by_hubs(walk),
            walk.ids,
        )

    def _crossed(self, walk: Walk) -> int:
        """Return how many foreign records a path crosses, 1 if one holds all of it."""
        ids = walk.ids
        if in_one_record(self.kb, ids):
            return 1
        return len(records_crossed(self.kb, ids))

    def _by_hubs(self, walk: Walk) -> float:
        """Return less the rarer the nodes of a path are; 0 where the data are no large graph."""
        index = self.engine.model.index
        if index is None or index.exact:
            return 0.0
        return -index.degree_product(firing.claim for firing in walk.steps)

    def _judge(self, firing: Firing) -> tuple[int, int, int, int, int, int]:
        a = firing.claim.assertion
        known = self._claims.get(a.id)
        if known is None:
            status = self.kb.status(a)
            rows = [e for e in self.kb.evidence_about.get(a.id, ()) if e.stance == "supports"]
            known = self._claims[a.id] = (
                int(status == "unsourced"),
                int(status in DISPUTED),
                _DIRECTNESS.get(a.directness, 1),
                int(not self._seen(firing, rows)),
                len(primary_sources(self.engine, a.id)),
                min((_basis(e.basis) for e in rows), default=len(BASES)),
            )
        return known

    def _seen(self, firing: Firing, rows: Iterable[Evidence]) -> bool:
        """Tell whether a step was seen in the cell and disease asked for, where one is."""
        for axis in ("cell", "disease"):
            asked = getattr(self.context, axis)
            if not asked or self.kb.is_a(getattr(firing.claim.assertion, axis) or "", asked):
                continue
            seen = (value for row in rows for value in getattr(row, axis))
            if not any(self.kb.is_a(value, asked) for value in seen):
                return False
        return True

    def why(self, walk: Walk) -> str:
        """Return in words why a path stands where it stands."""
        key = self.key(walk)
        crossed, unsourced, contested, loose, unseen, sources, basis, hops, hubs, _ = key
        if not hops:
            return "by composition alone, no claim needed"
        words = [f"{hops - unsourced} of {hops} steps sourced"]
        if crossed:
            words.insert(0, "within one record" if crossed == 1 else f"crosses {crossed} records")
        words.append(f"{contested} contested" if contested else "no contested step")
        words.append(("direct", "directness not stated", "indirect", "inferred")[loose])
        if self.context.cell or self.context.disease:
            words.append(
                f"{unseen} of {hops} steps not seen in the asked context"
                if unseen
                else "all steps seen in the asked context"
            )
        words.append(
            f"at least {counted(-sources, 'primary source')} a step"
            if sources
            else "a step without a primary source"
        )
        named = basis < len(BASES)
        words.append(f"weakest basis {BASES[basis]}" if named else "a step without basis")
        words.append(counted(hops, "step"))
        if hubs:
            words.append(f"path-degree product {-hubs:.2g}")
        return ", ".join(words)


def _basis(basis: str) -> int:
    return BASES.index(basis) if basis in BASES else len(BASES)

"""What is there: the background of a question, and what a second drug does to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.oracle_graph import HUMAN, Graph, Row, listed


class Carried(NamedTuple):
    """The context that a path carries from step to step."""

    cell: str
    disease: str
    species: str


@dataclass
class World:
    """Everything that is given; `a` is the start of the question."""

    graph: Graph
    a: str
    carried: Carried
    without: set[str] = field(default_factory=set)
    variants: list[tuple[str, str]] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    second: list[str] = field(default_factory=list)
    lowered: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)

    @property
    def species(self) -> str:
        """Return the species asked for."""
        return self.carried.species

    def present(self, name: str, carried: Carried) -> bool:
        """Tell whether something is there as participant or in a gate."""
        if name in self.without or name in self.lowered:
            return False
        if name in self.states:
            return True
        kind = self.graph.kind(name)
        if kind == "state":
            return self.brought(name, carried)
        if kind == "feature":
            owners = self.graph.owners(name)
            return self.has_feature(name) and all(self.present(o, carried) for o in owners)
        if kind == "complex":
            return not any(self.lost(name, m, carried) for m in self.graph.members(name))
        if kind == "drug":
            return name in self.second or name == self.a
        if kind in ("disease", "cell", "cell line", "taxon"):
            return name in self.values(carried)
        return True

    def lost(self, cx: str, component: str, carried: Carried) -> bool:
        """Tell whether an essential component and all its alternatives are absent."""
        return self.needs(cx, component, carried) and not self.present(component, carried)

    def needs(self, cx: str, component: str, carried: Carried) -> bool:
        """Tell whether a complex has nothing in the place of an essential component."""
        rows = [r for r in self.graph.rows_of(cx) if r["participant"] == component]
        if not rows:
            return True
        for row in rows:
            others = [p for p in self.graph.alternatives(row) if p != component]
            if row["strength"] == "essential" and not any(self.present(p, carried) for p in others):
                return True
        return False

    def values(self, carried: Carried) -> set[str]:
        """Return what is carried, with all ancestors."""
        return set().union(*(self.graph.ancestors(value) for value in carried))

    def brought(self, state: str, carried: Carried, asked: tuple[str, ...] = ()) -> bool:
        """Tell whether a state is there."""
        if state in self.without or state in self.lowered or state in asked:
            return False
        if state in self.states:
            return True
        for bringer in self.graph.brought_by(state):
            if bringer.startswith("!"):
                if bringer[1:] in self.without:
                    return True
            elif (
                bringer in self.values(carried)
                or bringer in self.second
                or (bringer in self.states and bringer not in self.without)
            ):
                return True
            elif self.graph.kind(bringer) == "state":
                if self.brought(bringer, carried, (*asked, state)):
                    return True
            elif ":" in bringer and self.graph.variant(bringer) in self.variants:
                return True
        return False

    def is_raised(self, name: str, carried: Carried) -> bool:
        """Tell whether something breaks a `!X`."""
        if name in self.without or name in self.lowered:
            return False
        if name in self.states or name in self.raised or name in self.second:
            return True
        return self.graph.kind(name) == "state" and self.brought(name, carried)

    def _rows(self, feature: str, effect: str) -> tuple[list[Row], list[Row]]:
        """Return the rows on a feature with an effect: asked for, and native in the species."""
        rows = [v for v in self.graph.variants if v["feature"] == feature and v["effect"] == effect]
        asked = [v for v in rows if (v["gene"], v["change"]) in self.variants]
        native = [v for v in rows if self.species in listed(v.get("native_in"))]
        return asked, native

    def has_feature(self, feature: str) -> bool:
        """Tell whether the species has a feature and no variant removes it."""
        removed, lacking = self._rows(feature, "removes")
        restored, _ = self._rows(feature, "restores")
        return not removed and (not lacking or bool(restored))

    def unknown_feature(self, feature: str) -> bool:
        """Tell whether nothing is known about a feature in a species other than human."""
        if self.species == HUMAN or self.graph.kind(feature) != "feature":
            return False
        return not any(any(self._rows(feature, e)) for e in ("removes", "restores", "keeps"))

    def restorers(self, feature: str) -> list[str]:
        """Return the variants that give a lacking feature back."""
        labels = {e: str(row.get("label", e)) for e, row in self.graph.entities.items()}
        return [
            f"{labels[v['gene']]}:{v['change']}"
            for v in self.graph.variants
            if v["feature"] == feature and v["effect"] == "restores" and not v.get("native_in")
        ]

    def node_absent(self, name: str) -> bool:
        """Tell whether a node of a path is removed; a second drug removes none.

        The start keeps its node, unless it is a drug that is not given.
        """
        without = self.without if self.graph.is_drug(self.a) else self.without - {self.a}
        if name in without:
            return True
        if self.graph.kind(name) not in ("complex", "feature"):
            return False
        plain = World(self.graph, self.a, self.carried, without, self.variants, self.states)
        return not plain.present(name, self.carried)

"""Which nodes can still end a path that follows a metapath, and in how many steps.

A search asks here before it takes a step, so that no branch is walked whose types cannot come
out right. Both classes work out, backward from the end, which nodes at which place of the
metapath reach it; gates and signs are left aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moagraph.mechanism.metapath import Metapath, type_of

if TYPE_CHECKING:
    from moagraph.mechanism.model import Model
    from moagraph.mechanism.step_index import StepIndex

# In a large graph, levels whose edges outnumber the nodes so many times bound nothing.
_WORTH = 2


def places_in(number: int) -> list[int]:
    """Return the places that are bits of a number."""
    return [place for place in range(number.bit_length()) if number >> place & 1]


class AlongTables:
    """Steps to the end by node and place, over records."""

    def __init__(self, metapath: Metapath, model: Model, targets: Iterable[str]) -> None:
        self.metapath = metapath
        self.kb = model.kb
        self.steps: dict[str, dict[int, int]] = {}
        level = [(node, place) for node in targets for place in self._at(node, metapath.last)]
        steps = 0
        while level:
            for node, place in level:
                self.steps.setdefault(node, {}).setdefault(place, steps)
            level = self._with_components(model, level, steps)
            level = self._before(model, level)
            steps += 1

    def _at(self, node: str, places: int) -> list[int]:
        return places_in(places & self.metapath.standing(type_of(self.kb, node)))

    def _known(self, node: str, place: int) -> bool:
        return place in self.steps.get(node, ())

    def _with_components(
        self, model: Model, level: list[tuple[str, int]], steps: int
    ) -> list[tuple[str, int]]:
        found = list(level)
        for node, place in found:
            for member in model.components.get(node, ()):
                for at in self._at(member, self.metapath.before(1 << place)):
                    if not self._known(member, at):
                        self.steps.setdefault(member, {})[at] = steps
                        found.append((member, at))
        return found

    def _before(self, model: Model, level: list[tuple[str, int]]) -> list[tuple[str, int]]:
        found: dict[tuple[str, int], None] = {}
        for node, place in level:
            before = self.metapath.before(1 << place)
            for subject in model.entering.get(node, ()):
                for at in self._at(subject, before):
                    if not self._known(subject, at):
                        found[subject, at] = None
        return list(found)

    def least(self, places: int, node: str) -> int | None:
        """Return the fewest steps to the end from a node at one of some places, if any lead."""
        found = [n for at, n in self.steps.get(node, {}).items() if places >> at & 1]
        return min(found, default=None)


class AlongIndex:
    """The nodes that reach the end by place and number of steps, over arrays."""

    def __init__(self, metapath: Metapath, index: StepIndex, targets: Iterable[str]) -> None:
        self.metapath = metapath
        self.index = index
        self._components = index.components()
        self._nodes = tuple(
            None if types is None else index.of_types(types) for types in metapath.types
        )
        ends = {number for number in map(index.number, targets) if number >= 0}
        last = metapath.last
        level = {at: self._at(ends, at) for at in places_in(last)}
        level = self._with_components(level, level)
        self._last = level
        self._within = [level]
        self._all: dict[int, set[int]] | None = None
        self.blurred = False

    def _at(self, nodes: set[int] | frozenset[int], place: int) -> set[int]:
        wanted = self._nodes[place]
        return set(nodes) if wanted is None else set(nodes & wanted)

    def _with_components(
        self, level: dict[int, set[int]], known: dict[int, set[int]]
    ) -> dict[int, set[int]]:
        """Return a level with the components that lower what is in it."""
        if not self._components:
            return level
        queue = [(node, place) for place, nodes in level.items() for node in nodes]
        for node, place in queue:
            members = frozenset(self._components.get(node, ()))
            for at in places_in(self.metapath.before(1 << place)) if members else ():
                new = self._at(members, at) - level.setdefault(at, set()) - known.get(at, set())
                level[at] |= new
                queue.extend((member, at) for member in new)
        return level

    def within(self, steps: int) -> dict[int, set[int]] | None:
        """Return the nodes that reach the end in so many steps, by place; None stands for any."""
        while len(self._within) <= steps and not self.blurred and any(self._last.values()):
            self._grow()
        if steps < len(self._within):
            return self._within[steps]
        return None if self.blurred else self._within[-1]

    def _grow(self) -> None:
        graph = self.index.graph
        known = self._within[-1]
        edges = sum(map(graph.backward.edges, self._last.values()))
        if not self.index.exact and edges > 10_000 + _WORTH * len(graph):
            self.blurred = True
            return
        self._last = level = self._before(self._last, known)
        self._within.append(
            {at: known.get(at, set()) | level.get(at, set()) for at in known.keys() | level.keys()}
        )

    def _before(self, last: dict[int, set[int]], known: dict[int, set[int]]) -> dict[int, set[int]]:
        """Return the nodes one step before a level that are not known yet."""
        level: dict[int, set[int]] = {}
        for place, nodes in last.items():
            before = places_in(self.metapath.before(1 << place)) if nodes else ()
            subjects = self.index.graph.backward.union(nodes) if before else set()
            for at in before:
                level.setdefault(at, set()).update(self._at(subjects, at))
        level = {at: nodes - known.get(at, set()) for at, nodes in level.items()}
        return self._with_components(level, known)

    def _ever(self) -> dict[int, set[int]] | None:
        """Return the nodes that reach the end at all, by place; None stands for any."""
        if self._all is None and self.index.exact:
            level = self._last
            found = {at: set(nodes) for at, nodes in self._within[-1].items()}
            while any(level.values()):
                level = self._before(level, found)
                for at, nodes in level.items():
                    found.setdefault(at, set()).update(nodes)
            self._all = found
        return self._all

    def onward(self, nodes: frozenset[int], places: int, left: int) -> frozenset[int]:
        """Return of the nodes after one at some places those that reach the end in time."""
        if left < 0:
            return frozenset()
        return self._of(nodes, self.metapath.following(places), self.within(left))

    def later(self, nodes: frozenset[int], places: int, left: int, at: int = 0) -> frozenset[int]:
        """Return of the nodes after one at some places, or at those, the ones too far away."""
        at = at or self.metapath.following(places)
        found = self._of(nodes, at, self._ever())
        return found - self._of(nodes, at, self.within(left)) if left >= 0 else found

    def _of(
        self, nodes: frozenset[int], places: int, reaching: dict[int, set[int]] | None
    ) -> frozenset[int]:
        found: set[int] = set()
        for at in places_in(places):
            wanted = self._nodes[at]
            here = nodes if wanted is None else nodes & wanted
            found |= here if reaching is None else here & reaching.get(at, set())
        return frozenset(found)

    def leads(self, number: int, places: int, left: int) -> bool:
        """Tell whether the end can be reached in time from a node at one of some places."""
        if left < 0:
            return False
        reaching = self.within(left)
        if reaching is None:
            return True
        return any(number in reaching.get(at, ()) for at in places_in(places))

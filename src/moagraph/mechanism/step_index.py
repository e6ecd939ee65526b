"""The steps of a compiled dataset as arrays: which nodes reach an end, which claims lead there.

Entities and claims have numbers here; records are read only for the claims that a search tries.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from math import exp, log
from typing import TYPE_CHECKING, overload

from moagraph.pathindex import Graph
from moagraph.pathindex.graph import EMPTY, Rows

if TYPE_CHECKING:
    from moagraph.dataset.opened import StoredKnowledge
    from moagraph.mechanism.model import Claim, Model

# Up to so many steps every distance is worked out exactly, as for tables.
EXACT = 200_000
# Up to so many steps the arrays are checked each time they are opened; it takes a millisecond.
CHECKED = 20_000
# The power of degrees by which Hetionet's authors weigh hubs down.
DAMPING = 0.4
# Beyond that, levels whose edges outnumber the nodes so many times bound nothing.
_WORTH = 2


class StepIndex:
    """The graph of steps of one dataset."""

    def __init__(self, model: Model, kb: StoredKnowledge) -> None:
        arrays = kb.index
        self.model = model
        self.kb = kb
        self.graph = Graph(
            Rows(arrays.forward_start, arrays.forward_node),
            Rows(arrays.backward_start, arrays.backward_node),
            arrays.kind,
        )
        self._claims = arrays.forward_claim
        self._numbers: dict[str, int] = {}
        self.exact = self.graph.edges <= EXACT
        if self.graph.edges <= CHECKED:
            kb.check_index()

    def number(self, entity: str) -> int:
        """Return the number of an entity, -1 for one that there is not."""
        known = self._numbers.get(entity)
        if known is None:
            known = self._numbers[entity] = self.kb.number_of(entity)
        return known

    def of_kinds(self, kinds: Collection[str]) -> frozenset[int]:
        """Return the nodes of some kinds."""
        names = self.kb.store.manifest.kinds
        wanted = frozenset(number for number, name in enumerate(names) if name in kinds)
        return self.graph.of_kinds(wanted) if wanted else EMPTY

    def of_types(self, types: Collection[tuple[str, str]]) -> frozenset[int]:
        """Return the nodes of some types, each a class with a kind."""
        kinds = {kind for _, kind in types}
        whole = {kind for kind in kinds if all(t in types for t in self.kb.types if t[1] == kind)}
        found = self.of_kinds(whole)
        if whole == kinds:
            return found
        rest = {t for t in types if t[1] not in whole}
        return found.union(n for n, t in self.kb.type_of_each() if t in rest)

    def claim(self, number: int) -> Claim:
        """Return the step with the number of its claim."""
        return self.model.claim(self.kb.claim_at(number))

    def claims(self, node: int, ends: Iterable[int] | None = None) -> list[int]:
        """Return the numbers of the claims from a node, to some ends or all, ascending."""
        starts, targets = self.graph.forward.starts, self.graph.forward.ends
        first, last = starts[node], starts[node + 1]
        if ends is None:
            return sorted(self._claims[first:last])
        found: list[int] = []
        for end in ends:
            place = bisect_left(targets, end, first, last)
            while place < last and targets[place] == end:
                found.append(self._claims[place])
                place += 1
        found.sort()
        return found

    def degree_product(self, steps: Iterable[Claim]) -> float:
        """Return the path-degree product of a path: 1 between rare nodes, near 0 by hubs.

        Each step brings two degrees: the number of nodes that its subject leads to, and that
        its object is led to from, by steps of the same type (relation, and kinds of both ends).
        The product of all degrees, each to the power of -0.4, is the part of the path in the
        degree-weighted path count of its metapath (Himmelstein and Baranzini, PLoS Comput Biol
        2015;11:e1004259).
        """
        logs = 0.0
        for step in steps:
            a = step.assertion
            out = self.kb.degrees(self.number(a.subject))
            into = self.kb.degrees(self.number(a.object), into=True)
            for degrees, other in ((out, a.object), (into, a.subject)):
                logs += log(max(1, degrees.get((a.relation, self.model.kind(other)), 1)))
        return exp(-DAMPING * logs)

    def components(self) -> dict[int, tuple[int, ...]]:
        """Return the components that may lower a complex, by complex."""
        found = {}
        for name, members in self.model.components.items():
            numbers = tuple(n for n in map(self.number, members) if n >= 0)
            if numbers and self.number(name) >= 0:
                found[self.number(name)] = numbers
        return found


class Reach:
    """How many steps lead from nodes to some targets, gates and signs left aside.

    Levels are made when they are asked for. In a graph that is too large for all of them, a
    node beyond the last level that was worth making counts as one step further than that.
    """

    def __init__(self, index: StepIndex, targets: Iterable[str], limit: int) -> None:
        self.index = index
        self.limit = limit
        self._components = index.components()
        level = self._with_components({n for n in map(index.number, targets) if n >= 0})
        self.targets = frozenset(level)
        self._within: list[set[int]] = [level]
        self._last = level
        self._steps = dict.fromkeys(level, 0)
        self._open = bool(level)
        self.blurred = False
        self._beyond: bool | None = None
        if index.exact:
            self._grow(limit)

    def _with_components(self, level: set[int]) -> set[int]:
        if self._components:
            queue = list(level)
            for node in queue:
                for member in self._components.get(node, ()):
                    if member not in level:
                        level.add(member)
                        queue.append(member)
        return level

    def _grow(self, steps: int) -> None:
        backward = self.index.graph.backward
        while len(self._within) <= steps and self._open:
            known = self._within[-1]
            if not self._worth(self._last):
                self._open = False
                self.blurred = True
                return
            level = self._with_components(backward.union(self._last) - known)
            level -= known
            self._steps.update(dict.fromkeys(level, len(self._within)))
            self._open = bool(level)
            self._last = level
            self._within.append(known | level)

    def _worth(self, last: set[int]) -> bool:
        graph = self.index.graph
        return self.index.exact or graph.backward.edges(last) <= 10_000 + _WORTH * len(graph)

    def within(self, steps: int) -> set[int] | None:
        """Return the nodes that reach a target in so many steps; None stands for any."""
        self._grow(steps)
        if steps < len(self._within):
            return self._within[steps]
        return None if self.blurred else self._within[-1]

    def beyond(self) -> bool:
        """Tell whether there are nodes that reach a target in more steps than the limit."""
        if self._beyond is None:
            self._grow(self.limit)
            last = {n for n, steps in self._steps.items() if steps == self.limit}
            self._beyond = self.blurred or bool(
                self.index.graph.backward.union(last) - self._steps.keys()
            )
        return self._beyond

    @overload
    def get(self, entity: str) -> int | None: ...

    @overload
    def get(self, entity: str, default: int) -> int: ...

    def get(self, entity: str, default: int | None = None) -> int | None:
        """Return the least number of steps from an entity, the default where none lead on."""
        number = self.index.number(entity)
        if number < 0:
            return default
        while number not in self._steps and len(self._within) <= self.limit and self._open:
            self._grow(len(self._within))
        found = self._steps.get(number)
        if found is None and self.blurred:
            return len(self._within)
        return default if found is None else found

    def __getitem__(self, entity: str) -> int:
        found = self.get(entity)
        if found is None:
            raise KeyError(entity)
        return found

    def __contains__(self, entity: object) -> bool:
        return isinstance(entity, str) and self.get(entity) is not None

    def items(self) -> Iterator[tuple[str, int]]:
        """Yield entities with their steps, as far as levels were worth making."""
        self._grow(self.limit)
        return ((self.index.kb.id_at(number), steps) for number, steps in self._steps.items())

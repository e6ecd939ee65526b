"""The search over a compiled dataset: the same paths in the same order, by sets of nodes.

A step is tried only if its node can still reach the end; two steps before the end these are the
nodes between, an intersection of two sets. Every step is fired by the rules of `firing` before
it becomes part of a path.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from moagraph.mechanism.along import AlongIndex
from moagraph.mechanism.search import Search, Trail, passages
from moagraph.mechanism.step_index import Reach, StepIndex

if TYPE_CHECKING:
    from moagraph.mechanism.model import Claim

# Steps that one search tries before it gives up; `gave_up` then says that there may be more.
MAX_TRIED = 500_000


class IndexedSearch(Search):
    """Paths from the start of a question in one context, over the arrays of a dataset."""

    def __init__(self, index: StepIndex, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.index = index
        self._reach: Reach | None = None
        self._shut = index.of_kinds(self.closed) if self.closed else frozenset()
        self._tried = 0
        self._ways: dict[str, Reach] = {}
        self._types: AlongIndex | None = None

    def to(self, targets: frozenset[str]) -> Iterator[Trail]:
        """Yield the trails to any of the targets, shorter ones first."""
        targets = targets - {self.question.a}
        start = self._start()
        if start is None or not targets:
            return
        limit = self.question.max_length
        reach = self._reach = Reach(self.index, targets, limit)
        least = reach.get(start.node)
        if least is None or least > limit:
            self.cut = reach.beyond()
            return
        self.cut = reach.blurred
        self._ways = self._wanted(limit)
        if self.metapath is not None:
            self._types = AlongIndex(self.metapath, self.index, targets)
        for bound in range(1 if reach.blurred else least, self._top() + 1):
            self._visited = {start.node}
            self._longest = bound == limit
            yield from self._deepen(start, bound, targets, reach)
            self.cut = self.cut or reach.blurred

    def _wanted(self, limit: int) -> dict[str, Reach]:
        """Return the ways to the nodes that `--via` wants, where it can want nothing but nodes."""
        wanted = self.question.via
        if not wanted or not self.engine.ungated or self.engine.kb.owner_of_feature:
            return {}
        return {name: Reach(self.index, (name,), limit) for name in wanted}

    def everywhere(self) -> Iterator[Trail]:
        """Yield a trail for every path that fires; in a large graph near nodes come first."""
        return super().everywhere() if self.index.exact else self.nearest()

    def _leaving(self, node: str) -> Iterator[Claim]:
        number = self.index.number(node)
        return map(self.index.claim, self.index.claims(number) if number >= 0 else ())

    def _next(self, trail: Trail, bound: int, reach: Any) -> Iterator[Trail]:
        for name in passages(self.engine, trail.node, trail.sign, trail.context):
            if name in self._visited:
                continue
            if trail.depth + reach.get(name, bound + 1) > bound:
                self._leave(trail, name, reach)
                continue
            head = self._pass(trail, name)
            if head is None:
                continue
            if self._completes(head, bound - trail.depth):
                yield head
            else:
                self._leave(trail, name, reach)
        left = bound - trail.depth - 1
        index = self.index
        for number in self._claims(trail, left, reach):
            claim = index.claim(number)
            if claim.object in self._visited:
                continue
            self._tried += 1
            if self._tried > MAX_TRIED:
                self.gave_up = True
                return
            following = self._step(trail, self.engine.fire(claim, trail.context))
            if following is not None:
                yield following

    def _claims(self, trail: Trail, left: int, reach: Reach) -> list[int]:
        """Return the claims whose objects can reach a target in the steps that are left."""
        node = self.index.number(trail.node)
        if node < 0:
            return []
        onward = self.index.graph.forward.neighbours(node)
        within = reach.within(left) if left >= 0 else set()
        if self._longest and not self.cut:
            self._note_cut(trail, onward, left, reach)
        if within is not None:
            onward = onward & within
        if self._types is not None:
            onward = self._types.onward(onward, trail.places, left)
        for name, way in self._ways.items():
            if name not in self._visited:
                onward = self._towards(onward, way, left - reach.get(name, left + 1))
        if self._shut:
            onward = (onward - self._shut) | (onward & reach.targets)
        return self.index.claims(node, onward)

    def _completes(self, head: Trail, left: int) -> bool:
        if self._types is None:
            return True
        return self._types.leads(self.index.number(head.node), head.places, left)

    @staticmethod
    def _towards(onward: frozenset[int], way: Reach, left: int) -> frozenset[int]:
        """Return the nodes from which a wanted node can be reached in the steps that are left."""
        if left < 0:
            return frozenset()
        within = way.within(left)
        return onward if within is None else onward & within

    def _note_cut(self, trail: Trail, onward: frozenset[int], left: int, reach: Reach) -> None:
        """Note whether the bound keeps the search from a node that reaches a target later."""
        if self._types is not None:
            further = self._types.later(onward, trail.places, left)
            self.cut = bool(further - self._passed())
            return
        within = reach.within(left) if left >= 0 else set()
        further = frozenset() if within is None else onward - within
        if further:
            further -= self._passed()
            anywhere = reach.within(self.question.max_length)
            known = further if anywhere is None else further & anywhere
            self.cut = bool(known)
            self.unseen = self.unseen or (len(further) > len(known) and reach.beyond())

    def _passed(self) -> set[int]:
        return {self.index.number(name) for name in self._visited}

    def _leads_later(self, places: int, node: str) -> bool:
        if self._types is None:
            return False
        number = self.index.number(node)
        return bool(self._types.later(frozenset((number,)), 0, -1, places))

    def _is_further(self, reach: Any) -> bool:
        found: bool = reach.beyond()
        return found

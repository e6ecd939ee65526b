"""All simple paths between two nodes, lazily, shorter ones first.

For each length the search goes forward over nodes from which the end can still be reached in
exactly the steps that are left. Two steps before the end it does not go on node by node: what
lies between is the intersection of two sets. The set of those that reach the end is made only
to two steps less than the length; before that nearly every node of a large graph reaches it,
and knowing so saves nothing. Where the start has more neighbours than the end the search goes
backward from the end instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice, repeat
from typing import NamedTuple

from moagraph.pathindex.graph import EMPTY, Graph, Rows

Path = tuple[int, ...]
# Edges that are looked at to bound a search, however small the graph.
_WORTH = 10_000
# Up to so many nodes a list is made quicker than a chain of repeated columns.
_FEW = 12


class Spent(NamedTuple):
    """How a search ended: paths given, and what was left out.

    `capped` tells that there are more paths within the bound, `longest` the length up to which
    all of them were given.
    """

    given: int
    capped: bool
    longest: int


class PathSearch:
    """The simple paths from one node to another, up to a length in steps.

    Args:
        graph: where to search.
        start, end: node numbers; if they are the same there is no path.
        max_length: the longest path.
        closed: nodes that no path goes through; the ends are free of it.
        via: nodes that every path goes through.
    """

    def __init__(
        self,
        graph: Graph,
        start: int,
        end: int,
        max_length: int,
        *,
        closed: Collection[int] = EMPTY,
        via: Collection[int] = EMPTY,
    ) -> None:
        self.graph = graph
        self.start = start
        self.end = end
        self.max_length = max_length
        self.via = frozenset(via) - {start, end}
        # Walking over the whole backward row of the end is cheap where it has few.
        self._back = graph.backward.degree(end) < graph.forward.degree(start)
        self._graph = graph.reversed() if self._back else graph
        self._from, self._to = (end, start) if self._back else (start, end)
        self._closed = frozenset(closed)
        self._shut = self._closed | {start, end}
        self._reaching: list[frozenset[int] | set[int] | None] = []

    def __iter__(self) -> Iterator[Path]:
        if self.start == self.end:
            return iter(())
        found: Iterator[Path] = chain.from_iterable(
            map(self.of_length, range(1, self.max_length + 1))
        )
        return found

    def of_length(self, length: int) -> Iterator[Path]:
        """Yield the paths of one length, each once."""
        if self.start == self.end or len(self.via) > length - 1:
            return iter(())
        found: Iterator[Path] = chain.from_iterable(self._blocks(length))
        if self._back:
            found = (path[::-1] for path in found)
        if self.via:
            found = filter(self.via.issubset, found)
        return found

    def first(self, limit: int) -> tuple[list[Path], Spent]:
        """Return up to so many paths, and what was left out."""
        found: list[Path] = []
        for length in range(1, self.max_length + 1):
            more = self.of_length(length)
            found.extend(islice(more, limit - len(found)))
            if len(found) == limit and (
                next(more, None) is not None or self._any_longer(length + 1)
            ):
                return found, Spent(limit, True, length - 1)
        return found, Spent(len(found), False, self.max_length)

    def _any_longer(self, length: int) -> bool:
        longer = range(length, self.max_length + 1)
        return any(next(self.of_length(n), None) is not None for n in longer)

    # -- one length ---------------------------------------------------------

    def _reach(self, steps: int) -> frozenset[int] | set[int] | None:
        """Return the nodes with a walk of exactly so many steps to where the search goes.

        None stands for about all of them, where finding out costs more than it saves.
        """
        known = self._reaching
        backward = self._graph.backward
        while len(known) < steps:
            before = known[-1] if known else None
            if not known:
                known.append(backward.neighbours(self._to) - self._shut)
            elif before is None or backward.edges(before) > _WORTH + 2 * len(self._graph):
                known.append(None)
            else:
                known.append(backward.union(before) - self._shut)
        return known[steps - 1]

    def _blocks(self, length: int) -> Iterator[Iterable[Path]]:
        """Yield paths in blocks that share all but one node."""
        start, end = self._from, self._to
        first = self._graph.forward.sets[start]
        if length == 1:
            if end in first:
                yield ((start, end),)
            return
        near = self._reach(1) or EMPTY
        if length == 2:
            yield zip(repeat(start), first & near, repeat(end))
            return
        for base, nodes in self._prefixes(length):
            yield from self._last_steps(base, nodes, near)

    def _last_steps(
        self, base: Path, nodes: Iterator[int], near: frozenset[int] | set[int]
    ) -> Iterator[Iterable[Path]]:
        """Yield for each node after a beginning what lies between it and the end."""
        sets = self._graph.forward.sets
        end = self._to
        for node in nodes:
            between = sets[node] & near
            if not between:
                continue
            if len(between) <= _FEW:
                yield [
                    (*base, node, last, end)
                    for last in between
                    if last not in base and last != node
                ]
            else:
                between = between.difference(base, (node,))
                yield zip(*map(repeat, base), repeat(node), between, repeat(end))

    def _prefixes(self, length: int) -> Iterator[tuple[Path, Iterator[int]]]:
        """Yield beginnings of paths, and what may follow up to two steps before the end."""
        most = length - 2
        sets = self._graph.forward.sets
        shut = self._shut
        prefix = [self._from]
        stack = [iter(sets[self._from] - shut)]
        while stack:
            if len(prefix) == most:
                yield tuple(prefix), stack.pop()
                prefix.pop()
                continue
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                prefix.pop()
                continue
            reach = self._reach(length - len(prefix) - 1)
            following = sets[node] - shut if reach is None else sets[node] & reach
            if following:
                prefix.append(node)
                stack.append(iter(following.difference(prefix)))

    # -- how many -----------------------------------------------------------

    def walks(self, budget: int = 5_000_000) -> dict[int, int]:
        """Return for each length the number of walks, which no number of paths exceeds.

        It costs far less than listing paths. A walk may come by a node between the ends twice;
        up to length 3 none does, unless an edge leads from a node to itself. Parallel edges
        count once. Lengths for which more than `budget` edges would have to be looked at are
        left out.
        """
        counts: dict[int, int] = {}
        if self.start == self.end:
            return counts
        graph = self._graph
        ahead, behind = {self._from: 1}, {self._to: 1}
        for length in range(1, self.max_length + 1):
            # Both sides go out by turns, and meet in the middle.
            rows, level = (graph.forward, ahead) if length % 2 else (graph.backward, behind)
            budget -= rows.edges(level)
            if budget < 0:
                break
            other = behind if length % 2 else ahead
            level = self._spread(rows, level)
            counts[length] = _meeting(level, other)
            for node in self._shut:
                level.pop(node, None)
            if length % 2:
                ahead = level
            else:
                behind = level
        return counts

    @staticmethod
    def _spread(rows: Rows, level: dict[int, int]) -> dict[int, int]:
        following: dict[int, int] = {}
        get = following.get
        for node, ways in level.items():
            for other in rows.neighbours(node):
                following[other] = get(other, 0) + ways
        return following


def _meeting(some: dict[int, int], others: dict[int, int]) -> int:
    few, many = (some, others) if len(some) < len(others) else (others, some)
    get = many.get
    return sum(ways * get(node, 0) for node, ways in few.items())


def ranked(
    paths: Iterable[Path], weight: Callable[[Path], float], limit: int
) -> list[tuple[float, Path]]:
    """Return the paths of greatest weight with it, best first, ties by their nodes."""
    import heapq

    return heapq.nsmallest(limit, ((-weight(p), p) for p in paths))

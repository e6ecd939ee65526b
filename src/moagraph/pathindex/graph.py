"""A graph as compressed sparse rows, whose rows become sets on demand."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import exp, log

EMPTY: frozenset[int] = frozenset()
# Entries of rows held as sets at a time, some 30 bytes each.
DEFAULT_BUDGET = 4_000_000
_SHARED = 1_000_000


class _Sets(dict[int, frozenset[int]]):
    """The neighbours of each node, made at first use."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        self._held = 0

    def __missing__(self, node: int) -> frozenset[int]:
        rows = self._rows
        made = frozenset(map(rows.number, rows.row(node)))
        if self._held > rows.budget:
            self.clear()
            self._held = 0
        self._held += len(made) + 8
        self[node] = made
        return made


class Rows:
    """One direction: `ends[starts[n] : starts[n + 1]]` are the neighbours of node n.

    An end may stand in a row several times (parallel edges). `sets[n]` are the neighbours each
    once; sets are made when asked for and forgotten together when they hold more than `budget`
    entries.
    """

    def __init__(
        self, starts: Sequence[int], ends: Sequence[int], budget: int = DEFAULT_BUDGET
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.budget = budget
        # Numbers that many sets share are made once.
        nodes = len(starts) - 1
        self.number = list(range(nodes)).__getitem__ if nodes <= _SHARED else int
        self.sets = _Sets(self)

    def row(self, node: int) -> Sequence[int]:
        """Return the neighbours of a node, in order, parallel edges included."""
        return self.ends[self.starts[node] : self.starts[node + 1]]

    def degree(self, node: int) -> int:
        """Return the number of edges of a node."""
        return self.starts[node + 1] - self.starts[node]

    def neighbours(self, node: int) -> frozenset[int]:
        """Return the neighbours of a node, each once."""
        return self.sets[node]

    def union(self, nodes: Iterable[int]) -> set[int]:
        """Return every neighbour of some nodes, without keeping their sets."""
        found: set[int] = set()
        sets, number = self.sets, self.number
        for node in nodes:
            found.update(sets[node] if node in sets else map(number, self.row(node)))
        return found

    def edges(self, nodes: Iterable[int]) -> int:
        """Return the number of edges of some nodes together."""
        return sum(map(self.degree, nodes))


class Graph:
    """A graph in both directions; an undirected one has the same rows for both.

    Args:
        forward: whither edges lead; backward: whence they come.
        kind: the number of the kind of each node, for filters by kind; may be empty.
    """

    def __init__(self, forward: Rows, backward: Rows, kind: Sequence[int] = ()) -> None:
        self.forward = forward
        self.backward = backward
        self.kind = kind
        self._of_kinds: dict[frozenset[int], frozenset[int]] = {}

    def __len__(self) -> int:
        return len(self.forward.starts) - 1

    @property
    def edges(self) -> int:
        """Return the number of edges, parallel ones counted, undirected ones twice."""
        return len(self.forward.ends)

    def reversed(self) -> Graph:
        """Return the graph with every edge the other way round; rows are shared."""
        return Graph(self.backward, self.forward, self.kind)

    def of_kinds(self, kinds: frozenset[int]) -> frozenset[int]:
        """Return the nodes of some kinds."""
        known = self._of_kinds.get(kinds)
        if known is None:
            known = frozenset(n for n, kind in enumerate(self.kind) if kind in kinds)
            self._of_kinds[kinds] = known
        return known

    def hub_weight(self, path: Sequence[int], damping: float = 0.4) -> float:
        """Return the degree-weighted count of a path: near 1 between rare nodes, near 0 by hubs.

        Each step from u to v counts (edges out of u times edges into v) to the power of
        -damping; the weight is their product. Himmelstein and Baranzini, PLoS Comput Biol
        2015;11:e1004259, weigh metapaths so; here all edges count, whatever their type.
        """
        logs = sum(
            log(max(1, self.forward.degree(here)) * max(1, self.backward.degree(there)))
            for here, there in pairwise(path)
        )
        return exp(-damping * logs)


def graph_of(
    nodes: int,
    edges: Iterable[tuple[int, int]],
    *,
    directed: bool = True,
    kind: Sequence[int] = (),
) -> Graph:
    """Return the graph of some edges between nodes 0 to `nodes` - 1.

    Raises:
        ValueError: an edge names a node that there is not.
    """
    pairs = list(edges)
    if any(not (0 <= a < nodes and 0 <= b < nodes) for a, b in pairs):
        raise ValueError("an edge names a node that there is not")
    if not directed:
        rows = _rows(nodes, [*pairs, *((b, a) for a, b in pairs if a != b)])
        return Graph(rows, rows, kind)
    return Graph(_rows(nodes, pairs), _rows(nodes, [(b, a) for a, b in pairs]), kind)


def _rows(nodes: int, pairs: list[tuple[int, int]]) -> Rows:
    degrees = [0] * nodes
    for start, _ in pairs:
        degrees[start] += 1
    return Rows(
        array("q", accumulate(degrees, initial=0)), array("i", (end for _, end in sorted(pairs)))
    )

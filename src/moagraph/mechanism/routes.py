"""How many ways over nodes there can be between the ends of a question, counted without walking.

Both sides go out step by step, and meet in the middle. What is counted are walks: a way may come
by a node between the ends twice, gates and other filters are left aside, and claims between the
same two nodes count once. So no number of ways that paths take is greater. A metapath is followed
on both sides, by the places that a node has from the start and those it has from the end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from moagraph.counting import counted
from moagraph.mechanism.ends import targets_of
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.metapath import Metapath, type_of
from moagraph.mechanism.search import closed_kinds

Level = dict[int, dict[Any, int]]
"""Numbers of ways by places and node."""

# Edges that counting may look at: some tenths of a second.
BUDGET = 2_000_000


class Routes(NamedTuple):
    """At most so many ways of up to so many steps."""

    at_most: int
    up_to: int

    def to_dict(self) -> dict[str, int]:
        """Return `at_most` and `up_to`."""
        return self._asdict()


class Steps(NamedTuple):
    """Where steps lead, whence they come, how many there are, and what complexes pass on."""

    onward: Callable[[Any], Collection[Any]]
    back: Callable[[Any], Collection[Any]]
    leaving: Callable[[Iterable[Any]], int]
    entering: Callable[[Iterable[Any]], int]
    complexes: dict[Any, tuple[Any, ...]]
    components: dict[Any, tuple[Any, ...]]
    standing: Callable[[Any], int]


def routes(engine: Engine, metapath: Metapath | None = None) -> Routes:
    """Return the most ways there can be from A to B, and up to which length they were counted."""
    counts = _counts(engine, metapath)
    return Routes(sum(counts), len(counts) - 1)


def left_out(engine: Engine, metapath: Metapath) -> Routes:
    """Return the most ways from A to B that a metapath leaves out."""
    everything = _counts(engine, None, BUDGET // 4)
    following = _counts(engine, metapath, BUDGET // 4)
    ways = min(len(everything), len(following))
    return Routes(sum(everything[:ways]) - sum(following[:ways]), ways - 1)


def along(metapath: Metapath, left_out: Routes) -> str:
    """Return in words what a metapath is and leaves out."""
    if not left_out.at_most:
        return (
            f"along {metapath}, which leaves out nothing of up to {counted(left_out.up_to, 'step')}"
        )
    ways = f"{counted(left_out.at_most, 'way')} of up to {counted(left_out.up_to, 'step')}"
    return f"along {metapath}, which leaves out at most {ways}"


def _counts(engine: Engine, metapath: Metapath | None, budget: int = BUDGET) -> list[int]:
    question = engine.background.question
    targets = targets_of(engine.kb, question.b) - {question.a}
    closed = closed_kinds(engine)
    index = engine.model.index
    if index is None:
        steps = _of_tables(engine, metapath)
        start: Any = question.a
        ends: set[Any] = set(targets)
        kind = engine.model.kind
        shut: Callable[[Any], bool] = lambda node: kind(node) in closed  # noqa: E731
    else:
        steps = _of_index(engine, metapath)
        start, ends = index.number(question.a), {index.number(n) for n in targets} - {-1}
        shut = index.of_kinds(closed).__contains__ if closed else lambda _: False
        if start < 0:
            return [0] * (question.max_length + 1)
    counting = _Counting(steps, metapath, start, frozenset(ends), shut)
    return counting.counts(question.max_length, budget)


class _Counting:
    """Walks from one node to some ends."""

    def __init__(
        self,
        steps: Steps,
        metapath: Metapath | None,
        start: Any,
        ends: frozenset[Any],
        closed: Callable[[Any], bool],
    ) -> None:
        self.steps = steps
        self.metapath = metapath
        self.start = start
        self.ends = ends
        self.closed = closed
        self._rounds = len(steps.components)

    def counts(self, limit: int, budget: int) -> list[int]:
        """Return the number of walks by length from 0, as far as the budget goes."""
        steps = self.steps
        first, last = (self.metapath.first, self.metapath.last) if self.metapath else (1, 1)
        ahead = self._passed(self._grouped({first: {self.start: 1}}), steps.complexes, self._after)
        behind = self._grouped({last: dict.fromkeys(self.ends, 1)})
        found = [_meeting(ahead, behind)]
        for length in range(1, limit + 1):
            if length % 2:
                ahead = self._opened(ahead, (self.start,) if length == 1 else ())
                budget -= steps.leaving(node for level in ahead.values() for node in level)
                if budget < 0:
                    break
                ahead = self._spread(ahead, steps.onward, self._after)
                ahead = self._passed(ahead, steps.complexes, self._after)
            else:
                behind = self._passed(behind, steps.components, self._before)
                behind = self._opened(behind, self.ends if length == 2 else ())
                budget -= steps.entering(node for level in behind.values() for node in level)
                if budget < 0:
                    break
                behind = self._opened(self._spread(behind, steps.back, self._before), ())
            found.append(_meeting(ahead, behind))
        return found

    def _after(self, places: int) -> int:
        return self.metapath.following(places) if self.metapath else 1

    def _before(self, places: int) -> int:
        return self.metapath.before(places) if self.metapath else 1

    def _grouped(self, level: Level) -> Level:
        """Return a level whose nodes have only the places at which their type may stand."""
        if self.metapath is None:
            return level
        found: Level = {}
        for places, nodes in level.items():
            for node, ways in nodes.items():
                at = places & self.steps.standing(node)
                if at:
                    here = found.setdefault(at, {})
                    here[node] = here.get(node, 0) + ways
        return found

    def _opened(self, level: Level, own: Collection[Any]) -> Level:
        """Return a level without the nodes through which no path goes; its own begin here."""
        return {
            places: {
                node: ways
                for node, ways in nodes.items()
                if node in own or not (node == self.start or node in self.ends or self.closed(node))
            }
            for places, nodes in level.items()
        }

    def _spread(
        self,
        level: Level,
        onward: Callable[[Any], Collection[Any]],
        turned: Callable[[int], int],
    ) -> Level:
        found: Level = {}
        for places, nodes in level.items():
            after = turned(places)
            if not after:
                continue
            following = found.setdefault(after, {})
            get = following.get
            for node, ways in nodes.items():
                for other in onward(node):
                    following[other] = get(other, 0) + ways
        return self._grouped(found)

    def _passed(
        self, level: Level, passages: dict[Any, tuple[Any, ...]], turned: Callable[[int], int]
    ) -> Level:
        """Return a level with what passages between components and complexes lead to."""
        new = level if passages else {}
        found = {places: dict(nodes) for places, nodes in level.items()} if passages else level
        for _ in range(self._rounds):
            raw: Level = {}
            for places, nodes in new.items():
                after = turned(places)
                for node, ways in nodes.items():
                    for other in passages.get(node, ()) if after else ():
                        here = raw.setdefault(after, {})
                        here[other] = here.get(other, 0) + ways
            new = self._grouped(raw)
            if not any(new.values()):
                break
            for places, nodes in new.items():
                here = found.setdefault(places, {})
                for node, ways in nodes.items():
                    here[node] = here.get(node, 0) + ways
        return found


def _meeting(ahead: Level, behind: Level) -> int:
    total = 0
    for places, some in ahead.items():
        for others, more in behind.items():
            if places & others:
                few, many = (some, more) if len(some) < len(more) else (more, some)
                get = many.get
                total += sum(ways * get(node, 0) for node, ways in few.items())
    return total


def _of_tables(engine: Engine, metapath: Metapath | None) -> Steps:
    model = engine.model

    def onward(node: str) -> Collection[str]:
        return {claim.object for claim in model.leaving.get(node, ())}

    def back(node: str) -> Collection[str]:
        return model.entering.get(node, ())

    return Steps(
        onward,
        back,
        lambda nodes: sum(len(onward(node)) for node in nodes),
        lambda nodes: sum(len(back(node)) for node in nodes),
        _turned(model.components),
        model.components,
        lambda node: metapath.standing(type_of(engine.kb, node)) if metapath else 1,
    )


def _of_index(engine: Engine, metapath: Metapath | None) -> Steps:
    index = engine.model.index
    assert index is not None
    graph = index.graph
    components = index.components()
    sets = [
        (1 << place, None if types is None else index.of_types(types))
        for place, types in enumerate(metapath.types if metapath else ())
    ]

    def standing(node: int) -> int:
        return sum(place for place, nodes in sets if nodes is None or node in nodes)

    return Steps(
        graph.forward.neighbours,
        graph.backward.neighbours,
        graph.forward.edges,
        graph.backward.edges,
        _turned(components),
        components,
        standing,
    )


def _turned(components: dict[Any, tuple[Any, ...]]) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, list[Any]] = {}
    for name, members in components.items():
        for member in members:
            found.setdefault(member, []).append(name)
    return {member: tuple(names) for member, names in found.items()}

"""All simple paths of firing steps, lazily, shortest first.

The walk is edge by edge over nodes that it never repeats: two claims between the same pair are
two paths. It deepens one step at a time, and leaves out every branch that cannot reach the end
within the bound. A passage from a lowered component to its complex costs no step and has no
sign of its own.

A path ends at the first node that meets the end asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from moagraph.frozen import Frozen
from moagraph.mechanism.context import Context
from moagraph.mechanism.distances import steps_within
from moagraph.mechanism.firing import Engine, Firing
from moagraph.mechanism.metapath import type_of
from moagraph.vocabulary import DISEASE_KINDS, DRUG_KINDS, WalkSign

if TYPE_CHECKING:
    from moagraph.mechanism.along import AlongTables
    from moagraph.mechanism.distances import Steps
    from moagraph.mechanism.metapath import Metapath
    from moagraph.mechanism.model import Claim

StepFilter = Callable[[Firing], bool]
NodeFilter = Callable[[str], bool]


class Trail:
    """The head of a walk, linked to where it came from.

    `places` are those at which its node stands in the metapath of the question.
    """

    __slots__ = ("context", "depth", "firing", "node", "parent", "places", "sign")

    def __init__(
        self,
        parent: Trail | None,
        firing: Firing | None,
        node: str,
        sign: WalkSign,
        context: Context,
        depth: int,
        places: int = 1,
    ) -> None:
        self.parent = parent
        self.firing = firing
        self.node = node
        self.sign = sign
        self.context = context
        self.depth = depth
        self.places = places


class Passage(NamedTuple):
    """A lowered component that lowers its complex, after so many steps of the path."""

    after: int
    component: str
    complex: str


class Walk(Frozen, eq=False):
    """A path: its steps, passages and nodes, its sign and what is carried after the last step."""

    steps: tuple[Firing, ...]
    passages: tuple[Passage, ...]
    nodes: tuple[str, ...]
    sign: WalkSign
    start_sign: WalkSign
    context: Context

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the steps."""
        return tuple(f.claim.id for f in self.steps)

    @property
    def end(self) -> str:
        """Return the last node."""
        return self.nodes[-1]

    @property
    def narrower(self) -> tuple[str, ...]:
        """Return the restrictions that held only below what was carried."""
        return tuple(dict.fromkeys(v for f in self.steps for v in f.narrower))


def nodes_of(trail: Trail) -> Iterator[str]:
    """Yield the nodes of a trail, last first."""
    head: Trail | None = trail
    while head is not None:
        yield head.node
        head = head.parent


def walk_of(trail: Trail) -> Walk:
    """Read a trail back into a path."""
    steps: list[Firing] = []
    passages: list[Passage] = []
    nodes: list[str] = []
    head: Trail | None = trail
    start: WalkSign = 1
    while head is not None:
        nodes.append(head.node)
        if head.firing is not None:
            steps.append(head.firing)
        elif head.parent is not None:
            passages.append(Passage(head.depth, head.parent.node, head.node))
        else:
            start = head.sign
        head = head.parent
    return Walk(
        tuple(reversed(steps)),
        tuple(reversed(passages)),
        tuple(reversed(nodes)),
        trail.sign,
        start,
        trail.context,
    )


def times(left: WalkSign, right: WalkSign) -> WalkSign:
    """Multiply two signs."""
    if left == "unknown" or right == "unknown":
        return "unknown"
    return 1 if left == right else -1


def passages(engine: Engine, node: str, sign: WalkSign, context: Context) -> Iterator[str]:
    """Yield the complexes that a node lowers: its net change is -1 and nothing stands in."""
    if sign != -1:
        return
    present = engine.background.present
    for name, rivals in engine.model.lowers.get(node, ()):
        if engine.background.gone(name):
            continue
        if any(not any(present(rival, context) for rival in group) for group in rivals):
            yield name


class Search:
    """Paths from the start of a question in one context.

    `cut` tells after the walk whether the bound stopped a path that might have gone on to the
    end, `unseen` whether it kept the search from nodes so far from the end that nobody looked
    whether they reach it, `gave_up` whether so many steps were tried in vain that the rest was
    left. Use `searches.search_for`, which knows the quickest search for the data.
    """

    def __init__(
        self,
        engine: Engine,
        context: Context,
        *,
        step_filter: StepFilter | None = None,
        node_filter: NodeFilter | None = None,
        opened: bool = False,
        metapath: Metapath | None = None,
    ) -> None:
        self.engine = engine
        self.context = context
        self.question = engine.background.question
        self.step_filter = step_filter
        self.node_filter = node_filter
        self.metapath = metapath
        self.closed = frozenset() if opened else closed_kinds(engine)
        self.cut = False
        self.unseen = False
        self.gave_up = False
        self._visited: set[str] = set()
        self._along: AlongTables | None = None
        self._longest = False
        self._further = False

    def _start(self) -> Trail | None:
        start = self.question.a
        background = self.engine.background
        if background.gone(start) or (self.node_filter and not self.node_filter(start)):
            return None
        places = 1
        if self.metapath is not None:
            places = self.metapath.first & self.metapath.standing(type_of(self.engine.kb, start))
        if not places:
            return None
        return Trail(None, None, start, background.start_sign, self.context, 0, places)

    def _places(self, trail: Trail, node: str) -> int:
        """Return the places of the metapath at which a node after a trail stands, 0 for none."""
        if self.metapath is None:
            return 1
        standing = self.metapath.standing(type_of(self.engine.kb, node))
        return self.metapath.following(trail.places) & standing

    def to(self, targets: frozenset[str]) -> Iterator[Trail]:
        """Yield the trails to any of the targets, shorter ones first."""
        targets = targets - {self.question.a}
        start = self._start()
        if start is None or not targets:
            return
        limit = self.question.max_length
        reach, self._further = steps_within(self.engine.model, targets, limit)
        self.cut = self._further
        least = reach.get(start.node)
        if least is None:
            return
        self.cut = False
        if self.metapath is not None:
            from moagraph.mechanism.along import AlongTables

            self._along = AlongTables(self.metapath, self.engine.model, targets)
        for bound in range(least, self._top() + 1):
            self._visited = {start.node}
            self._longest = bound == limit
            yield from self._deepen(start, bound, targets, reach)

    def _top(self) -> int:
        """Return the most steps worth looking at: with a metapath without a gap fewer."""
        limit = self.question.max_length
        most = self.metapath.longest if self.metapath is not None else None
        return limit if most is None else min(limit, most - 1)

    def _deepen(
        self, start: Trail, bound: int, targets: frozenset[str], reach: Steps
    ) -> Iterator[Trail]:
        stack = [(start, self._next(start, bound, reach))]
        while stack:
            trail, heads = stack[-1]
            head = next(heads, None)
            if head is None:
                stack.pop()
                self._visited.discard(trail.node)
            elif head.node in targets:
                if head.depth == bound:
                    yield head
            elif not self._is_closed(head):
                self._visited.add(head.node)
                stack.append((head, self._next(head, bound, reach)))

    def _is_closed(self, trail: Trail) -> bool:
        """Tell whether paths end at a node because of its kind."""
        return bool(self.closed) and self.engine.model.kind(trail.node) in self.closed

    def _next(self, trail: Trail, bound: int, reach: Steps) -> Iterator[Trail]:
        for name in passages(self.engine, trail.node, trail.sign, trail.context):
            if name in self._visited:
                continue
            if trail.depth + reach.get(name, bound + 1) > bound:
                self._leave(trail, name, reach)
                continue
            head = self._pass(trail, name)
            if head is not None and self._may_lead(head.places, name, bound - head.depth):
                yield head
        depth = trail.depth + 1
        for claim in self.engine.model.leaving.get(trail.node, ()):
            node = claim.assertion.object
            if node in self._visited:
                continue
            if node not in reach:
                self._leave(trail, node, reach)
                continue
            if self._along is not None:
                if not self._may_lead(self._places(trail, node), node, bound - depth):
                    continue
            elif depth + reach[node] > bound:
                self.cut = self.cut or self._longest
                continue
            following = self._step(trail, self.engine.fire(claim, trail.context))
            if following is not None:
                yield following

    def _leave(self, trail: Trail, node: str, reach: Steps) -> None:
        """Note that the bound may keep the search from a node that is far from the end."""
        if not self._longest or self.cut:
            return
        if self.metapath is not None:
            self.cut = self._leads_later(self._places(trail, node), node)
        elif node in reach:
            self.cut = True
        else:
            self.unseen = self.unseen or self._is_further(reach)

    def _leads_later(self, places: int, node: str) -> bool:
        return self._along is not None and self._along.least(places, node) is not None

    def _is_further(self, reach: Steps) -> bool:  # noqa: ARG002 - of the search over arrays
        """Tell whether there are nodes that reach the end in more steps than the bound."""
        return self._further

    def _may_lead(self, places: int, node: str, left: int) -> bool:
        """Tell whether the types lead from a node at some places to the end in time."""
        if self._along is None:
            return True
        least = self._along.least(places, node)
        if least is None or least <= left:
            return least is not None
        self.cut = self.cut or self._longest
        return False

    def _pass(self, trail: Trail, name: str) -> Trail | None:
        """Return the passage to a complex, where it is not filtered."""
        if self.node_filter is not None and not self.node_filter(name):
            return None
        places = self._places(trail, name)
        if not places:
            return None
        return Trail(trail, None, name, trail.sign, trail.context, trail.depth, places)

    def _step(self, trail: Trail, firing: Firing) -> Trail | None:
        if firing.failures or (self.step_filter is not None and not self.step_filter(firing)):
            return None
        node = firing.claim.assertion.object
        if self.node_filter is not None and not self.node_filter(node):
            return None
        places = self._places(trail, node)
        if not places:
            return None
        sign = times(trail.sign, firing.claim.sign)
        return Trail(trail, firing, node, sign, firing.after, trail.depth + 1, places)

    def nearest(self) -> Iterator[Trail]:
        """Yield a trail for every path that fires, to whatever node, shorter ones first."""
        start = self._start()
        queue = deque([start] if start is not None else [])
        while queue:
            trail = queue.popleft()
            if trail.depth >= self.question.max_length:
                self.cut = True
                return
            for head in self._onward(trail):
                yield head
                if not self._is_closed(head):
                    queue.append(head)

    def _onward(self, trail: Trail) -> Iterator[Trail]:
        """Yield what a trail leads to by passages and steps that fire."""
        visited = set(nodes_of(trail))
        for name in passages(self.engine, trail.node, trail.sign, trail.context):
            head = self._pass(trail, name) if name not in visited else None
            if head is not None:
                yield head
        for claim in self._leaving(trail.node):
            if claim.object not in visited:
                following = self._step(trail, self.engine.fire(claim, trail.context))
                if following is not None:
                    yield following

    def _leaving(self, node: str) -> Iterable[Claim]:
        return self.engine.model.leaving.get(node, ())

    def everywhere(self) -> Iterator[Trail]:
        """Yield a trail for every path that fires, to whatever node, depth first."""
        start = self._start()
        if start is None:
            return
        self._visited = {start.node}
        yield from self._spread(start)

    def _spread(self, trail: Trail) -> Iterator[Trail]:
        limit = self.question.max_length
        heads: list[Trail] = [
            head
            for name in passages(self.engine, trail.node, trail.sign, trail.context)
            if name not in self._visited and (head := self._pass(trail, name)) is not None
        ]
        for claim in self.engine.model.leaving.get(trail.node, ()):
            if claim.assertion.object in self._visited:
                continue
            if trail.depth >= limit:
                self.cut = True
                break
            following = self._step(trail, self.engine.fire(claim, trail.context))
            if following is not None:
                heads.append(following)
        for head in heads:
            yield head
            if self._is_closed(head):
                continue
            self._visited.add(head.node)
            yield from self._spread(head)
            self._visited.discard(head.node)


def closed_kinds(engine: Engine) -> frozenset[str]:
    """Return the kinds of nodes that paths do not go through, as data and question have it."""
    closed = engine.kb.closed_kinds
    question = engine.background.question
    if closed and question.through_drugs:
        closed -= DRUG_KINDS
    if closed and question.through_diseases:
        closed -= DISEASE_KINDS
    return closed

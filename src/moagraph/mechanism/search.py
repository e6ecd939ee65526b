"""All simple paths of firing steps, lazily, shortest first.

The walk is edge by edge over nodes that it never repeats: two claims between the same pair are
two paths. It deepens one step at a time, and leaves out every branch that cannot reach the end
within the bound. A passage from a lowered component to its complex costs no step and has no
sign of its own.

A path ends at the first node that meets the end asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from moagraph.frozen import Frozen
from moagraph.mechanism.context import Context
from moagraph.mechanism.firing import Engine, Firing
from moagraph.mechanism.model import Model
from moagraph.vocabulary import DISEASE_KINDS, DRUG_KINDS, WalkSign

if TYPE_CHECKING:
    from moagraph.mechanism.step_index import Reach

    Steps = dict[str, int] | Reach

StepFilter = Callable[[Firing], bool]
NodeFilter = Callable[[str], bool]
NO_LIMIT = 1_000_000


class Trail:
    """The head of a walk, linked to where it came from."""

    __slots__ = ("context", "depth", "firing", "node", "parent", "sign")

    def __init__(
        self,
        parent: Trail | None,
        firing: Firing | None,
        node: str,
        sign: WalkSign,
        context: Context,
        depth: int,
    ) -> None:
        self.parent = parent
        self.firing = firing
        self.node = node
        self.sign = sign
        self.context = context
        self.depth = depth


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


def distances(model: Model, targets: frozenset[str], limit: int = NO_LIMIT) -> Steps:
    """Return the least number of steps from each node to a target, gates and signs left aside.

    Nodes further away than the limit are left out.
    """
    if model.index is None:
        return _distances(model, targets, limit)[0]
    from moagraph.mechanism.step_index import Reach

    return Reach(model.index, targets, limit)


def _distances(
    model: Model, targets: frozenset[str], limit: int = NO_LIMIT
) -> tuple[dict[str, int], bool]:
    """Return the distances and whether there are nodes further away than the limit."""
    found = dict.fromkeys(targets, 0)
    level = list(targets)
    entering, parts = model.entering, model.components
    for steps in range(limit + 1):
        for node in level:
            for member in parts.get(node, ()):
                if member not in found:
                    found[member] = steps
                    level.append(member)
        following: dict[str, None] = {}
        for node in level:
            for subject in entering.get(node, ()):
                if subject not in found:
                    following[subject] = None
        if not following or steps == limit:
            return found, bool(following)
        level = list(following)
        found.update(dict.fromkeys(level, steps + 1))
    return found, False


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
    end, `gave_up` whether so many steps were tried in vain that the rest was left. Use
    `search_for`, which knows the quickest search for the data.
    """

    def __init__(
        self,
        engine: Engine,
        context: Context,
        *,
        step_filter: StepFilter | None = None,
        node_filter: NodeFilter | None = None,
        opened: bool = False,
    ) -> None:
        self.engine = engine
        self.context = context
        self.question = engine.background.question
        self.step_filter = step_filter
        self.node_filter = node_filter
        self.closed = frozenset() if opened else closed_kinds(engine)
        self.cut = False
        self.gave_up = False
        self._visited: set[str] = set()

    def _start(self) -> Trail | None:
        start = self.question.a
        background = self.engine.background
        if background.gone(start) or (self.node_filter and not self.node_filter(start)):
            return None
        return Trail(None, None, start, background.start_sign, self.context, 0)

    def to(self, targets: frozenset[str]) -> Iterator[Trail]:
        """Yield the trails to any of the targets, shorter ones first."""
        targets = targets - {self.question.a}
        start = self._start()
        if start is None or not targets:
            return
        limit = self.question.max_length
        reach, self.cut = _distances(self.engine.model, targets, limit)
        least = reach.get(start.node)
        if least is None:
            return
        self.cut = False
        for bound in range(least, limit + 1):
            self._visited = {start.node}
            yield from self._deepen(start, bound, targets, reach)

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
            if name in self._visited or trail.depth + reach.get(name, bound + 1) > bound:
                continue
            if self.node_filter is None or self.node_filter(name):
                yield Trail(trail, None, name, trail.sign, trail.context, trail.depth)
        depth = trail.depth + 1
        for claim in self.engine.model.leaving.get(trail.node, ()):
            node = claim.assertion.object
            if node in self._visited or node not in reach:
                continue
            if depth + reach[node] > bound:
                if bound == self.question.max_length:
                    self.cut = True
                continue
            following = self._step(trail, self.engine.fire(claim, trail.context))
            if following is not None:
                yield following

    def _step(self, trail: Trail, firing: Firing) -> Trail | None:
        if firing.failures or (self.step_filter is not None and not self.step_filter(firing)):
            return None
        node = firing.claim.assertion.object
        if self.node_filter is not None and not self.node_filter(node):
            return None
        sign = times(trail.sign, firing.claim.sign)
        return Trail(trail, firing, node, sign, firing.after, trail.depth + 1)

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
            Trail(trail, None, name, trail.sign, trail.context, trail.depth)
            for name in passages(self.engine, trail.node, trail.sign, trail.context)
            if name not in self._visited and (self.node_filter is None or self.node_filter(name))
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


def search_for(
    engine: Engine,
    context: Context,
    *,
    step_filter: StepFilter | None = None,
    node_filter: NodeFilter | None = None,
    opened: bool = False,
) -> Search:
    """Return the search for a question: over the records, or over the arrays of a dataset.

    `opened` lets paths go through every kind of node, whatever the data say.
    """
    options: dict[str, Any] = {
        "step_filter": step_filter,
        "node_filter": node_filter,
        "opened": opened,
    }
    index = engine.model.index
    if index is None:
        return Search(engine, context, **options)
    from moagraph.mechanism.indexed import IndexedSearch

    return IndexedSearch(index, engine, context, **options)

"""Why not: for each structural path, the reasons of its first step that does not fire.

A structural path is a chain of claims that could be steps, whatever their gates, contexts and
species. It is not listed one by one: the walk goes on as long as steps fire, and at each step
that does not it asks whether the end could still be reached from there.

Readings of the text:

* A passage from a component to its complex belongs to a structural path only if it holds (net
  change -1, nothing stands in); where none holds, nothing connects the ends.
* A hidden path (`--avoid`) is no structural path; if it fires the reason is `filtered`, with
  what hides it. With `--via` only chains that pass every wanted entity are looked at, and
  `filtered` is the reason if there is none of them.
* `no_connection` and `length_bound` name the end that is not reached, `negated` the claim.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from moagraph.mechanism.context import Context
from moagraph.mechanism.distances import distances
from moagraph.mechanism.filters import PathFilter, participants_of
from moagraph.mechanism.firing import Engine, Failure, Firing
from moagraph.mechanism.metapath import type_of
from moagraph.mechanism.search import (
    Trail,
    closed_kinds,
    passages,
    times,
    walk_of,
)
from moagraph.mechanism.searches import search_for
from moagraph.vocabulary import WalkSign

MAX_VISITS = 20_000
MAX_VISITS_OF_LARGE = 300
_MAX_HIDDEN = 200


class Blocked(NamedTuple):
    """A step that does not fire, the failures that stop it, and the steps that fire before it."""

    firing: Firing | None
    failures: tuple[Failure, ...]
    passed: tuple[Firing, ...] = ()


class Head(NamedTuple):
    """How far a chain has come; `places` as those of a trail."""

    node: str
    sign: WalkSign
    depth: int
    places: int = 1


class WhyNot:
    """Collects the reasons of one question without a voting path."""

    def __init__(self, engine: Engine, context: Context, targets: frozenset[str]) -> None:
        self.engine = engine
        self.context = context
        self.question = engine.background.question
        self.targets = targets - {self.question.a}
        self.reach = distances(engine.model, self.targets)
        self.filter = PathFilter(engine, self.question)
        self._visits = 0
        index = engine.model.index
        self._most = MAX_VISITS if index is None or index.exact else MAX_VISITS_OF_LARGE
        self._closed = closed_kinds(engine)
        self._seen: set[tuple[str, Context]] = set()

    def reasons(self) -> list[Blocked]:
        """Return the steps that stop the structural paths, each once, or why there are none."""
        start = self.question.a
        end = self.question.b
        if self.engine.background.gone(start):
            return [Blocked(None, (Failure("missing_participant", start),))]
        least = self.reach.get(start)
        if least is None or not self.targets:
            return [Blocked(None, (Failure("no_connection", end),))]
        found = list(self.stopped())
        hidden = self._hidden()
        if hidden and not (found and self.question.via):
            found.append(Blocked(None, hidden))
        if found:
            return found
        if least > self.question.max_length:
            return [Blocked(None, (Failure("length_bound", end),))]
        if self._longer():
            return [Blocked(None, (Failure("length_bound", end),))]
        if self.question.via or self.question.avoid:
            names = (*self.question.avoid, *self.question.via)
            if self._completes(Head(start, self._sign(), 0), {start}, frozenset(), free=True):
                return [Blocked(None, tuple(Failure("filtered", name) for name in names))]
        return [Blocked(None, (Failure("no_connection", end),))]

    def _sign(self) -> WalkSign:
        return self.engine.background.start_sign

    # -- the walk over what fires -------------------------------------------

    def stopped(self) -> Iterator[Blocked]:
        """Yield the first steps that do not fire, of the structural paths that filters leave."""
        if self.engine.all_fire or self.engine.background.gone(self.question.a):
            return
        places = self._places(None, self.question.a)
        start = Trail(None, None, self.question.a, self._sign(), self.context, 0, places)
        if not (self.filter.node(start.node) and places):
            return
        yield from self._walk(start, {start.node}, frozenset(self._names((start.node,))))

    def _walk(self, trail: Trail, visited: set[str], met: frozenset[str]) -> Iterator[Blocked]:
        if trail.node in self.targets or self._visits > self._most or self._is_closed(trail):
            return
        self._visits += 1
        for name in passages(self.engine, trail.node, trail.sign, trail.context):
            places = self._places(trail.places, name)
            if name in self.reach and name not in visited and places and self.filter.node(name):
                head = Trail(trail, None, name, trail.sign, trail.context, trail.depth, places)
                yield from self._walk(head, visited | {name}, met | {name})
        depth = trail.depth + 1
        for claim in self.engine.model.leaving.get(trail.node, ()):
            node = claim.object
            if node in visited or depth + self.reach.get(node, 10**6) > self.question.max_length:
                continue
            firing = self.engine.fire(claim, trail.context)
            names = met | self._touched(firing)
            places = self._places(trail.places, node)
            if not (places and self.filter.avoid.isdisjoint(names)):
                continue
            sign = times(trail.sign, claim.sign)
            if firing.fires:
                head = Trail(trail, firing, node, sign, firing.after, depth, places)
                yield from self._walk(head, visited | {node}, names)
            elif (claim.id, trail.context) not in self._seen and self._completes(
                Head(node, sign, depth, places), visited | {node}, names
            ):
                self._seen.add((claim.id, trail.context))
                yield Blocked(firing, firing.failures, walk_of(trail).steps)

    def _is_closed(self, trail: Trail) -> bool:
        if not self._closed or trail.parent is None:
            return False
        return self.engine.model.kind(trail.node) in self._closed

    def _names(self, names: Iterable[str]) -> set[str]:
        owners = self.engine.kb.owner_of_feature
        found = set(names)
        found.update(owners[name] for name in names if name in owners)
        return found

    def _touched(self, firing: Firing) -> frozenset[str]:
        """Return what filters match at a step that need not fire: absent participants too."""
        names = participants_of(self.engine, firing, present_only=False)
        a = firing.claim.assertion
        return frozenset(self._names((*names, a.via, a.subject, a.object)))

    # -- the rest, gates left aside -----------------------------------------

    def _completes(
        self, head: Head, visited: set[str], names: frozenset[str], *, free: bool = False
    ) -> bool:
        """Tell whether a structural path leads on to the end within the bound.

        `free` leaves the filters aside.
        """
        wanted = frozenset() if free else frozenset(self.question.via) - names
        if wanted:
            return self._completes_via(head, visited, names)
        queue = deque([head])
        best = {(head.node, head.sign, head.places): head.depth}
        while queue:
            head = queue.popleft()
            if head.node in self.targets and (free or self._ends(head.places)):
                return True
            for following, met in self._onward(head, free=free):
                key = (following.node, following.sign, following.places)
                if following.node in visited or best.get(key, 10**6) <= following.depth:
                    continue
                if not free and not self.filter.avoid.isdisjoint(met):
                    continue
                best[key] = following.depth
                queue.append(following)
        return False

    def _completes_via(self, head: Head, visited: set[str], names: frozenset[str]) -> bool:
        self._visits += 1
        if head.node in self.targets:
            return names.issuperset(self.question.via) and self._ends(head.places)
        if self._visits > self._most:
            return False
        return any(
            following.node not in visited
            and self.filter.avoid.isdisjoint(met)
            and self._completes_via(following, visited | {following.node}, names | met)
            for following, met in self._onward(head)
        )

    def _places(self, places: int | None, node: str) -> int:
        """Return the places of the metapath at which a node after others, or A, may stand."""
        metapath = self.filter.metapath
        if metapath is None:
            return 1
        following = metapath.first if places is None else metapath.following(places)
        return following & metapath.standing(type_of(self.engine.kb, node))

    def _ends(self, places: int) -> bool:
        return self.filter.metapath is None or bool(places & self.filter.metapath.last)

    def _onward(self, head: Head, *, free: bool = False) -> Iterator[tuple[Head, frozenset[str]]]:
        limit = self.question.max_length
        for name in passages(self.engine, head.node, head.sign, self.context):
            places = 1 if free else self._places(head.places, name)
            if places and name in self.reach:
                yield Head(name, head.sign, head.depth, places), frozenset((name,))
        depth = head.depth + 1
        for claim in self.engine.model.leaving.get(head.node, ()):
            places = 1 if free else self._places(head.places, claim.object)
            if places and depth + self.reach.get(claim.object, 10**6) <= limit:
                firing = self.engine.fire(claim, self.context)
                sign = times(head.sign, claim.sign)
                yield Head(claim.object, sign, depth, places), self._touched(firing)

    # -- filters and bound --------------------------------------------------

    def _hidden(self) -> tuple[Failure, ...]:
        if not self.question.filtered and not self._closed:
            return ()
        search = search_for(self.engine, self.context, opened=True)
        found: dict[str, None] = {}
        for count, trail in enumerate(search.to(self.targets)):
            if count >= _MAX_HIDDEN:
                break
            walk = walk_of(trail)
            found.update(dict.fromkeys(self.filter.culprits(walk)))
            kinds = {self.engine.model.kind(node) for node in walk.nodes[1:-1]} & self._closed
            found.update(dict.fromkeys(f"kind:{kind}" for kind in sorted(kinds)))
        return tuple(Failure("filtered", name) for name in found)

    def _longer(self) -> bool:
        """Tell whether the bound, not a gate, stops the paths that fire."""
        search = search_for(
            self.engine,
            self.context,
            step_filter=self.filter.step,
            node_filter=self.filter.node,
            metapath=self.filter.metapath,
        )
        for _ in search.to(self.targets):
            pass
        return search.cut

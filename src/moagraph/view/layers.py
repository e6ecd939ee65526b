"""From entities and claims to layers of points: sub-columns, and a chain of points per line.

A line that passes layers has a point of its own in each, so that it is given room between the
boxes instead of running through them. A claim through a machine runs from its drug into the
machine and on to its object: the first part is one trunk for all claims of the drug.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, sqrt

from moagraph.frozen import Frozen
from moagraph.view.columns import COLUMNS
from moagraph.view.labels import box, wrap_label

MAX_POINTS = 24_000
_MIN_ROWS = 14
_MACHINE_PORT = 7


class Line(Frozen):
    """A claim to be drawn: its ends, and the machine it runs through.

    A quiet line is hidden at first: it takes no room of its own and runs straight.
    """

    id: str
    start: str
    end: str
    via: str = ""
    quiet: bool = False


@dataclass(slots=True)
class Chain:
    """The points from one box to another, always from left to right, and its claims.

    `reverse` tells that the claims run from right to left. `level` tells that both boxes are in
    one layer; `free` that it has no passages and goes straight: there are too many points, or it
    is `quiet` and takes no room.
    """

    points: list[int]
    claims: list[str]
    reverse: bool = False
    level: bool = False
    free: bool = False
    quiet: bool = False


@dataclass(slots=True)
class Plan:
    """Layers of points. Points below `len(boxes)` are entities, the others are passages."""

    entities: list[str]
    boxes: list[tuple[int, int]]
    lines: list[tuple[str, ...]]
    layer_of: list[int]
    layers: list[list[int]]
    column_of_layer: list[str]
    chains: dict[tuple[str, str, bool], Chain] = field(default_factory=dict)
    parts: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)

    @property
    def real(self) -> int:
        """Return how many points are entities."""
        return len(self.entities)


def plan(
    labels: Mapping[str, str],
    columns: Mapping[str, str],
    lines: Sequence[Line],
    extra: Mapping[str, int],
    hear: bool = True,
) -> Plan:
    """Return the layers of a picture; everything is ordered by id, so input order is nothing."""
    entities = sorted(labels, key=lambda e: (COLUMNS.index(columns[e]), labels[e].casefold(), e))
    number = {entity: index for index, entity in enumerate(entities)}
    drawn = sorted(
        (line for line in lines if line.start != line.end), key=lambda line: (line.quiet, line.id)
    )
    links = _links([line for line in drawn if hear or not line.quiet], number)
    layer_of, column_of_layer = _assign(entities, columns, links)
    wrapped = [wrap_label(labels[entity]) for entity in entities]
    boxes = []
    for index, entity in enumerate(entities):
        width, height = box(wrapped[index], columns[entity])
        boxes.append((width, height + extra.get(entity, 0)))
    layers: list[list[int]] = [[] for _ in column_of_layer]
    for index in range(len(entities)):
        layers[layer_of[index]].append(index)
    result = Plan(entities, boxes, wrapped, layer_of, layers, column_of_layer)
    _chain(result, drawn, number, hear)
    _grow_machines(result)
    return result


def _links(lines: Sequence[Line], number: Mapping[str, int]) -> set[tuple[int, int]]:
    found = set()
    for line in lines:
        ends = [line.start, line.via, line.end] if line.via in number else [line.start, line.end]
        for a, b in pairwise(ends):
            if a != b:
                found.add((number[a], number[b]))
    return found


# -- layers -------------------------------------------------------------------


def _assign(
    entities: Sequence[str], columns: Mapping[str, str], links: set[tuple[int, int]]
) -> tuple[list[int], list[str]]:
    """Return the layer of each entity and the column of each layer."""
    rows = max(_MIN_ROWS, ceil(1.25 * sqrt(len(entities))))
    balance = [0] * len(entities)
    for a, b in links:
        balance[a] += 1
        balance[b] -= 1
    layer_of = [0] * len(entities)
    column_of_layer: list[str] = []
    for column in COLUMNS:
        members = [i for i, entity in enumerate(entities) if columns[entity] == column]
        if not members:
            continue
        inside = {
            (a, b) for a, b in links if columns[entities[a]] == columns[entities[b]] == column
        }
        levels = _levels(members, inside)
        groups: dict[int, list[int]] = defaultdict(list)
        for member in members:
            groups[min(levels[member], 3)].append(member)
        for level in sorted(groups):
            group = sorted(groups[level], key=lambda m: (balance[m], m))
            parts = ceil(len(group) / rows)
            size = ceil(len(group) / parts)
            for first in range(0, len(group), size):
                for member in group[first : first + size]:
                    layer_of[member] = len(column_of_layer)
                column_of_layer.append(column)
    return layer_of, column_of_layer


def _levels(members: Sequence[int], links: set[tuple[int, int]]) -> dict[int, int]:
    """Return the longest way to each member inside its column; loops are cut where they close."""
    after: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(links):
        after[a].append(b)
    state: dict[int, int] = {}
    order: list[int] = []
    kept: set[tuple[int, int]] = set()
    for root in _roots(members, links):
        if root in state:
            continue
        stack = [(root, iter(after[root]))]
        state[root] = 1
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                order.append(node)
                stack.pop()
            elif state.get(following) != 1:
                kept.add((node, following))
                if following not in state:
                    state[following] = 1
                    stack.append((following, iter(after[following])))
    level = dict.fromkeys(members, 0)
    for node in reversed(order):
        for following in after[node]:
            if (node, following) in kept:
                level[following] = max(level[following], level[node] + 1)
    return level


def _roots(members: Sequence[int], links: set[tuple[int, int]]) -> list[int]:
    entered = {b for _, b in links}
    return sorted(members, key=lambda m: (m in entered, m))


# -- chains -------------------------------------------------------------------


def _chain(plan_: Plan, lines: Sequence[Line], number: Mapping[str, int], hear: bool) -> None:
    for line in lines:
        ends = [line.start, line.end]
        if line.via in number and line.via not in ends and (hear or not line.quiet):
            ends = [line.start, line.via, line.end]
        keys = []
        for a, b in pairwise(ends):
            trunk = len(ends) == 3
            key = (a, b, trunk)
            keys.append(key)
            chain = plan_.chains.get(key)
            if chain is None:
                chain = plan_.chains[key] = _new(plan_, number[a], number[b], line.quiet, hear)
            chain.claims.append(line.id)
        plan_.parts[line.id] = keys


def _new(plan_: Plan, a: int, b: int, quiet: bool, hear: bool) -> Chain:
    first, last = plan_.layer_of[a], plan_.layer_of[b]
    if first == last:
        return Chain([a, b], [], level=True, free=quiet, quiet=quiet)
    reverse = first > last
    if reverse:
        a, b, first, last = b, a, last, first
    unheard = quiet and not hear
    if unheard or len(plan_.layer_of) + last - first > MAX_POINTS:
        free = quiet or last - first > 1
        return Chain([a, b], [], reverse=reverse, free=free, quiet=quiet)
    points = [a]
    for layer in range(first + 1, last):
        point = len(plan_.layer_of)
        plan_.layer_of.append(layer)
        plan_.layers[layer].append(point)
        points.append(point)
    return Chain([*points, b], [], reverse=reverse, quiet=quiet)


def _grow_machines(plan_: Plan) -> None:
    """Make a machine as high as the lines that leave it need."""
    leaving: dict[str, int] = defaultdict(int)
    for (a, _, trunk), chain in plan_.chains.items():
        if trunk and plan_.column_of_layer[plan_.layer_of[plan_.entities.index(a)]] == "ligase":
            leaving[a] += len(chain.claims)
    for entity, count in leaving.items():
        index = plan_.entities.index(entity)
        width, height = plan_.boxes[index]
        plan_.boxes[index] = (width, max(height, min(420, _MACHINE_PORT * count + 14)))


def silence(plan_: Plan) -> None:
    """Take the passages of quiet chains out of the layers, now that the order is found."""
    gone: set[int] = set()
    for chain in plan_.chains.values():
        if chain.quiet:
            gone.update(chain.points[1:-1])
            chain.points = [chain.points[0], chain.points[-1]]
            chain.free = True
    plan_.layers = [[p for p in layer if p not in gone] for layer in plan_.layers]

"""Where everything stands: boxes and lines in integer coordinates, the same on every run.

Columns run from drug to patient. The boxes of the spine, the main path, lie on one line at
height 0; every other point is drawn towards its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from moagraph.frozen import Frozen
from moagraph.view.layers import Chain, Line, Plan, plan, silence
from moagraph.view.ordering import WORK, arrange
from moagraph.view.placing import place

_GAP = 50
_PER_LINE = 1.3
_WIDEST_GAP = 110
_PORT = 8
_LANE = 8
_LOUD = 3
_APART = {(True, True): 15, (True, False): 11, (False, True): 11, (False, False): 9}


class Box(Frozen):
    """An entity in the picture: its middle, its size, and its label in lines."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    column: str


class Route(Frozen):
    """The line of a claim as knots `x, y, x, y ...` from subject to object.

    Between two knots runs a curve that leaves and arrives level. `bulge` is the width of an
    arc between two boxes of one layer, 0 elsewhere.
    """

    knots: tuple[int, ...]
    bulge: int = 0


class Layout(Frozen):
    """Boxes by entity, routes by claim, and columns as (name, left, right)."""

    boxes: dict[str, Box]
    routes: dict[str, Route]
    columns: tuple[tuple[str, int, int], ...]


def lay_out(
    labels: Mapping[str, str],
    columns: Mapping[str, str],
    lines: Sequence[Line],
    spine: Collection[str] = (),
    work: int = WORK,
    extra: Mapping[str, int] | None = None,
    hear: bool = False,
) -> Layout:
    """Return the layout of a picture.

    Args:
        labels: by entity; columns: the column of each entity; lines: the claims to draw.
        spine: claims of the main path, which is to run straight.
        work: the limit of work for the order within layers.
        extra: by entity, height beyond that of its label.
        hear: let quiet lines have a say in the order, for a picture that is to show them too.
    """
    found = plan(labels, columns, lines, extra or {}, hear)
    straight = _spine_points(found, spine)
    left, right = _neighbours(found)
    found.layers = _lonely_last(arrange(_start(found, straight), left, right, work), left, right)
    silence(found)
    heights = place(found.layers, _gaps(found), _pulls(found), straight, _sweeps(found, work))
    return _Drawing(found, heights, frozenset(spine)).layout()


def _sweeps(found: Plan, work: int) -> int:
    return 24 if work >= WORK and len(found.layer_of) < 4_000 else 6


def _spine_points(found: Plan, spine: Collection[str]) -> frozenset[int]:
    points: dict[int, int] = {}
    for claim in sorted(spine):
        for key in found.parts.get(claim, ()):
            chain = found.chains[key]
            for point in chain.points:
                layer = found.layer_of[point]
                if points.get(layer, point) >= found.real or layer not in points:
                    points[layer] = point
    return frozenset(points.values())


def _start(found: Plan, straight: frozenset[int]) -> list[list[int]]:
    """Return the layers with the spine in the middle of each, a first order to improve."""
    result = []
    for layer in found.layers:
        middle = [p for p in layer if p in straight]
        rest = [p for p in layer if p not in straight]
        half = len(rest) // 2
        result.append([*rest[:half], *middle, *rest[half:]])
    return result


def _lonely_last(
    layers: list[list[int]], left: list[list[int]], right: list[list[int]]
) -> list[list[int]]:
    """Return the layers with what no line touches at the lower end of each."""
    return [
        [
            *(p for p in layer if left[p] or right[p]),
            *(p for p in layer if not left[p] and not right[p]),
        ]
        for layer in layers
    ]


def _neighbours(found: Plan) -> tuple[list[list[int]], list[list[int]]]:
    left: list[list[int]] = [[] for _ in found.layer_of]
    right: list[list[int]] = [[] for _ in found.layer_of]
    for chain in found.chains.values():
        weight = 1 if chain.quiet else _LOUD
        for a, b in () if chain.free else pairwise(chain.points):
            if found.layer_of[b] == found.layer_of[a] + 1:
                right[a] += [b] * weight
                left[b] += [a] * weight
    return left, right


def _pulls(found: Plan) -> list[list[tuple[int, float]]]:
    pulls: list[list[tuple[int, float]]] = [[] for _ in found.layer_of]
    for (_, _, trunk), chain in found.chains.items():
        if chain.free:
            continue
        for a, b in pairwise(chain.points):
            passages = (a >= found.real) + (b >= found.real)
            weight = (1.0, 2.0, 8.0)[passages]
            if trunk:
                weight *= min(60, 2 * len(chain.claims))
            pulls[a].append((b, weight))
            pulls[b].append((a, weight))
    return pulls


def _gaps(found: Plan) -> list[list[float]]:
    wide = [height / 2 for _, height in found.boxes] + [0.0] * (len(found.layer_of) - found.real)
    for chain in found.chains.values():
        for point in chain.points[1:-1]:
            wide[point] = _LANE * (_lanes(chain) - 1) / 2
    gaps = []
    for layer in found.layers:
        row = [0.0]
        for above, below in pairwise(layer):
            apart = _APART[above < found.real, below < found.real]
            row.append(wide[above] + wide[below] + apart)
        gaps.append(row)
    return gaps


def _lanes(chain: Chain) -> int:
    return len(chain.claims)


class _Drawing:
    """Turns points with heights into boxes and knots."""

    def __init__(self, found: Plan, heights: Sequence[float], spine: frozenset[str]) -> None:
        self.found = found
        self.heights = [round(h) for h in heights]
        self.spine = spine
        self.left, self.right = self._edges()
        self.trunks = {
            key
            for key in found.chains
            if key[2]
            and found.column_of_layer[found.layer_of[found.chains[key].points[-1]]] == "ligase"
        }
        self.ports = self._ports()

    def layout(self) -> Layout:
        """Return the finished layout."""
        found = self.found
        boxes = {}
        for index, entity in enumerate(found.entities):
            layer = found.layer_of[index]
            middle = (self.left[layer] + self.right[layer]) // 2
            boxes[entity] = Box(
                middle,
                self.heights[index],
                self.right[layer] - self.left[layer],
                found.boxes[index][1],
                found.lines[index],
                found.column_of_layer[layer],
            )
        routes = {claim: self._route(claim, keys) for claim, keys in found.parts.items()}
        return Layout(boxes, routes, self._columns())

    def _edges(self) -> tuple[list[int], list[int]]:
        """Return the left and right edge of each layer."""
        found = self.found
        widths = [0] * len(found.layers)
        for index in range(found.real):
            layer = found.layer_of[index]
            widths[layer] = max(widths[layer], found.boxes[index][0])
        through = [0] * len(found.layers)
        for chain in found.chains.values():
            if chain.free:
                continue
            layers = [found.layer_of[p] for p in chain.points]
            bent = len({self.heights[p] for p in chain.points}) > 1
            for layer in layers[:-1]:
                through[layer] += bent
        left, right, x = [], [], 0
        for layer, width in enumerate(widths):
            left.append(x)
            right.append(x + width)
            x += width + round(min(_WIDEST_GAP, _GAP + _PER_LINE * through[layer]))
        return left, right

    # -- ports --------------------------------------------------------------

    def _ports(self) -> dict[tuple[tuple[str, str, bool], str, bool], int]:
        """Return the height at which each claim leaves (False) or enters (True) its boxes."""
        wanted: dict[tuple[int, bool], list[tuple[int, int, tuple[str, str, bool], str, bool]]]
        wanted = defaultdict(list)
        for key, chain in self.found.chains.items():
            for at_end in (False, True):
                point = chain.points[-1] if at_end else chain.points[0]
                near = chain.points[-2] if at_end else chain.points[1]
                side = (point, at_end and not chain.level)
                claims = chain.claims[:1] if key in self.trunks else chain.claims
                for lane, claim in enumerate(claims):
                    wanted[side].append((self.heights[near], lane, key, claim, at_end))
        ports = {}
        for (point, _), entries in wanted.items():
            entries.sort()
            centre = next((i for i, e in enumerate(entries) if self._straight(e[2], e[3])), None)
            half = self.found.boxes[point][1] / 2 - 7
            middle = (len(entries) - 1) / 2 if centre is None else centre
            reach = max(middle, len(entries) - 1 - middle)
            step = min(_PORT, half / reach) if reach else 0
            for index, (_, _, key, claim, at_end) in enumerate(entries):
                offset = round((index - middle) * step)
                ports[key, claim, at_end] = self.heights[point] + offset
        return ports

    def _straight(self, key: tuple[str, str, bool], claim: str) -> bool:
        if key in self.trunks:
            return any(other in self.spine for other in self.found.chains[key].claims)
        return claim in self.spine

    # -- knots --------------------------------------------------------------

    def _route(self, claim: str, keys: list[tuple[str, str, bool]]) -> Route:
        knots: list[int] = []
        bulge = 0
        for key in keys:
            chain = self.found.chains[key]
            if chain.level:
                bulge = 34 + 6 * chain.claims.index(claim)
            knots += self._piece(key, chain, claim)
        return Route(tuple(knots), bulge if len(keys) == 1 else 0)

    def _piece(self, key: tuple[str, str, bool], chain: Chain, claim: str) -> list[int]:
        port = chain.claims[0] if key in self.trunks else claim
        first, last = chain.points[0], chain.points[-1]
        layer_of = self.found.layer_of
        start = (self.right[layer_of[first]], self.ports[key, port, False])
        edge = self.right if chain.level else self.left
        end = (edge[layer_of[last]], self.ports[key, port, True])
        knots = [start]
        lane = chain.claims.index(claim)
        offset = round((lane - (_lanes(chain) - 1) / 2) * _LANE)
        if key in self.trunks:
            offset = 0
        for point in chain.points[1:-1]:
            y = self.heights[point] + offset
            layer = layer_of[point]
            knots += [(self.left[layer], y), (self.right[layer], y)]
        if chain.free and not chain.level and offset:
            # Ends may be too crowded to tell parallel claims apart; their middles are not.
            knots.append(((start[0] + end[0]) // 2, (start[1] + end[1]) // 2 + offset))
        knots.append(end)
        if chain.reverse:
            knots.reverse()
        return [value for knot in knots for value in knot]

    def _columns(self) -> tuple[tuple[str, int, int], ...]:
        spans: dict[str, tuple[int, int]] = {}
        for layer, column in enumerate(self.found.column_of_layer):
            first = spans.get(column, (self.left[layer], 0))[0]
            spans[column] = (first, self.right[layer])
        return tuple((name, a, b) for name, (a, b) in spans.items())

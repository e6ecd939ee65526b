"""The order of points within layers, so that few lines cross.

Median sweeps, then swaps of neighbours, both under a limit of work: the same input gives the
same order, and a graph of any size gives it in bounded time.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, insort
from collections.abc import Sequence

Layers = list[list[int]]
Links = Sequence[Sequence[int]]

WORK = 2_500_000
_SWEEPS = 28
_SWAP_ROUNDS = 8


def arrange(layers: Layers, left: Links, right: Links, work: int = WORK) -> Layers:
    """Return the layers, each reordered.

    Args:
        layers: points by layer, in their first order.
        left: by point, its neighbours in the layer before; right: in the layer after.
        work: how many steps of work may be spent; the first sweep is always made.
    """
    links = sum(len(found) for found in right)
    points = sum(map(len, layers))
    cost = max(1, 3 * links + points)
    best = [list(layer) for layer in layers]
    best_count = crossings(best, right)
    current = [list(layer) for layer in layers]
    for sweep in range(_SWEEPS):
        if sweep and (sweep + 1) * cost * 6 > work:
            break
        _sweep(current, left if sweep % 2 == 0 else right, forward=sweep % 2 == 0)
        if links * 8 < work // 40:
            _swap(current, left, right, rounds=2)
        count = crossings(current, right)
        if count < best_count:
            best, best_count = [list(layer) for layer in current], count
    if links * links // max(1, len(layers)) < work:
        _swap(best, left, right, rounds=_SWAP_ROUNDS)
    return best


def crossings(layers: Layers, right: Links) -> int:
    """Return how many pairs of links between neighbouring layers cross."""
    total = 0
    for first, second in itertools.pairwise(layers):
        place = {point: index for index, point in enumerate(second)}
        seen: list[int] = []
        for point in first:
            ends = sorted(place[other] for other in right[point])
            for end in ends:
                total += len(seen) - _upto(seen, end)
            for end in ends:
                insort(seen, end)
    return total


def _upto(ordered: list[int], value: int) -> int:
    return bisect_left(ordered, value + 1)


def _sweep(layers: Layers, near: Links, *, forward: bool) -> None:
    numbers = range(1, len(layers)) if forward else range(len(layers) - 2, -1, -1)
    for number in numbers:
        before = layers[number - 1] if forward else layers[number + 1]
        place = {point: index for index, point in enumerate(before)}
        scale = len(before) / max(1, len(layers[number]))
        keys = {}
        for index, point in enumerate(layers[number]):
            ends = sorted(place[other] for other in near[point])
            keys[point] = (_middle(ends) if ends else index * scale, index)
        layers[number].sort(key=keys.__getitem__)


def _middle(ends: list[int]) -> float:
    """Return the mean of the median and the mean: steadier than either."""
    half = len(ends) // 2
    median = ends[half] if len(ends) % 2 else (ends[half - 1] + ends[half]) / 2
    return (median + sum(ends) / len(ends)) / 2


def _swap(layers: Layers, left: Links, right: Links, rounds: int) -> None:
    """Swap neighbours wherever that takes crossings away, at most so many rounds."""
    for _ in range(rounds):
        better = False
        for number, layer in enumerate(layers):
            sides = []
            for near, other in ((left, number - 1), (right, number + 1)):
                if 0 <= other < len(layers):
                    place = {point: index for index, point in enumerate(layers[other])}
                    sides.append({p: sorted(place[o] for o in near[p]) for p in layer})
            for index in range(len(layer) - 1):
                a, b = layer[index], layer[index + 1]
                gain = sum(_pair(s[a], s[b]) - _pair(s[b], s[a]) for s in sides)
                if gain > 0:
                    layer[index], layer[index + 1] = b, a
                    better = True
        if not better:
            return


def _pair(upper: list[int], lower: list[int]) -> int:
    """Return the crossings between the links of two points, the first above the second."""
    return sum(len(upper) - _upto(upper, end) for end in lower)

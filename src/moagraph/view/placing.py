"""Heights of points: near their neighbours, in order, apart, and the spine on one line.

Each layer is solved exactly: the least squares heights under "at least so far below the one
above" are an isotonic regression (pool adjacent violators).
"""

from __future__ import annotations

from collections.abc import Sequence

SPINE = 1e9
_SWEEPS = 12


def place(
    layers: Sequence[Sequence[int]],
    gaps: Sequence[Sequence[float]],
    pulls: Sequence[Sequence[tuple[int, float]]],
    spine: frozenset[int],
    sweeps: int = _SWEEPS,
) -> list[float]:
    """Return the height of every point; the spine lies at 0.

    Args:
        layers: points by layer, from top to bottom.
        gaps: by layer, the least distance of each point to the one above (first: unused).
        pulls: by point, its neighbours with the strength of the pull.
        spine: points of the main path, at most one in a layer.
    """
    heights = [0.0] * len(pulls)
    for layer, gap in zip(layers, gaps, strict=True):
        _stack(layer, gap, heights, spine)
    numbers = list(range(len(layers)))
    for sweep in range(sweeps):
        for number in numbers if sweep % 2 == 0 else reversed(numbers):
            layer = layers[number]
            wanted, weights = [], []
            for point in layer:
                if point in spine:
                    wanted.append(0.0)
                    weights.append(SPINE)
                    continue
                near = pulls[point]
                weight = sum(w for _, w in near)
                mean = sum(heights[o] * w for o, w in near) / weight if near else heights[point]
                wanted.append(mean)
                weights.append(max(weight, 0.01))
            solved = fit(wanted, weights, gaps[number])
            for point, height in zip(layer, solved, strict=True):
                heights[point] = height
    return heights


def _stack(
    layer: Sequence[int], gap: Sequence[float], heights: list[float], spine: frozenset[int]
) -> None:
    total = 0.0
    for index, point in enumerate(layer):
        total += gap[index] if index else 0.0
        heights[point] = total
    middle = next((heights[p] for p in layer if p in spine), total / 2)
    for point in layer:
        heights[point] -= middle


def fit(wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Return the heights nearest to those wanted with each at least its gap below the last."""
    offsets: list[float] = []
    total = 0.0
    for index, gap in enumerate(gaps):
        total += gap if index else 0.0
        offsets.append(total)
    blocks: list[list[float]] = []  # mean, weight, count
    for value, weight, offset in zip(wanted, weights, offsets, strict=True):
        blocks.append([value - offset, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, heavy, count = blocks.pop()
            last = blocks[-1]
            last[0] = (last[0] * last[1] + mean * heavy) / (last[1] + heavy)
            last[1] += heavy
            last[2] += count
    solved: list[float] = []
    for mean, _, count in blocks:
        for _ in range(int(count)):
            solved.append(mean + offsets[len(solved)])
    return solved

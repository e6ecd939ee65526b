"""How many steps lead from nodes to an end, gates and signs left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moagraph.mechanism.model import Model

if TYPE_CHECKING:
    from moagraph.mechanism.step_index import Reach

    Steps = dict[str, int] | Reach

NO_LIMIT = 1_000_000


def distances(model: Model, targets: frozenset[str], limit: int = NO_LIMIT) -> Steps:
    """Return the least number of steps from each node to a target, gates and signs left aside.

    Nodes further away than the limit are left out.
    """
    if model.index is None:
        return steps_within(model, targets, limit)[0]
    from moagraph.mechanism.step_index import Reach

    return Reach(model.index, targets, limit)


def steps_within(
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

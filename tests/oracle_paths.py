"""All simple paths from a start, each evaluated step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from moagraph.vocabulary import product
from tests.oracle_graph import Graph, Row
from tests.oracle_step import Fault, Step, evaluate, matched
from tests.oracle_world import Carried, World

# A move is a claim, or the passage from a component to its complex: a pair of names.
Move = Row | tuple[str, str]


@dataclass
class Path:
    """A path with what became of it."""

    moves: list[Move]
    nodes: list[str]
    sign: Any
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    causes: int = 0
    narrower: list[str] = field(default_factory=list)
    after: Carried = Carried("", "", "")
    names: set[str] = field(default_factory=set)

    @property
    def fires(self) -> bool:
        """Tell whether every step fires."""
        return not self.faults

    @property
    def has_passage(self) -> bool:
        """Tell whether it passes from a component to its complex."""
        return not all(isinstance(m, dict) for m in self.moves)

    @property
    def ids(self) -> list[str]:
        """Return the ids of its claims."""
        return [m["id"] for m in self.moves if isinstance(m, dict)]

    def disputed(self, graph: Graph) -> bool:
        """Tell whether a step is contested or refuted."""
        return any(graph.disputed(m) for m in self.moves if isinstance(m, dict))


def start_sign(world: World) -> int:
    """Return how the start moves: given or raised, or removed if asked so."""
    return -1 if world.a in world.without and not world.graph.is_drug(world.a) else 1


def structural(world: World, end: str, bound: int) -> Iterator[Path]:
    """Yield every simple sequence of claims, with passages, from the start to an end."""
    ends = world.graph.ends(end)
    yield from _walk(world, ends, bound, [], [world.a], start_sign(world))


def _walk(
    world: World, ends: dict[str, bool], bound: int, moves: list[Move], nodes: list[str], sign: Any
) -> Iterator[Path]:
    graph, here = world.graph, nodes[-1]
    if moves and here in ends:
        yield Path(moves, nodes, sign, narrower=[here] if ends[here] else [])
        return
    if sum(isinstance(m, dict) for m in moves) < bound:
        for claim in graph.assertions:
            if graph.is_step(claim) and claim["subject"] == here and claim["object"] not in nodes:
                factor = product((sign, graph.sign(claim)))
                yield from _walk(
                    world, ends, bound, [*moves, claim], [*nodes, claim["object"]], factor
                )
    if sign == -1:
        for cx in graph.complexes(here):
            if cx not in nodes and world.needs(cx, here, world.carried):
                yield from _walk(world, ends, bound, [*moves, (here, cx)], [*nodes, cx], sign)


def run(world: World, path: Path) -> Path:
    """Evaluate a path's steps in order; the first that does not fire gives the faults.

    Steps after it are not evaluated, but a filter matches the whole path.
    """
    carried = world.carried
    for move in path.moves:
        if isinstance(move, dict):
            step = evaluate(world, move, carried)
            path.names |= matched(world, move, carried)
            if not path.faults:
                path.steps.append(step)
                path.faults, path.causes = list(step.faults), step.causes
                path.narrower = [*step.narrower, *path.narrower]
            carried = step.after
        else:
            path.names |= set(move)
            if not path.faults and world.node_absent(move[1]):
                path.faults, path.causes = [Fault("missing_participant", move[1])], 1
    path.after = carried
    return path


def paths_to(world: World, end: str, bound: int) -> list[Path]:
    """Return all structural paths to an end, evaluated."""
    return [run(world, path) for path in structural(world, end, bound)]

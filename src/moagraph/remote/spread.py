"""Which claims a question can touch: step by step from its starts and back from its ends.

Gates and signs are left aside, so what is found holds every claim that a search here can meet.
Engines limit or lack property paths, so each step is a query of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from moagraph.remote.fetch import Edge, Fetcher
from moagraph.remote.frame import Frame


def forward(fetcher: Fetcher, frame: Frame, starts: Iterable[str], length: int) -> list[Edge]:
    """Return every claim whose subject lies within so many steps of a start."""
    return _spread(fetcher, frame, frame.with_wholes, "subject", starts, length)


def backward(fetcher: Fetcher, frame: Frame, ends: Iterable[str], length: int) -> list[Edge]:
    """Return every claim whose object lies within so many steps before an end."""
    return _spread(fetcher, frame, frame.with_parts, "object", ends, length)


def _spread(
    fetcher: Fetcher,
    frame: Frame,
    widen: Callable[[Iterable[str]], set[str]],
    side: str,
    level: Iterable[str],
    length: int,
) -> list[Edge]:
    found: list[Edge] = []
    level = widen(level)
    seen = set(level)
    for _ in range(length + 1):
        edges = fetcher.edges(side, frame.iris(level))
        found += edges
        others = (e.object if side == "subject" else e.subject for e in edges if _is_step(e))
        reached = {frame.id_of(iri) for iri in others} - {""}
        level = widen(reached - seen) - seen
        seen |= level
        if not level:
            break
    return found


def _is_step(edge: Edge) -> bool:
    return edge.kind == "mechanism" and edge.polarity == "asserted"

"""moagraph: how a drug works - the path, the sign, the evidence, and what speaks against it.

What `import moagraph` exposes is stable; the modules below may move.

    >>> import moagraph
    >>> graph = moagraph.load()
    >>> graph.explain("lenalidomide", "multiple myeloma").verdict
    'decreases'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moagraph.errors import (
    AmbiguousName,
    DataError,
    MoagraphError,
    QuestionError,
    UnknownName,
)

if TYPE_CHECKING:
    from moagraph.graph import Graph, load

__version__ = "0.1.0"

__all__ = [
    "AmbiguousName",
    "DataError",
    "Graph",
    "MoagraphError",
    "QuestionError",
    "UnknownName",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:
    # The command line asks this package for its version before it needs a graph.
    if name in ("Graph", "load"):
        from moagraph import graph

        return getattr(graph, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""An engine over the built-in graph, shared: it is only read."""

from __future__ import annotations

import pytest

from moagraph.graph import Graph
from moagraph.sparql.engine import Engine


@pytest.fixture(scope="session")
def engine(graph: Graph) -> Engine:
    """Return the engine of the built-in graph, in memory."""
    return Engine.of(graph.kb)

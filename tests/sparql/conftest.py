"""An engine over the built-in graph, shared: it is only read."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from moagraph.graph import Graph
from moagraph.sparql.engine import Engine


@pytest.fixture(scope="session")
def engine(graph: Graph) -> Engine:
    """Return the engine of the built-in graph, in memory."""
    return Engine.of(graph.kb)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the stores of these tests out of the user's cache."""
    before = os.environ.get("MOAGRAPH_CACHE")
    os.environ["MOAGRAPH_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["MOAGRAPH_CACHE"]
    else:
        os.environ["MOAGRAPH_CACHE"] = before

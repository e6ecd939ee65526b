"""One server for all tests of the protocol, one with low limits for what must be stopped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serve.client import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the limits it has if nothing is said."""
    found = Server(tmp_path_factory.mktemp("serve"))
    yield found
    found.stop()


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that stops a question after three seconds."""
    found = Server(tmp_path_factory.mktemp("strict"), "--timeout", "3", "--memory", "256")
    yield found
    found.stop()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that stops a question at 128 MiB, 2,000 rows or 1 MiB, and late by time."""
    limits = ("--timeout", "50", "--memory", "128", "--max-rows", "2000", "--max-size", "1")
    found = Server(tmp_path_factory.mktemp("small"), *limits)
    yield found
    found.stop()

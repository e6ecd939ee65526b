"""Fixtures shared by all tests, and the rule that CI skips nothing for want of a part."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

import moagraph
from moagraph.graph import Graph

# What starts in the background of a script has interrupts ignored, and so has all below it; the
# tests that interrupt a program need them.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

REQUIRE_ALL = bool(os.environ.get("MOAGRAPH_REQUIRE_ALL"))


def missing(part: str) -> None:
    """Skip a test for want of a part; where everything is required, fail it."""
    if REQUIRE_ALL:
        pytest.fail(f"{part} is required here and missing")
    pytest.skip(f"{part} is missing")


@pytest.fixture(scope="session")
def graph() -> Graph:
    """Return the built-in graph; it is immutable and shared."""
    return moagraph.load()


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the checkout."""
    return Path(__file__).resolve().parents[1]

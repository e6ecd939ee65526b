"""The knowledge bases that the RDF tests share; both are frozen."""

from __future__ import annotations

from pathlib import Path

import pytest

from moagraph.knowledge import KnowledgeBase
from moagraph.reading import read_folder

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"


@pytest.fixture(scope="session")
def small() -> KnowledgeBase:
    """Return the synthetic folder that uses every table."""
    tables, findings = read_folder(VALID)
    assert findings == []
    return KnowledgeBase(tables, name="valid", version="test")


@pytest.fixture(scope="session")
def built_in() -> KnowledgeBase:
    """Return the real graph."""
    return KnowledgeBase.read()

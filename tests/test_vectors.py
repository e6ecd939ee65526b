"""The semantics, case by case: our own vectors, and the shared ones if they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import vectors_support as support

HERE = Path(__file__).parent / "vectors"
SHARED = os.environ.get("MOAGRAPH_VECTORS")
FILES = sorted(HERE.glob("*.json")) + (sorted(Path(SHARED).glob("*.json")) if SHARED else [])


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_vector(path: Path, tmp_path: Path) -> None:
    """Every key that the vector names has the value that it gives."""
    vector = support.load(path)
    answer, code = support.ask(vector, tmp_path / "tables")
    found = list(support.differences(vector, answer, code))
    assert not found, f"{vector['idea']}: {found}; {vector['why']}"

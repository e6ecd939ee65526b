"""The oracle gives what every vector expects, so that what it says of random graphs counts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.oracle import disagreements, evaluate

HERE = Path(__file__).parent / "vectors"
SHARED = os.environ.get("MOAGRAPH_VECTORS")
FILES = sorted(HERE.glob("*.json")) + (sorted(Path(SHARED).glob("*.json")) if SHARED else [])


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_oracle_meets_vector(path: Path) -> None:
    """Every key that the vector names has the value that the oracle computes."""
    vector = json.loads(path.read_text(encoding="utf-8"))
    answer = evaluate(vector)
    # Exit codes, regimens and lists for messages are the program's, not the semantics'.
    spoken = ("exit", "regimen", "known")
    expected = {k: v for k, v in vector["expected"].items() if k in answer or k not in spoken}
    expected.pop("known", None)
    found = list(disagreements(expected, answer))
    assert not found, f"{vector['idea']}: {found}; {vector['why']}"

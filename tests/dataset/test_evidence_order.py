"""Evidence finds its claim in whatever order it comes, and is walked over beside the claims."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from moagraph import dataset
from moagraph.dataset import rows
from moagraph.dataset.imported import Imported
from moagraph.records import Assertion, Entity, Evidence, Fact, Source

MANY = 200


def evidence(about: str, number: int) -> Evidence:
    return Evidence(f"e{number}", about, "PMID:1", ("supports", "refutes")[number % 2])


def abouts() -> dict[str, list[str]]:
    shuffled = [f"c{n}" for n in range(MANY)]
    random.Random(1).shuffle(shuffled)
    return {
        "in order": [f"c{n}" for n in range(MANY)],
        "the first alone": ["c0", "c0", "c1"],
        "few, far between": ["c3", "c120", "c199"],
        "shuffled": shuffled,
        "of facts too": ["c0", "f1", "c1", "nothing", "c150", "f1", "c2"],
    }


@pytest.mark.parametrize("order", abouts())
def test_evidence_finds_its_claim(
    order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_WINDOW", 7)
    named = abouts()[order]
    imported = Imported(
        entities=[Entity("moa:a", "a"), Entity("moa:b", "b")],
        assertions=[Assertion(f"c{n}", "moa:a", "activates", "moa:b") for n in range(MANY)],
        sources=[Source("PMID:1", pmid="1")],
        evidence=[evidence(about, n) for n, about in enumerate(named)],
        facts=[Fact("f1", "moa:a", "half-life")],
    )
    dataset.write(imported, tmp_path / "d")
    kb = dataset.open(tmp_path / "d")
    wanted: dict[str, list[str]] = {}
    for number, about in enumerate(named):
        wanted.setdefault(about, []).append(f"e{number}")
    found = {claim.id: [row.id for row in about] for claim, about in kb.with_evidence()}
    assert found == {f"c{n}": wanted.get(f"c{n}", []) for n in range(MANY)}
    for about, ids in wanted.items():
        assert [row.id for row in kb.evidence_about.get(about, ())] == ids
    for claim, about_it in kb.with_evidence():
        assert about_it == tuple(kb.evidence_about.get(claim.id, ()))

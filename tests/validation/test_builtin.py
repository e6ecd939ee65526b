"""The built-in tables hold together: no error, and no warning that is plainly a slip."""

from __future__ import annotations

import pytest

from moagraph.findings import Finding
from moagraph.resources import data_root
from moagraph.validation import check_folder

SLIPS = {
    "row-order",
    "stray-space",
    "unknown-variant",
    "unknown-category",
    "bad-curie",
    "unknown-prefix",
    "reserved-id",
    "source-mismatch",
    "label-duplicate",
    "member-kind",
    "domain",
    "range",
    "self-claim",
    "outcome-relation",
    "duplicate-claim",
    "context-kind",
    "transfer-without-cell",
    "unmet-requirement",
    "variant-feature",
    "phase-gap",
    "strength-unshown",
    "one-sided-contradiction",
    "evidence-context",
    "fact-bounds",
    "bad-date",
    "seed-claim-unheld",
    "shape",
}


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """Return the findings of the built-in tables."""
    return check_folder(data_root())


def test_no_errors(findings: list[Finding]) -> None:
    """The data can be used."""
    assert [f for f in findings if f.severity == "error"] == []


def test_no_slips(findings: list[Finding]) -> None:
    """Warnings that a curator can always mend are mended."""
    assert [f for f in findings if f.code in SLIPS] == []

"""The answer to `binders`: which drugs bind a target, how tightly, by which assay, by which paper.

Numbers of different assays stand beside each other and are not ranked. `status` is that of the
claim; a drug that was shown not to bind has the status `shown not`.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.measures import Measure
from moagraph.answers.parts import EvidenceView, Part, Ref, plain
from moagraph.counting import counted
from moagraph.sheet import Sheet


class Binder(Part):
    """One claim that a drug binds; `at` is the part of the target, if a part was named."""

    drug: Ref
    claim: str
    status: str
    at: Ref | None = None
    measures: tuple[Measure, ...] = ()
    evidence: tuple[EvidenceView, ...] = ()


class BindersAnswer(Sheet):
    """The drugs that are known to bind a target; `others` are binders that are no drugs."""

    target: Ref
    binders: tuple[Binder, ...]
    others: tuple[Ref, ...] = ()
    data_version: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            "drug_id",
            "drug",
            "at",
            "status",
            "quantity",
            "relation",
            "value",
            "unit",
            "assay",
            "where",
            "stance",
            "basis",
            "reference",
            "statement",
            "claim_id",
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per number, and one for each paper that gives none."""
        return [
            (b.drug.id, b.drug.label, b.at.label if b.at else "", b.status, *cells, b.claim)
            for b in self.binders
            for row in b.evidence
            for cells in _cells(b, row)
        ] + [
            (b.drug.id, b.drug.label, b.at.label if b.at else "", b.status, *[""] * 10, b.claim)
            for b in self.binders
            if not b.evidence
        ]

    def title(self) -> str:
        """Return how many drugs bind what."""
        bound = {b.drug.id for b in self.binders if b.status not in ("shown not", "refuted")}
        return f"{counted(len(bound), 'drug binds', 'drugs bind')} {self.target.label}"

    @property
    def exit_code(self) -> int:
        """Return 0 if a drug binds, else 1."""
        return 0 if any(b.status not in ("shown not", "refuted") for b in self.binders) else 1

    def to_dict(self) -> dict[str, Any]:
        """Return `target, binders, others, data_version`."""
        return {
            "target": plain(self.target),
            "binders": plain(self.binders),
            "others": plain(self.others),
            "data_version": self.data_version,
        }


def _cells(binder: Binder, row: EvidenceView) -> list[tuple[str, ...]]:
    tail = (row.stance, row.basis, row.reference, row.statement)
    found: list[tuple[str, ...]] = [
        (m.kind, m.relation, m.value, m.unit, m.assay, m.where, *tail)
        for m in binder.measures
        if m.evidence == row.id
    ]
    return found or [("", "", "", "", "", row.system, *tail)]

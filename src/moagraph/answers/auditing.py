"""The answer to `audit`: what the graph explains, what it does not, and what it rests on.

Sections in order of weight. `--fail-on SECTION` counts that section and those before it; the
last three are no faults and never count.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from moagraph.answers.parts import Part
from moagraph.sheet import Sheet

SECTIONS: dict[str, str] = {
    "contradicted": "Observations that mechanisms contradict, and no source contests",
    "unsourced": "Claims without supporting or refuting evidence",
    "unexplained": "Observations without a mechanism",
    "no-mechanism": "Diseases treated without a mechanism in the graph",
    "gate-unexplained": "Gate claims that no replay explains",
    "refuted": "Claims that all their evidence refutes",
    "contested": "Claims with supporting and refuting evidence",
    "no-primary": "Claims supported by no primary source: labels, reviews, records, press",
    "single-source": "Claims that rest on one independent primary source",
    "not-judged": "Observations that have no sign, or that evidence does not uphold",
    "explained": "Observations that mechanisms explain, or do not speak against",
    "gate-explained": "Gate claims that a replay explains",
}
FAULTS = tuple(SECTIONS)[:9]
LEVELS = (*FAULTS, "none")


class AuditLine(Part):
    """One claim in one section, and why it is there."""

    section: str
    id: str
    claim: str
    kind: str
    status: str
    note: str = ""
    references: tuple[str, ...] = ()


class AuditReport(Sheet):
    """The findings by section; `only` are the sections that were asked for."""

    lines: tuple[AuditLine, ...]
    only: tuple[str, ...] = ()
    data_version: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("section", "id", "claim", "kind", "status", "note", "references")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per finding; a claim may stand in several sections."""
        return [
            (e.section, e.id, e.claim, e.kind, e.status, e.note, "; ".join(e.references))
            for e in self.lines
        ]

    def title(self) -> str:
        """Return the data that were audited."""
        return f"Audit, data {self.data_version}"

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections that were looked at, in their order."""
        return self.only or tuple(SECTIONS)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines each section has."""
        found = Counter(line.section for line in self.lines)
        return {name: found[name] for name in self.sections}

    def fails(self, level: str) -> bool:
        """Tell whether a section at or above a level has a line; "none" never fails."""
        if level == "none":
            return False
        heavy = FAULTS[: FAULTS.index(level) + 1]
        return any(line.section in heavy for line in self.lines)

    def in_section(self, name: str) -> list[AuditLine]:
        """Return the lines of a section."""
        return [line for line in self.lines if line.section == name]

    def to_dict(self) -> dict[str, Any]:
        """Return `sections, counts, findings, data_version`."""
        return {
            "sections": {name: SECTIONS[name] for name in self.sections},
            "counts": self.counts,
            "findings": [line.to_dict() for line in self.lines],
            "data_version": self.data_version,
        }

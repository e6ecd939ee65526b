"""The answer to `compare-record`: a foreign record beside our graph, step by step."""

from __future__ import annotations

from collections import Counter
from typing import Any

from moagraph.answers.parts import Part, Ref
from moagraph.sheet import Sheet, escape_markdown, markdown_table

SECTIONS: dict[str, str] = {
    "contradicting": "Steps that our graph contradicts",
    "unconditional": "Steps stated without a condition that our graph ties to one",
    "differs": "Steps between the same two of which only one side has a sign",
    "missing": "Steps of our mechanism that the record lacks",
    "common": "Steps in common",
    "theirs-only": "Steps that our graph lacks",
    "unmapped": "Steps with an end that our graph does not know",
}
FAULTS = ("contradicting", "unconditional", "missing")


class ComparedStep(Part):
    """One step: what the record says, what our graph says, why they are set so, the evidence."""

    section: str
    theirs: str = ""
    ours: str = ""
    note: str = ""
    claims: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    line: int = 0


class ComparedNode(Part):
    """A node of the record and the entity that it is here, found by identifier or name."""

    id: str
    name: str
    label: str
    entity: Ref | None = None
    by: str = ""


class RecordComparison(Sheet):
    """The comparison. `missing_entities` are on our paths or needed by them, and not theirs."""

    record: str
    drug: Ref
    disease: Ref
    net: str
    verdict: str
    nodes: tuple[ComparedNode, ...]
    steps: tuple[ComparedStep, ...]
    missing_entities: tuple[Ref, ...] = ()
    file: str = ""
    data_version: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("section", "theirs", "ours", "note", "claims", "references", "line")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per step."""
        return [
            (
                s.section,
                s.theirs,
                s.ours,
                s.note,
                "; ".join(s.claims),
                "; ".join(s.references),
                str(s.line or ""),
            )
            for s in self.steps
        ]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many steps each section has."""
        counted = Counter(s.section for s in self.steps)
        return {name: counted[name] for name in SECTIONS}

    def in_section(self, name: str) -> list[ComparedStep]:
        """Return the steps of a section."""
        return [s for s in self.steps if s.section == name]

    @property
    def exit_code(self) -> int:
        """Return 1 if something contradicts, lacks its condition or is missing, else 0."""
        return 1 if any(self.counts[name] for name in FAULTS) or not self.drug.id else 0

    def title(self) -> str:
        """Return the record and its indication."""
        text = f"{self.record}: {self.drug.label} for {self.disease.label}, beside our graph"
        return " ".join(text.split())

    def to_markdown(self) -> str:
        """Return the comparison, a table for each section."""
        missing = ", ".join(e.label for e in self.missing_entities) or "nothing"
        parts = [
            f"## {escape_markdown(self.title())}\n",
            f"The record nets {self.net} by DrugMechDB's own signs; our graph: "
            f"{self.verdict or 'no answer'}. Not in the record: {escape_markdown(missing)}.\n",
        ]
        for name, title in SECTIONS.items():
            rows = [
                (s.theirs, s.ours, s.note, "; ".join(s.references)) for s in self.in_section(name)
            ]
            if rows:
                parts.append(f"### {title}\n")
                parts.append(markdown_table(("theirs", "ours", "note", "evidence"), rows))
        return "\n".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return all fields, with `sections` and `counts`."""
        return {
            "record": self.record,
            "drug": self.drug.to_dict(),
            "disease": self.disease.to_dict(),
            "net": self.net,
            "verdict": self.verdict,
            "sections": dict(SECTIONS),
            "counts": self.counts,
            "missing_entities": [e.to_dict() for e in self.missing_entities],
            "nodes": [n.to_dict() for n in self.nodes],
            "steps": [s.to_dict() for s in self.steps],
            "file": self.file,
            "data_version": self.data_version,
        }

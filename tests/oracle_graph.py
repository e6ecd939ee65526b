"""The graph of a vector, with the look-ups that the rules speak of. No rule is applied here."""

from __future__ import annotations

from typing import Any

from moagraph.relations import RELATIONS
from moagraph.vocabulary import walkable

Row = dict[str, Any]

HUMAN = "NCBITaxon:9606"
DRUGS = ("drug", "drug class", "combination")


def listed(value: Any) -> list[str]:
    """Return a list whether the vector gives one, one name, or nothing."""
    if not value:
        return []
    return [value] if isinstance(value, str) else list(value)


class Graph:
    """The rows of a vector's graph."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self.entities: dict[str, Row] = {e["id"]: e for e in rows.get("entities", [])}
        self.machines: list[Row] = rows.get("machines", [])
        self.states: list[Row] = rows.get("states", [])
        self.variants: list[Row] = rows.get("variants", [])
        self.assertions: list[Row] = rows.get("assertions", [])
        self.evidence: list[Row] = rows.get("evidence", [])
        self.own_signs = _own_signs(rows.get("relations", []))

    def kind(self, name: str) -> str:
        """Return the kind of an entity; what stands only in states is a state."""
        if name in self.entities:
            return str(self.entities[name].get("kind", ""))
        return "state" if any(s["id"] == name for s in self.states) else ""

    def is_drug(self, name: str) -> bool:
        """Tell whether it is given rather than raised."""
        return self.kind(name) in DRUGS

    def members(self, name: str) -> list[str]:
        """Return components, drugs or features."""
        return listed(self.entities.get(name, {}).get("members"))

    def ancestors(self, name: str) -> set[str]:
        """Return what something is: itself, its parents, their parents."""
        found: set[str] = set()
        todo = [name] if name else []
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo.extend(listed(self.entities.get(one, {}).get("parents")))
        return found

    def owners(self, feature: str) -> list[str]:
        """Return the proteins that have a feature."""
        if self.kind(feature) != "feature":
            return []
        return [
            e for e in self.entities if feature in self.members(e) and self.kind(e) != "complex"
        ]

    def complexes(self, component: str) -> list[str]:
        """Return the complexes that have a component."""
        return [
            e for e in self.entities if self.kind(e) == "complex" and component in self.members(e)
        ]

    def rows_of(self, machine: str) -> list[Row]:
        """Return the participants of a machine, phase by phase."""
        return sorted(
            (m for m in self.machines if m["machine"] == machine), key=lambda m: int(m["phase"])
        )

    def alternatives(self, row: Row) -> list[str]:
        """Return who can stand in the place of a row: itself, and those of its group."""
        if not row.get("alternative_group"):
            return [row["participant"]]
        return [
            r["participant"]
            for r in self.rows_of(row["machine"])
            if r["phase"] == row["phase"] and r.get("alternative_group") == row["alternative_group"]
        ]

    def sign(self, assertion: Row) -> Any:
        """Return 1, -1, unknown, none or structural."""
        relation = assertion["relation"]
        return self.own_signs[relation] if relation in self.own_signs else RELATIONS[relation].sign

    def is_step(self, assertion: Row) -> bool:
        """Tell whether a claim can be a step of a path."""
        return (
            assertion.get("kind", "mechanism") == "mechanism"
            and assertion.get("polarity", "asserted") == "asserted"
            and walkable(self.sign(assertion))
        )

    def status(self, assertion: Row) -> str:
        """Return supported, contested, refuted, negated or unsourced."""
        stances = {e["stance"] for e in self.evidence if e["about"] == assertion["id"]}
        if {"supports", "refutes"} <= stances:
            return "contested"
        if "refutes" in stances:
            return "refuted"
        if "supports" not in stances:
            return "unsourced"
        return "negated" if assertion.get("polarity") == "negated" else "supported"

    def disputed(self, assertion: Row) -> bool:
        """Tell whether a claim is contested or refuted."""
        return self.status(assertion) in ("contested", "refuted")

    def variant(self, text: str) -> tuple[str, str]:
        """Return the gene's id and the change that `GENE:CHANGE` names."""
        gene, _, change = text.rpartition(":")
        for name, entity in self.entities.items():
            if gene.casefold() in (name.casefold(), str(entity.get("label", "")).casefold()):
                return name, change
        return gene, change

    def brought_by(self, state: str) -> list[str]:
        """Return what brings a state."""
        return [b for s in self.states if s["id"] == state for b in listed(s.get("brought_by"))]

    def ends(self, end: str) -> dict[str, bool]:
        """Return the nodes whose claims meet an end; true where they meet it as narrower."""
        if self.kind(end) != "disease":
            return {end: False}
        met = {name: True for name in self.entities if end in self.ancestors(name)}
        met.update(dict.fromkeys(self.ancestors(end), False))
        return met


def _own_signs(rows: Any) -> dict[str, Any]:
    if isinstance(rows, dict):
        return dict(rows)
    return {r.get("label") or r.get("relation") or r["id"]: r["sign"] for r in rows}


def terms(requires: str | None) -> list[list[str]]:
    """Read a gate: the comma is AND, the bar binds tighter and is OR."""
    if not requires:
        return []
    return [[t.strip() for t in clause.split("|")] for clause in requires.split(",")]

"""Values of a drug under conditions: which hold at a given creatinine clearance, and where.

Where a jurisdiction states conditions on the asked parameter but none that covers the asked
value, the sheet says so in a line of its own: silence is an answer that readers need.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moagraph.check.conditions import is_number
from moagraph.errors import QuestionError
from moagraph.frozen import Frozen
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup.conditions import holds, terms
from moagraph.records import Fact
from moagraph.sheet import Sheet, cite

DISCLAIMER = "Not medical advice; check the current label."


class FactLine(Frozen):
    """One fact with its references, or (fact None) the statement that nothing covers the value."""

    fact: Fact | None
    value: str
    indication: str
    regimen: str
    references: tuple[str, ...]
    statement: str
    silent_on: tuple[str, str, str] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the line as plain values."""
        f = self.fact
        if f is None:
            property_, jurisdiction, condition = self.silent_on or ("", "", "")
            return {
                "id": "",
                "property": property_,
                "value": self.value,
                "indication": self.indication,
                "regimen": self.regimen,
                "condition": condition,
                "jurisdiction": jurisdiction,
                "statement": self.statement,
            }
        return {
            "id": f.id,
            "property": f.property,
            "value": f.value,
            "low": f.low,
            "high": f.high,
            "unit": f.unit,
            "indication": self.indication,
            "regimen": self.regimen,
            "condition": f.condition,
            "population": f.population,
            "arm": f.arm,
            "n": f.n,
            "jurisdiction": f.jurisdiction,
            "date": f.date,
            "status": f.status,
            "references": list(self.references),
            "statement": self.statement,
        }


class FactSheet(Sheet):
    """The facts of a drug that fit the question."""

    entity: str
    at: tuple[tuple[str, str], ...]
    lines: tuple[FactLine, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            "property",
            "value",
            "condition",
            "indication",
            "regimen",
            "population",
            "jurisdiction",
            "date",
            "status",
            "reference",
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per fact."""
        result: list[tuple[str, ...]] = []
        for line in self.lines:
            f = line.fact
            if f is None:
                property_, jurisdiction, condition = line.silent_on or ("", "", "")
                row = (property_, line.value, condition, line.indication, line.regimen)
                result.append((*row, "", jurisdiction, "", "", ""))
                continue
            people = ", ".join(p for p in (f.population, f.arm, f"n={f.n}" if f.n else "") if p)
            result.append(
                (
                    f.property,
                    line.value,
                    f.condition,
                    line.indication,
                    line.regimen,
                    people,
                    f.jurisdiction,
                    f.date,
                    f.status,
                    "; ".join(line.references),
                )
            )
        return result

    def title(self) -> str:
        """Return the drug and the conditions asked for."""
        given = ", ".join(f"{name} = {value}" for name, value in self.at)
        return f"{self.entity}: facts" + (f" at {given}" if given else "")

    def to_dict(self) -> dict[str, Any]:
        """Return `entity, at, facts, disclaimer`."""
        return {
            "entity": self.entity,
            "at": dict(self.at),
            "facts": [line.to_dict() for line in self.lines],
            "disclaimer": DISCLAIMER,
        }


def facts(
    kb: KnowledgeBase,
    drug: str,
    *,
    properties: tuple[str, ...] = (),
    at: Mapping[str, str] | None = None,
    indication: str = "",
    jurisdiction: str = "",
) -> FactSheet:
    """Return the facts of a drug, restricted to properties, conditions and an indication.

    Args:
        properties: names of properties, or their first words: `dose` brings `dose_adjustment`.
        at: values of parameters, such as `{"crcl": "40"}` in mL/min; facts whose condition
            excludes the value are left out, facts without a condition on it stay.
        indication: facts for this disease or one that it is a kind of, and those for none.

    Raises:
        UnknownName, AmbiguousName: a name leads to nothing or to several things.
        QuestionError: a property or parameter that no fact of the graph has, or no number for
            a parameter that is measured.
    """
    entity = kb.resolve(drug)
    given = dict(at or {})
    _known(properties, {f.property for f in kb.tables.facts}, "property")
    _known(tuple(given), _parameters(kb), "parameter")
    _check_numbers(kb, given)
    disease = kb.resolve(indication).id if indication else ""
    pool = [
        f
        for f in kb.facts_of.get(entity.id, ())
        if (not properties or any(_named(f.property, name) for name in properties))
        and (not jurisdiction or f.jurisdiction.casefold() == jurisdiction.casefold())
        and (not disease or not f.indication or kb.is_a(disease, f.indication))
    ]
    fitting = [f for f in pool if holds(f.condition, given) is not False]
    lines = [_line(kb, f) for f in sorted(fitting, key=_order)]
    lines += _silences(kb, pool, fitting, given)
    return FactSheet(entity.label, tuple(sorted(given.items())), tuple(lines))


def _order(fact: Fact) -> tuple[str, ...]:
    return (fact.property, fact.indication, fact.jurisdiction, fact.condition, fact.id)


def _named(property_: str, asked: str) -> bool:
    return property_ == asked or property_.startswith(f"{asked}_")


def _known(asked: tuple[str, ...], known: set[str], what: str) -> None:
    import difflib

    for name in asked:
        if name in known or any(other.startswith(f"{name}_") for other in known):
            continue
        near = difflib.get_close_matches(name, sorted(known), n=5, cutoff=0.4)
        near += [k for k in sorted(known) if name in k and k not in near][: 5 - len(near)]
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise QuestionError(f"no fact has the {what} {name!r}{hint}", suggestions=near)


def _parameters(kb: KnowledgeBase) -> set[str]:
    found: set[str] = set()
    for condition in {f.condition for f in kb.tables.facts if f.condition}:
        found.update(term.parameter.casefold() for term in terms(condition))
    return found


def _check_numbers(kb: KnowledgeBase, given: Mapping[str, str]) -> None:
    levels: dict[str, set[str]] = {}
    for condition in {f.condition for f in kb.tables.facts if f.condition}:
        for term in terms(condition):
            levels.setdefault(term.parameter.casefold(), set()).add(term.level)
    for name, value in given.items():
        if levels.get(name) == {""} and not is_number(value):
            raise QuestionError(f"{name} takes a number, such as {name}=40, not {value!r}")


def _line(kb: KnowledgeBase, fact: Fact) -> FactLine:
    span = f"{fact.low} to {fact.high}" if fact.low and fact.high else ""
    if not span and (fact.low or fact.high):
        span = f">= {fact.low}" if fact.low else f"<= {fact.high}"
    value = fact.value
    if span and span not in value:
        value = f"{value} ({span})" if value else span
    if fact.unit and not value.endswith(fact.unit):
        value = f"{value} {fact.unit}"
    rows = kb.evidence_about.get(fact.id, ())
    return FactLine(
        fact,
        value,
        kb.label(fact.indication) if fact.indication else "",
        kb.label(fact.regimen) if fact.regimen else "",
        tuple(cite(kb.sources.get(row.source), row.source) for row in rows),
        rows[0].statement if rows else "",
    )


def _silences(
    kb: KnowledgeBase, pool: list[Fact], fitting: list[Fact], given: Mapping[str, str]
) -> list[FactLine]:
    def group(fact: Fact) -> tuple[str, str, str]:
        return (fact.property, fact.indication, fact.jurisdiction)

    if not given:
        return []
    conditioned = {group(f) for f in pool if holds(f.condition, given) is not None}
    covered = {group(f) for f in fitting if holds(f.condition, given)}
    lines = []
    for key in sorted(conditioned - covered):
        property_, indication, jurisdiction = key
        stated = sorted(
            {f.condition for f in pool if group(f) == key and holds(f.condition, given) is False}
        )
        asked = ", ".join(f"{n} = {v}" for n, v in sorted(given.items()))
        lines.append(
            FactLine(
                None,
                f"nothing stated at {asked}",
                kb.label(indication) if indication else "",
                "",
                (),
                f"{property_.replace('_', ' ')} is stated only for: {', '.join(stated)}",
                (property_, jurisdiction, f"stated only for: {', '.join(stated)}"),
            )
        )
    return lines

"""Every source for a claim, a fact, an entity, a paper, or whatever joins two entities."""

from __future__ import annotations

from typing import Any

from moagraph.errors import UnknownEntity
from moagraph.frozen import Frozen
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Evidence, Fact
from moagraph.sheet import Sheet, cite, seen_in


class EvidenceLine(Frozen):
    """One evidence row with the claim or fact that it is about, in words."""

    evidence: Evidence | None
    about: str
    claim: str
    status: str
    reference: str
    url: str
    seen: str
    quantities: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the line as plain values."""
        row = self.evidence
        return {
            "about": self.about,
            "claim": self.claim,
            "status": self.status,
            "id": row.id if row else "",
            "reference": self.reference,
            "url": self.url,
            "stance": row.stance if row else "",
            "eco": row.eco if row else "",
            "basis": row.basis if row else "",
            "seen_in": self.seen,
            "statement": row.statement if row else "",
            "quantities": list(self.quantities),
        }


class EvidenceSheet(Sheet):
    """Evidence lines, refuting ones first within each claim."""

    asked: str
    lines: tuple[EvidenceLine, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            "claim_id",
            "claim",
            "status",
            "stance",
            "reference",
            "basis",
            "eco",
            "seen_in",
            "statement",
            "quantities",
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per evidence line."""
        rows: list[tuple[str, ...]] = []
        for line in self.lines:
            row = line.evidence
            rows.append(
                (
                    line.about,
                    line.claim,
                    line.status,
                    row.stance if row else "none",
                    line.reference,
                    row.basis if row else "",
                    row.eco if row else "",
                    line.seen,
                    row.statement if row else "no source",
                    "; ".join(line.quantities),
                )
            )
        return rows

    def title(self) -> str:
        """Return what was asked."""
        return f"Evidence: {self.asked}"

    def to_dict(self) -> dict[str, Any]:
        """Return `asked, evidence`."""
        return {"asked": self.asked, "evidence": [line.to_dict() for line in self.lines]}


def claim_words(kb: KnowledgeBase, assertion: Assertion) -> str:
    """Return `subject relation object` by labels, with `does not:` before a negated claim."""
    words = f"{kb.label(assertion.subject)} {assertion.relation} {kb.label(assertion.object)}"
    context = [kb.label(i) for i in (assertion.cell, assertion.disease, assertion.species) if i]
    if context:
        words += f" ({', '.join(context)})"
    return f"not: {words}" if assertion.polarity == "negated" else words


def fact_words(kb: KnowledgeBase, fact: Fact) -> str:
    """Return a fact in one line: drug, property, value, unit, conditions, jurisdiction."""
    value = fact.value or f"{fact.low or '…'} to {fact.high or '…'}"
    parts = [f"{kb.label(fact.entity)} {fact.property.replace('_', ' ')}: {value} {fact.unit}"]
    parts += [kb.label(fact.indication)] if fact.indication else []
    parts += [p for p in (fact.condition, fact.jurisdiction, fact.date) if p]
    return ", ".join(part.strip() for part in parts)


def evidence(kb: KnowledgeBase, *names: str) -> EvidenceSheet:
    """Return the evidence for one id or name, or for the claims between two entities.

    One name may be an assertion, evidence, fact or source id, or an entity; an entity brings
    the evidence of all claims that it is subject or object of.

    Raises:
        UnknownName, AmbiguousName: a name leads to nothing or to several things.
    """
    asked = " and ".join(names)
    if len(names) == 2:
        first, second = (kb.resolve(name).id for name in names)
        between = [
            a
            for a in _touching(kb, first, second)
            if {a.subject, a.object} == {first, second}
            or (first in (a.subject, a.object) and _involves(a, second))
            or (second in (a.subject, a.object) and _involves(a, first))
        ]
        return EvidenceSheet(asked, _lines(kb, between))
    (name,) = names
    if name in kb.assertions:
        return EvidenceSheet(asked, _lines(kb, [kb.assertions[name]]))
    fact = next((f for f in kb.tables.facts if f.id == name), None)
    if fact is not None:
        return EvidenceSheet(asked, _fact_lines(kb, [fact]))
    own = kb.evidence_by_id.get(name)
    rows = [own] if own else list(kb.evidence_from.get(name, ()))
    if rows or name in kb.sources:
        return EvidenceSheet(asked, tuple(_line_of(kb, row) for row in rows))
    try:
        entity = kb.resolve(name).id
    except UnknownEntity as error:
        raise UnknownEntity(
            f"{error.message} (an id of an assertion, fact, evidence row or source works too)",
            suggestions=error.suggestions,
        ) from None
    return EvidenceSheet(asked, _lines(kb, _touching(kb, entity)))


def _touching(kb: KnowledgeBase, *entities: str) -> list[Assertion]:
    """Return the claims on some entities, each once, by id."""
    found = {
        a.id: a
        for entity in entities
        for claims in (kb.by_subject, kb.by_object)
        for a in claims.get(entity, ())
    }
    return [found[name] for name in sorted(found)]


def _involves(assertion: Assertion, entity: str) -> bool:
    return entity in (assertion.via, assertion.subject, assertion.object)


def _lines(kb: KnowledgeBase, assertions: list[Assertion]) -> tuple[EvidenceLine, ...]:
    lines: list[EvidenceLine] = []
    for assertion in assertions:
        rows = sorted(
            kb.evidence_about.get(assertion.id, ()), key=lambda e: (e.stance == "supports", e.id)
        )
        lines += [_line_of(kb, row) for row in rows]
        if not rows:
            words, status = claim_words(kb, assertion), kb.status(assertion)
            lines.append(EvidenceLine(None, assertion.id, words, status, "", "", "", ()))
    return tuple(lines)


def _fact_lines(kb: KnowledgeBase, facts: list[Fact]) -> tuple[EvidenceLine, ...]:
    return tuple(_line_of(kb, row) for fact in facts for row in kb.evidence_about.get(fact.id, ()))


def _line_of(kb: KnowledgeBase, row: Evidence) -> EvidenceLine:
    assertion = kb.assertions.get(row.about)
    if assertion is not None:
        words, status = claim_words(kb, assertion), kb.status(assertion)
    else:
        fact = next((f for f in kb.tables.facts if f.id == row.about), None)
        words, status = (fact_words(kb, fact), fact.status) if fact else (row.about, "")
    source = kb.sources.get(row.source)
    return EvidenceLine(
        row,
        row.about,
        words,
        status,
        cite(source, row.source),
        _link(source.pmid, source.doi, source.url) if source else "",
        seen_in(row, kb.label),
        tuple(quantity_words(q) for q in kb.quantities_of.get(row.id, ())),
    )


def _link(pmid: str, doi: str, url: str) -> str:
    if pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    if doi:
        return f"https://doi.org/{doi}"
    return url if url.startswith(("https://", "http://")) else ""


def quantity_words(quantity: Any) -> str:
    """Return a quantity in one line: `DC50 = 13 nM (assay, time, concentration)`."""
    text = f"{quantity.kind} {quantity.relation} {quantity.value} {quantity.unit}".strip()
    details = ", ".join(d for d in (quantity.assay, quantity.time, quantity.concentration) if d)
    return f"{text} ({details})" if details else text

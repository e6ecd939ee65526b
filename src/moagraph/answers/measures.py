"""Measured numbers as they were published: one per assay, never merged, never averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from moagraph.answers.parts import EvidenceView, Part
from moagraph.vocabulary import HUMAN

# What a reader of a narrow table wants first. Kinds that are no numbers come last.
_FIRST = ("DC50", "Kd", "Ki", "IC50", "EC50", "Dmax", "Kd_app_ternary", "log2FC")
_WORDS_ONLY = ("call", "listing")
_LAST = ("screen_call", *_WORDS_ONLY)
_SHOWN = 2
_CLAUSE = 24


class Measure(Part):
    """One number with everything that is known of how it was obtained.

    `where` names the cells, system and species (human understood) of the evidence row, without
    what the assay, time and concentration say already. `basis` tells what was read: the full
    text or less.
    """

    kind: str
    relation: str
    value: str
    unit: str = ""
    assay: str = ""
    where: str = ""
    time: str = ""
    concentration: str = ""
    reference: str = ""
    stance: str = ""
    basis: str = ""
    evidence: str = ""
    claim: str = ""

    @property
    def number(self) -> str:
        """Return `DC50 = 88 nM`, or the bare word of a measure that is none."""
        if self.kind in _WORDS_ONLY and self.relation in ("", "="):
            return self.value
        kind = self.kind.replace("_", " ")
        unit = "" if self.unit and self.unit in kind else self.unit
        return " ".join(p for p in (kind, self.relation, self.value, unit) if p)

    @property
    def text(self) -> str:
        """Return the number with assay, place, time and concentration."""
        details = ", ".join(d for d in (self.assay, self.where, self.time, self.concentration) if d)
        return f"{self.number} ({details})" if details else self.number

    @property
    def brief(self) -> str:
        """Return the number with the gist of assay, cell and time, for a narrow column."""
        where = _gist(self.where)
        details = ", ".join(d for d in (_gist(self.assay), where, self.time) if d)
        return f"{self.number} ({details})" if details else self.number

    @property
    def described(self) -> int:
        """Return how many details are known; an assay that is not named is none."""
        details = (self.assay, self.where, self.time, self.concentration)
        return sum(bool(d) and "not stated" not in d and "not named" not in d for d in details)


def measures_of(rows: Iterable[EvidenceView]) -> tuple[Measure, ...]:
    """Return every number of evidence rows, each on its own."""
    return tuple(
        Measure(
            kind=q.kind,
            relation=q.relation,
            value=q.value,
            unit=q.unit,
            assay=q.assay,
            where=_where(row, (q.assay, q.time, q.concentration)),
            time=q.time,
            concentration=q.concentration,
            reference=row.reference,
            stance=row.stance,
            basis=row.basis,
            evidence=row.id,
            claim=row.about,
        )
        for row in rows
        for q in row.quantities
    )


def _gist(text: str) -> str:
    """Return the first clause of a description, without what stands in brackets."""
    clause = text.partition("(")[0].partition(";")[0].strip(" ,")
    first, comma, _ = clause.partition(",")
    return f"{first} ..." if comma and len(clause) > _CLAUSE else clause


def _where(row: EvidenceView, said: Sequence[str]) -> str:
    known = " ".join(said).casefold()
    places = [ref.label for ref in row.cell]
    parts = [part.strip() for part in row.system.split(";") if part.strip()]
    places += [
        part
        for part in parts
        if part.casefold() not in known and not any(part in place for place in places)
    ]
    places += [ref.label for ref in row.species if ref.id != HUMAN]
    return "; ".join(places)


def ordered(measures: Iterable[Measure]) -> list[Measure]:
    """Return measures in the order of reading: potency first, well described ones first."""
    return sorted(measures, key=_order)


def _order(measure: Measure) -> tuple[Any, ...]:
    if measure.kind in _FIRST:
        place = _FIRST.index(measure.kind)
    else:
        place = 99 if measure.kind in _LAST else len(_FIRST)
    return (place, measure.stance != "supports", -measure.described, measure.evidence)


def summary(measures: Iterable[Measure], shown: int = _SHOWN) -> str:
    """Return the best-described few, of different kinds where there are, and a count."""
    pool = ordered(m for m in measures if m.kind != "listing")
    chosen: list[Measure] = []
    for fresh in (True, False):
        for measure in pool:
            new = measure.kind not in {m.kind for m in chosen}
            if len(chosen) < shown and measure not in chosen and (new or not fresh):
                chosen.append(measure)
    words = "; ".join(
        m.brief if m.stance == "supports" else f"{m.brief} [{m.stance}]" for m in ordered(chosen)
    )
    left = len(pool) - len(chosen)
    return f"{words}; +{left} more" if left > 0 else words

"""Answers as flat rows for TSV, CSV and JSON lines; the columns are stable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moagraph.answers.answer import Answer
    from moagraph.answers.effects import Effects
    from moagraph.answers.parts import EvidenceView, PathView, Ref
    from moagraph.answers.whatif import WhatIf

STEP_COLUMNS = (
    "path",
    "path_sign",
    "arithmetic",
    "votes",
    "step",
    "assertion",
    "subject_id",
    "subject",
    "relation",
    "object_id",
    "object",
    "sign",
    "via",
    "requires",
    "cell",
    "disease",
    "species",
    "status",
    "extent",
    "directness",
    "references",
)
EXPLAIN_COLUMNS = ("a", "b", "verdict", "agreement", *STEP_COLUMNS, "note")
EFFECT_COLUMNS = (
    "object_id",
    "object",
    "predicted",
    "observed",
    "agreement",
    "cells",
    "paths",
    "best_path",
    "assertions",
    "references",
)
WHATIF_COLUMNS = (
    "change",
    "object_id",
    "object",
    "sign",
    "before",
    "after",
    "broken_by",
    "phase",
    "let_through_by",
    "references",
)


def references(evidence: Iterable[EvidenceView], *stances: str) -> str:
    """Return the references of evidence rows, each once, joined by `; `."""
    wanted = stances or ("supports",)
    return "; ".join(dict.fromkeys(e.reference for e in evidence if e.stance in wanted))


def source_ids(answer: Answer) -> list[str]:
    """Return the ids of all sources that an answer shows, in order of appearance."""
    claims = (*answer.observations, *answer.shown_not_by, *answer.regimen)
    claims += (*answer.class_observations, *answer.combination_outcomes, *answer.other_claims)
    rows = [e for path in answer.paths for step in path.steps for e in step.evidence]
    rows += [e for claim in claims for e in claim.evidence]
    rows += [e for counter in answer.counter_evidence for e in counter.evidence]
    return list(dict.fromkeys(e.source for e in rows))


def chain(path: PathView) -> str:
    """Return a path as names joined by arrows: -> raises, -| lowers, -? changes."""
    arrows = {1: "->", -1: "-|", "unknown": "-?"}
    words = [path.steps[0].subject.label] if path.steps else []
    for step in path.steps:
        words += [arrows[step.sign], step.object.label]
    return " ".join(words)


def step_rows(paths: Sequence[PathView]) -> list[tuple[str, ...]]:
    """Return one row per step of each path; see STEP_COLUMNS."""
    rows: list[tuple[str, ...]] = []
    for number, path in enumerate(paths, start=1):
        head = (
            str(path.rank or number),
            str(path.sign),
            path.arithmetic,
            "disputed" if path.disputed else "yes" if path.voting else "no",
        )
        for place, s in enumerate(path.steps, start=1):
            rows.append(
                (
                    *head,
                    str(place),
                    s.id,
                    s.subject.id,
                    s.subject.label,
                    s.relation,
                    s.object.id,
                    s.object.label,
                    str(s.sign),
                    s.via.label if s.via else "",
                    s.requires,
                    _label(s.cell),
                    _label(s.disease),
                    _label(s.species),
                    s.status,
                    s.extent,
                    s.directness,
                    references(s.evidence),
                )
            )
    return rows


def explain_rows(answer: Answer) -> list[tuple[str, ...]]:
    """Return one row per step, or one row with the reasons where no path fires."""
    head = (answer.a.label, answer.b.label, answer.verdict, answer.agreement)
    rows = [(*head, *row, "") for row in step_rows(answer.paths)]
    if rows:
        return rows
    blank = ("",) * len(STEP_COLUMNS)
    notes = [f"{r.code}: {r.text}" for r in answer.reasons] or [answer.text]
    return [(*head, *blank, note) for note in notes]


def effect_rows(answer: Effects) -> list[tuple[str, ...]]:
    """Return one row per object that is predicted or observed to change."""
    rows: list[tuple[str, ...]] = []
    for effect in answer.effects:
        best = effect.paths[0] if effect.paths else None
        evidence = [e for s in best.steps for e in s.evidence] if best else []
        rows.append(
            (
                effect.object.id,
                effect.object.label,
                effect.sign,
                effect.observed_sign,
                effect.agreement,
                "; ".join(f"{cell or 'any'}: {sign}" for cell, sign in effect.groups.items()),
                str(effect.path_count),
                chain(best) if best else "",
                "|".join(s.id for s in best.steps) if best else "",
                references(evidence),
            )
        )
    predicted = {effect.object.id for effect in answer.effects}
    for seen in answer.observed:
        if seen.object.id in predicted:
            continue
        evidence = [e for claim in seen.observations for e in claim.evidence]
        rows.append(
            (
                seen.object.id,
                seen.object.label,
                "",
                seen.sign,
                seen.agreement,
                "",
                "0",
                "",
                "|".join(claim.id for claim in seen.observations),
                references(evidence),
            )
        )
    return rows


def whatif_rows(answer: WhatIf) -> list[tuple[str, ...]]:
    """Return one row per effect, with what became of it."""
    rows: list[tuple[str, ...]] = []
    for change in ("lost", "weakened", "kept", "changed", "lifted"):
        for effect in getattr(answer, change):
            evidence = [e for b in effect.breaks for e in b.evidence]
            rows.append(
                (
                    change,
                    effect.object.id,
                    effect.object.label,
                    effect.sign,
                    effect.before,
                    effect.after,
                    "; ".join(dict.fromkeys(b.what.label for b in effect.breaks))
                    or "; ".join(effect.broken_by),
                    "; ".join(dict.fromkeys(b.phase for b in effect.breaks if b.phase)),
                    "; ".join(effect.let_through_by),
                    references(evidence),
                )
            )
    return rows


def _label(ref: Ref | None) -> str:
    return ref.label if ref else ""

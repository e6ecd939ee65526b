"""Answers as Markdown, and that as HTML for notebooks.

Every label and statement is escaped; nothing of the data is markup. The levels change words and
detail, never content: `student` explains its words, `curator` shows evidence in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from moagraph.answers.glossary import explained
from moagraph.answers.words import by_weight, cited, reason_line
from moagraph.counting import counted
from moagraph.sheet import escape_markdown, markdown_table

if TYPE_CHECKING:
    from moagraph.answers.answer import Answer
    from moagraph.answers.effects import Effects
    from moagraph.answers.parts import ClaimView, EvidenceView, PathView, Reason, StepView
    from moagraph.answers.whatif import WhatIf, WhatIfEffect

SHORT_REFERENCES = 3


def answer_markdown(answer: Answer, level: str) -> str:
    """Return an answer to `explain` as Markdown."""
    lines = [f"## {_e(answer.a.label)} → {_e(answer.b.label)}", ""]
    if answer.regimen_line:
        lines += [f"**{_e(answer.regimen_line)}**", ""]
    lines += [f"**{answer.verdict}**: {_e(answer.text)}", ""]
    if len(answer.arms) > 1:
        lines += ["### Arms", ""]
        for arm in answer.arms:
            where = f" in {_e(arm.cell.label)}" if arm.cell else ""
            ranks = ", ".join(str(rank) for rank in arm.paths)
            lines.append(f"- {_e(arm.neosubstrate.label)}{where}: {arm.sign} (paths {ranks})")
        lines.append("")
    for path in answer.paths:
        lines += path_lines(path, level)
    lines += _reasons(answer.reasons)
    lines += [f"- ask instead: {_e(other.command)}" for other in answer.nearby]
    lines += _claims("What stops a route", (s.sentence for s in answer.blocked_steps))
    against, unsettled = by_weight(answer.counter_evidence)
    lines += _claims("What speaks against it", (c.text for c in against))
    lines += _claims("Left open by some of the evidence", (c.text for c in unsettled))
    lines += _observed("Observed", answer.observations)
    lines += _observed("Shown not to happen", answer.shown_not_by)
    lines += _observed("Reported for the class", answer.class_observations)
    lines += _observed("Of combinations with it", answer.combination_outcomes)
    lines += _observed("Also said of the two", answer.other_claims)
    lines += _observed("Reported interactions", answer.reported_interactions)
    for taxon, other in answer.per_species.items():
        lines.append(f"- {_e(taxon)}: {other.verdict}")
    lines += ["", f"Data {_e(answer.data_version)}; {answer.sourced or 'no step to source'}."]
    return _finish(lines, level)


def path_lines(path: PathView, level: str = "") -> list[str]:
    """Return one path: its arithmetic, one sentence per step, passages between them."""
    marks = " (disputed)" if path.disputed else ""
    lines = [f"### Path {path.rank}: `{path.arithmetic}`{marks}", ""]
    for number in range(len(path.steps) + 1):
        if number:
            step = path.steps[number - 1]
            lines.append(f"{number}. {_e(step.sentence)}{_sources(step, level)}")
            lines += [f"   - note: {_e(step.note)}"] if step.note else []
        lines += [f"   - {_e(p.sentence)}" for p in path.passages if p.after == number]
    records = f" Records: {_e(', '.join(path.foreign))}." if path.foreign else ""
    return [*lines, "", f"{_e(path.sourced)}; ranked by: {_e(path.why_ranked)}.{records}", ""]


def _sources(step: StepView, level: str) -> str:
    if level == "curator":
        return "".join(f"\n   - {evidence_line(e)}" for e in step.evidence)
    supporting = [e.reference for e in step.evidence if e.stance == "supports"]
    shown = "; ".join(_e(r) for r in dict.fromkeys(supporting[:SHORT_REFERENCES]))
    more = len(supporting) - SHORT_REFERENCES
    tail = f"; and {more} more" if more > 0 else ""
    return f" ({shown}{tail})" if shown else ""


def evidence_line(evidence: EvidenceView) -> str:
    """Return one piece of evidence in full."""
    seen = [r.label for r in (*evidence.cell, *evidence.disease, *evidence.species)]
    seen += [evidence.system] if evidence.system else []
    parts = [evidence.stance, evidence.reference, evidence.basis, evidence.eco]
    text = ", ".join(_e(part) for part in parts if part)
    if seen:
        text += f"; seen in {_e(', '.join(seen))}"
    if evidence.statement:
        text += f": {_e(evidence.statement)}"
    for q in evidence.quantities:
        text += f" [{_e(f'{q.kind} {q.relation} {q.value} {q.unit}'.strip())}]"
    return text


def _reasons(reasons: Sequence[Reason]) -> list[str]:
    if not reasons:
        return []
    return ["### Why not", "", *(f"- `{r.code}`: {_e(reason_line(r))}" for r in reasons), ""]


def _claims(title: str, texts: Iterable[str]) -> list[str]:
    items = [f"- {_e(text)}" for text in texts]
    return [f"### {title}", "", *items, ""] if items else []


def _observed(title: str, claims: Sequence[ClaimView]) -> list[str]:
    texts = []
    for claim in claims:
        refs = "; ".join(cited(claim.evidence))
        note = f" Note: {claim.note}" if claim.note else ""
        texts.append(f"{claim.sentence} [{claim.status}] {refs}".rstrip() + note)
    return _claims(title, texts)


def effects_markdown(answer: Effects, level: str) -> str:
    """Return an answer to `effects` as Markdown."""
    lines = [f"## Effects of {_e(answer.a.label)}", "", _e(answer.text), ""]
    if answer.effects:
        rows = [
            (
                effect.object.label,
                effect.sign,
                "; ".join(f"{cell or 'any cell'}: {word}" for cell, word in effect.groups.items()),
                str(effect.path_count),
                effect.observed_sign,
                effect.agreement,
            )
            for effect in answer.effects
        ]
        columns = ("object", "predicted", "by cell", "paths", "observed", "agreement")
        lines += ["### Predicted", "", markdown_table(columns, rows)]
    unexplained = [o for o in answer.observed if not o.predicted]
    if unexplained:
        rows2 = [(o.object.label, o.sign, _references(o.observations)) for o in unexplained]
        columns2 = ("object", "observed", "sources")
        lines += ["### Observed without a mechanism", "", markdown_table(columns2, rows2)]
    lines += _observed("Reported for the class", answer.class_observations)
    lines += [f"Data {_e(answer.data_version)}."]
    return _finish(lines, level)


def _references(claims: Sequence[ClaimView]) -> str:
    return "; ".join(cited(e for c in claims for e in c.evidence))


def whatif_markdown(answer: WhatIf, level: str) -> str:
    """Return an answer to `whatif` as Markdown."""
    lines = [f"## What if: {_e(answer.a.label)}", ""]
    if answer.regimen_line:
        lines = [f"**{_e(answer.regimen_line)}**", "", *lines]
    lines += [_e(answer.text), ""]
    for title, effects in (
        ("Lost", answer.lost),
        ("Weakened", answer.weakened),
        ("Changed", answer.changed),
        ("Lifted", answer.lifted),
        ("Kept", answer.kept),
    ):
        lines += _claims(title, map(_whatif_line, effects))
    lines += _observed("Reported of this change", answer.gates)
    lines += _observed("No longer explained", answer.observations)
    lines += _observed("Reported interactions", answer.reported_interactions)
    lines += [f"Data {_e(answer.data_version)}."]
    return _finish(lines, level)


def _whatif_line(effect: WhatIfEffect) -> str:
    text = f"{effect.object.label}: {effect.sign}"
    if effect.before and effect.after and effect.before != effect.after:
        text = f"{effect.object.label}: {effect.before} before, {effect.after} after"
    if effect.breaks:
        text += f" - {'; '.join(dict.fromkeys(b.text for b in effect.breaks))}"
        refs = dict.fromkeys(e.reference for b in effect.breaks for e in b.evidence)
        text += f" ({'; '.join(list(refs)[:SHORT_REFERENCES])})" if refs else ""
    for count, word, breaks in (
        (effect.paths_lost, "lost", effect.stopped),
        (effect.paths_gained, "gained", effect.opened),
    ):
        if breaks:
            by = ", ".join(dict.fromkeys(b.what.label for b in breaks))
            text += f"; {counted(count, 'path')} {word}, by {by}"
    return text


def _finish(lines: Iterable[str], level: str) -> str:
    text = "\n".join(lines).rstrip() + "\n"
    if level != "student":
        return text
    words = explained(text)
    if not words:
        return text
    return "\n".join([text, "### Words", "", *(f"- *{w}*: {m}." for w, m in words), ""])


def _e(text: str) -> str:
    return escape_markdown(text)


def html_of(markdown: str) -> str:
    """Return an answer's Markdown as plain HTML in a frame of its own, all escaped."""
    from moagraph.frame import answer_frame

    blocks = list(_blocks(markdown))
    return answer_frame("".join(blocks), "moagraph", len(blocks))


def _blocks(markdown: str) -> Iterator[str]:
    from html import escape

    for line in markdown.splitlines():
        text = escape(_unescape(line.strip()))
        if not text or set(text) <= set("|-"):
            continue
        if line.startswith("### "):
            yield f"<h4>{text[4:]}</h4>"
        elif line.startswith("## "):
            yield f"<h3>{text[3:]}</h3>"
        elif line.lstrip().startswith("- "):
            yield f"<div>• {text[2:]}</div>"
        else:
            yield f"<div>{text}</div>"


def _unescape(text: str) -> str:
    result = []
    skip = False
    for character in text:
        if character == "\\" and not skip:
            skip = True
            continue
        if not (character == "*" and not skip):
            result.append(character)
        skip = False
    return "".join(result)

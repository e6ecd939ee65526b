"""Plain words: one sentence per step, sign arithmetic, verdicts, reasons.

Labels are used as they stand. A step's sentence names subject and object, the direction, the
cell or other context and the phases, and claims nothing that the step does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from moagraph.answers.parts import (
    CounterView,
    EvidenceView,
    PhaseView,
    Reason,
    Ref,
    StepView,
)
from moagraph.vocabulary import PHASE_NAMES, Sign, WalkSign

SYMBOLS: dict[WalkSign, str] = {1: "+", -1: "-", "unknown": "?"}
SIGN_WORDS: dict[Sign, str] = {1: "increases", -1: "decreases", "unknown": "changes"}
PHASE_PARTICIPLES = {1: "bound", 2: "recruited", 3: "ubiquitinated", 4: "degraded"}


def arithmetic(signs: Sequence[WalkSign], product: WalkSign, start: WalkSign = 1) -> str:
    """Return the product of signs written out, `(-)(+)(+) = -`.

    A start that is removed stands in front, `[-](+) = -`.
    """
    head = "" if start == 1 else f"[{SYMBOLS[start]}]"
    return f"{head}{''.join(f'({SYMBOLS[s]})' for s in signs)} = {SYMBOLS[product]}"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return names as English lists them."""
    names = list(names)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def command_of(a: Ref, b: Ref) -> str:
    """Return the command that asks how one thing acts on another."""
    return f"moagraph explain {_quoted(a)} {_quoted(b)}"


def _quoted(ref: Ref) -> str:
    """Return a label as a shell takes it; one with signs that a shell reads gives its id."""
    if _ONE_WORD.fullmatch(ref.label):
        return ref.label
    return f'"{ref.label}"' if _PLAIN.fullmatch(ref.label) else f'"{ref.id}"'


_ONE_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+,()/ -]*")


def cited(evidence: Iterable[EvidenceView]) -> tuple[str, ...]:
    """Return the references of a claim, each once; those that do not support it say so."""
    rows = tuple(evidence)
    found = [row.reference for row in rows if row.stance == "supports"]
    found += [f"{row.reference} [{row.stance}]" for row in rows if row.stance != "supports"]
    return tuple(dict.fromkeys(found))


def by_weight(
    found: Iterable[CounterView],
) -> tuple[tuple[CounterView, ...], tuple[CounterView, ...]]:
    """Part what speaks against an answer from evidence that merely leaves a step open."""
    rows = tuple(found)
    is_open = [row.code == "inconclusive_evidence" for row in rows]
    against = tuple(row for row, left in zip(rows, is_open, strict=True) if not left)
    return against, tuple(row for row, left in zip(rows, is_open, strict=True) if left)


def infinitive(relation: str) -> str:
    """Return a relation after "not to": `increases degradation of` gives `increase ...`."""
    verb, _, rest = relation.partition(" ")
    if verb in ("is", "part", "located", "associated"):
        return f"be {relation.removeprefix('is ')}"
    verb = verb[:-2] if verb.endswith("sses") else verb.removesuffix("s")
    return f"{verb} {rest}".rstrip()


def labels(refs: Iterable[Ref]) -> str:
    """Return the labels of entities as a list."""
    return listed(ref.label for ref in refs)


def place(cell: Ref | None, disease: Ref | None, species: Ref | None) -> str:
    """Return the contexts of a claim as a phrase, with a leading blank."""
    named = [ref.label for ref in (cell, disease, species) if ref is not None]
    return f" in {listed(named)}" if named else ""


def step_sentence(step: StepView) -> str:
    """Return one sentence for a step."""
    text = f"{step.subject.label} {step.relation} {step.object.label}"
    if step.via is not None:
        text += f" through {step.via.label}"
    text += place(step.cell, step.disease, step.species)
    text += f" ({SYMBOLS[step.sign]}"
    if step.extent:
        text += f", {step.extent}"
    text += ")"
    if step.transfer:
        text += f", {step.transfer}"
        if step.object_cell is not None:
            text += f" to {step.object_cell.label}"
    if step.phases:
        text += f": {phases_phrase(step.phases)}"
    if step.weakened_by:
        text += f"; weakened without {labels(step.weakened_by)}"
    if step.unknown_features:
        text += f"; not known in this species: {labels(step.unknown_features)}"
    if step.by_orthology:
        text += "; carried over from human by orthology"
    if step.self_effect_on:
        text += f"; the drug itself moves {labels(step.self_effect_on)}"
    if not step.fires:
        text += "; does not fire here"
    if step.status not in ("supported", ""):
        text += f" [{step.status}]"
    return text + "."


def participants_phrase(phase: PhaseView, *, absent_too: bool = False) -> str:
    """Return the participants of a phase: essential ones first, stand-ins joined by "or".

    Supportive ones are marked; `absent_too` names those that are missing, and marks them.
    """
    groups: dict[str, list[str]] = {}
    for part in sorted(phase.participants, key=lambda p: p.strength != "essential"):
        if not part.present and not absent_too:
            continue
        text = part.label + ("" if part.present else " (missing)")
        groups.setdefault(part.alternative_group or part.id, []).append(
            text + (" (supports)" if part.strength == "supportive" else "")
        )
    return ", ".join(" or ".join(names) for names in groups.values())


def phases_phrase(phases: Sequence[PhaseView]) -> str:
    """Return which phases are reached, with their participants, and what stops the rest."""
    words = []
    for phase in phases:
        names = participants_phrase(phase)
        with_ = f" ({names})" if names else ""
        if phase.reached:
            words.append(f"{phase.name}{with_}")
        elif phase.blocked_by:
            words.append(f"{phase.name} not reached, {labels(phase.blocked_by)} missing")
        else:
            words.append(f"{phase.name} not reached")
    return " > ".join(words)


def phase_name(number: int) -> str:
    """Return the name of a phase, "" for none."""
    return PHASE_NAMES.get(number, "")


def reason_line(reason: Reason) -> str:
    """Return a reason as one line, with who brings what is missing."""
    if not reason.who_brings_it:
        return reason.text
    return f"{reason.text} (brought by {listed(reason.who_brings_it, 'or')})"


VERDICT_PHRASES = {
    "increases": "increases",
    "decreases": "decreases",
    "changes": "changes, in a direction that is not known,",
}


def verdict_sentence(verdict: str, a: str, b: str) -> str:
    """Return the verdict as a sentence without its contexts."""
    if verdict in VERDICT_PHRASES:
        return f"{a} {VERDICT_PHRASES[verdict]} {b}"
    if verdict == "conflicting":
        return f"{a} acts on {b} both ways, by paths that increase it and paths that decrease it"
    if verdict == "observed_only":
        return f"{a} was observed to act on {b}, and no mechanism in the graph explains it"
    if verdict == "shown_not":
        return f"{a} was shown not to act on {b}"
    return f"no mechanism in the graph leads from {a} to {b}"

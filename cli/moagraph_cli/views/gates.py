"""What makes cells resist or respond, as text: claims by strength of their replay."""

from __future__ import annotations

from collections.abc import Callable

from moagraph.answers.resisting import UNEXPLAINED, Gate, ResistanceAnswer
from moagraph_cli.terminal import safe, style, wrap

_COLOURS = {"lost": "red", "weakened": "yellow", "lifted": "green", "changed": "yellow"}
_VERBS = {
    ("resistance", "asserted"): "confers resistance",
    ("resistance", "negated"): "does not confer resistance",
    ("sensitivity", "asserted"): "is needed, or sensitises",
    ("sensitivity", "negated"): "is not needed",
    ("association", "asserted"): "goes with the response",
    ("association", "negated"): "does not go with the response",
}


def resistance_view(answer: ResistanceAnswer, typed: Callable[[str], str] = str) -> str:
    """Return the gate claims of a drug, the explained ones first.

    `typed` returns a command as it is typed to ask the same data.
    """
    if not answer.gates:
        return f"no claim of resistance or sensitivity to {safe(answer.drug.label)}"
    lines = [style(wrap(answer.title()), bold=True)]
    explained = [gate for gate in answer.gates if gate.explained]
    rest = [gate for gate in answer.gates if not gate.explained]
    for title, gates in (("explained by replay", explained), ("not explained", rest)):
        if gates:
            lines += ["", style(title, bold=True)]
            for gate in gates:
                lines += _gate(gate, typed)
    if answer.notes:
        lines += ["", *(wrap(note) for note in answer.notes)]
    return "\n".join(lines)


def _gate(gate: Gate, typed: Callable[[str], str]) -> list[str]:
    verb = _VERBS[gate.direction, gate.claim.polarity]
    colour = _COLOURS.get(gate.strength.split()[0])
    where = f" in {gate.claim.cell.label}" if gate.claim.cell else ""
    lines = [
        "",
        wrap(f"{gate.factor.label} {verb}{where}  [{gate.claim.status}; {gate.claim.id}]", "  "),
    ]
    if not gate.scope.startswith("the "):
        lines.append(wrap(gate.scope, "    "))
    played = gate.best
    if played is not None and gate.strength != UNEXPLAINED:
        strength = style(gate.strength, fg=colour)
        lines.append(f"    {strength}: {safe(played.text)}")
        lines += [wrap(f"broken at {what}", "      ", "        ") for what in gate.breaks]
    if played is not None:
        command = typed(f"moagraph {played.command}")
        lines.append(wrap(f"replay: {command}", "      ", "        "))
    if gate.opposes:
        names = ", ".join(ref.label for ref in gate.opposes)
        lines.append(wrap(f"acts against it on: {names}", "      ", "        "))
    if gate.seen:
        lines.append(f"    seen in {', '.join(gate.seen)}")
    for row in gate.claim.evidence:
        stance = "" if row.stance == "supports" else f"{row.stance}: "
        text = f"{stance}{row.statement} ({row.reference})"
        lines.append(style(wrap(text, "    ", "      "), dim=True))
    if not gate.claim.evidence:
        lines.append("    no source")
    return lines

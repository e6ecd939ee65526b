"""A foreign record beside our graph, as text."""

from __future__ import annotations

from moagraph.foreign.comparison import SECTIONS, ComparedStep, RecordComparison
from moagraph_cli.terminal import safe, style, wrap

_COLOURS = {"contradicting": "red", "unconditional": "yellow", "missing": "yellow"}
_LONG = 8


def compare_record_view(found: RecordComparison, *, whole: bool) -> str:
    """Return the comparison; long sections are cut unless `whole`."""
    lines = [style(safe(found.title()), bold=True)]
    ours = f"our graph: {found.verdict}" if found.verdict else "our graph has no answer to it"
    if not found.drug.id:
        ours = f"our graph does not know {found.drug.label}"
    lines.append(wrap(f"The record nets {found.net} by DrugMechDB's own signs; {ours}."))
    known = sum(1 for n in found.nodes if n.entity)
    counts = ", ".join(f"{number} {name}" for name, number in found.counts.items() if number)
    counts = counts or "none"
    lines.append(wrap(f"{known} of {len(found.nodes)} nodes are known here. Steps: {counts}."))
    if found.missing_entities:
        names = [e.label for e in found.missing_entities]
        shown = ", ".join(names if whole else names[:24])
        more = f" and {len(names) - 24} more" if len(names) > 24 and not whole else ""
        lines.append(wrap(f"Not in the record, but on our paths or needed by them: {shown}{more}."))
    for name, title in SECTIONS.items():
        steps = found.in_section(name)
        if not steps:
            continue
        lines += ["", style(f"{title} [{name}]", bold=True, fg=_COLOURS.get(name))]
        shown_steps = steps if whole else steps[:_LONG]
        for step in shown_steps:
            lines += _step(step)
        if len(steps) > len(shown_steps):
            lines.append(f"  and {len(steps) - len(shown_steps)} more: --all")
    return "\n".join(lines)


def _step(step: ComparedStep) -> list[str]:
    lines = []
    if step.theirs:
        lines.append(wrap(step.theirs, "  ", "    "))
    if step.ours:
        indent = "      " if step.theirs else "  "
        text = f"ours: {step.ours}" if step.theirs else step.ours
        lines.append(wrap(text, indent, f"{indent}  "))
    if step.note:
        lines.append(wrap(step.note, "      ", "        "))
    if step.references:
        shown = step.references[:4]
        more = f"; and {len(step.references) - 4} more" if len(step.references) > 4 else ""
        lines.append(style(wrap("; ".join(shown) + more, "      ", "        "), dim=True))
    return lines

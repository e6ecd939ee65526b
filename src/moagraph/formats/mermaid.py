"""Paths as a Mermaid flowchart, for slides and README files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moagraph.answers.answer import Answer
    from moagraph.answers.parts import StepView

_ARROWS = {1: "-->", -1: "--x", "unknown": "-.->"}
_SYMBOLS = {1: "+", -1: "−", "unknown": "?"}


def path_diagram(answer: Answer, *, show_all: bool = False) -> str:
    """Return the voting paths (all paths with `show_all`) as one left-to-right flowchart.

    A raising step ends in an arrow, a lowering one in a cross; the label of a step carries its
    sign and, for a glue step, its machine.
    """
    paths = [path for path in answer.paths if show_all or path.voting]
    steps: dict[tuple[str, str, object, str], StepView] = {}
    names: dict[str, str] = {}
    for path in paths:
        for step in path.steps:
            via = step.via.label if step.via else ""
            steps.setdefault((step.subject.id, step.object.id, step.sign, via), step)
            for ref in (step.subject, step.object):
                names.setdefault(ref.id, ref.label)
    keys = {entity: f"n{number}" for number, entity in enumerate(names)}
    lines = ["flowchart LR"]
    lines += [f'  {keys[entity]}["{_text(label)}"]' for entity, label in names.items()]
    for (subject, obj, _, via), step in steps.items():
        label = _SYMBOLS[step.sign] + (f" via {via}" if via else "")
        lines.append(f'  {keys[subject]} {_ARROWS[step.sign]}|"{_text(label)}"| {keys[obj]}')
    if not steps:
        lines.append(f'  none["{_text(answer.text or "no path")}"]')
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    escaped = text.replace("&", "#amp;").replace('"', "#quot;")
    return escaped.replace("<", "#lt;").replace(">", "#gt;").replace("\n", " ")

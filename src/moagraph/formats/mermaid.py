"""Paths, or the steps of a graph, as a Mermaid flowchart, for slides and README files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moagraph.errors import QuestionError
from moagraph.relations import RELATIONS
from moagraph.vocabulary import walkable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moagraph.answers.answer import Answer
    from moagraph.answers.parts import StepView
    from moagraph.formats.selection import Selection

LOSSES = (
    "only steps of mechanisms are drawn: no observations, outcomes, gates and ties without a cause",
    "negated and refuted claims are left out; evidence, restrictions and notes are not written",
)
MAX_STEPS = 5_000
"""The most steps that are drawn: a browser draws no more, and nobody sees anything in them."""
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


def graph_diagram(chosen: Selection) -> Iterator[str]:
    """Yield the steps of a graph as one flowchart in pieces, drawn as `path_diagram` does.

    Raises:
        QuestionError: there are more than `MAX_STEPS`.
    """
    kb = chosen.kb
    keys: dict[str, str] = {}
    lines: dict[str, None] = {}
    for claim in chosen.claims:
        sign = RELATIONS[claim.relation].sign
        if claim.kind != "mechanism" or claim.polarity != "asserted" or not walkable(sign):
            continue
        ends = [keys.setdefault(end, f"n{len(keys)}") for end in (claim.subject, claim.object)]
        label = f"{claim.relation}{' via ' + kb.label(claim.via) if claim.via else ''}"
        label += " (gated)" if claim.requires else ""
        arrow = _ARROWS[sign]
        lines.setdefault(f'  {ends[0]} {arrow}|"{_text(label)}"| {ends[1]}\n')
        if len(lines) > MAX_STEPS:
            raise QuestionError(
                f"a flowchart holds up to {MAX_STEPS:,} steps, and these are more; choose with "
                "--about NAME or --between A B, or write graphml or cx2, which hold any number"
            )
    yield "flowchart LR\n"
    for entity, key in keys.items():
        yield f'  {key}["{_text(kb.label(entity))}"]\n'
    yield from lines or [f'  none["{_text("no step")}"]\n']


def _text(text: str) -> str:
    escaped = text.replace("&", "#amp;").replace('"', "#quot;")
    escaped = escaped.replace("<", "#lt;").replace(">", "#gt;").replace("\n", " ")
    return escaped if escaped.isprintable() else "".join(c for c in escaped if c.isprintable())

"""Drugs side by side, as text: one table for each aspect, the gist above it."""

from __future__ import annotations

from moagraph.answers.binding import BindersAnswer
from moagraph.answers.comparison import Comparison, Row
from moagraph.answers.reaching import DrugsFor, Reaching, Seen, path_words
from moagraph.counting import counted
from moagraph_cli.terminal import safe, style, table, width, wrap

_FEW = 12
_LEAST = 14
_MARKS = {"increases": "+", "decreases": "-", "changes": "?", "conflicting": "+/-"}


def compare_view(answer: Comparison, *, full: bool) -> str:
    """Return a comparison; long aspects are cut unless `full`."""
    lines = [style(wrap(answer.title()), bold=True)]
    for aspect, rows in answer.by_aspect():
        lines += ["", _bold(aspect)]
        lines += [wrap(line, "  ", "    ") for line in answer.gist(aspect, 0 if full else _FEW)]
        shown = rows if full else rows[:_FEW]
        lines.append(_matrix(answer, shown))
        if len(rows) > len(shown):
            more = len(rows) - len(shown)
            lines.append(f"  and {counted(more, 'more row')}: --aspect {aspect} or -O md")
    empty = [name for name in answer.aspects if name not in dict(answer.by_aspect())]
    if empty:
        lines += ["", f"nothing known of: {', '.join(empty)}"]
    if answer.notes:
        lines += ["", *(wrap(note) for note in answer.notes)]
    return "\n".join(lines)


def _matrix(answer: Comparison, rows: list[Row]) -> str:
    room = (width() - 16) // len(answer.drugs)
    if room < _LEAST:
        return "\n".join(_block(answer, row) for row in rows)
    heads = ("", *(drug.label for drug in answer.drugs))
    cells = [(row.item.label, *(row.cells[drug.id].text for drug in answer.drugs)) for row in rows]
    return table(heads, cells)


def _block(answer: Comparison, row: Row) -> str:
    lines = [f"  {safe(row.item.label)}"]
    for drug in answer.drugs:
        cell = row.cells[drug.id]
        lines.append(wrap(f"{drug.label}: {cell.text}", "    ", "      "))
    return "\n".join(lines)


def binders_view(answer: BindersAnswer) -> str:
    """Return the drugs that bind a target, each with its numbers and papers."""
    if not answer.binders:
        return f"no drug in the graph binds {safe(answer.target.label)}"
    lines = [_bold(answer.title())]
    for binder in answer.binders:
        at = f" at {binder.at.label}" if binder.at else ""
        status = "" if binder.status == "supported" else f" [{binder.status}]"
        lines += ["", _bold(f"{binder.drug.label}{at}") + status]
        silent = []
        for row in binder.evidence:
            numbers = [m for m in binder.measures if m.evidence == row.id]
            for m in numbers:
                lines.append(wrap(m.text, "  ", "    "))
                lines.append(style(wrap(_cited(row.reference, row.basis), "      "), dim=True))
            if not numbers:
                stance = "" if row.stance == "supports" else f" ({row.stance})"
                silent.append(f"{row.reference}{stance}")
        if silent:
            lines.append(wrap(f"no number in: {'; '.join(silent)}", "  ", "    "))
        if not binder.evidence:
            lines.append("  no source")
    if answer.others:
        names = ", ".join(ref.label for ref in answer.others)
        lines += ["", wrap(f"not drugs, but bound too: {names}")]
    lines += ["", wrap("Numbers of different assays are not comparable; none is averaged.")]
    return "\n".join(lines)


def _cited(reference: str, basis: str) -> str:
    return f"{reference}, read: {basis}" if basis else reference


def drugs_for_view(answer: DrugsFor) -> str:
    """Return the drugs that reach an end, by neosubstrate, and those only seen to act."""
    lines = [_bold(answer.title())]
    for drug in answer.drugs:
        lines += ["", *_reaching(drug)]
    if answer.observed:
        lines += ["", _bold("seen to act, without a path of their own")]
        lines += [_seen(each) for each in answer.observed]
    if answer.shown_not:
        lines += ["", _bold("shown not to")]
        lines += [_seen(each) for each in answer.shown_not]
    if len(lines) == 1:
        lines = [f"no drug reaches {safe(answer.b.label)}, and none was seen to act on it"]
    lines += ["", f"Paths up to {counted(answer.bound, 'step')} were searched."]
    return "\n".join(lines)


def _reaching(drug: Reaching) -> list[str]:
    mark = _MARKS.get(drug.verdict, "")
    colour = {"+": "green", "-": "red"}.get(mark, "yellow")
    notes = [drug.agreement] if drug.agreement else []
    notes += ["disputed"] if drug.disputed else []
    notes.append(f"{drug.paths:,}+ paths" if drug.capped else counted(drug.paths, "path"))
    head = f"{style(safe(drug.drug.label), bold=True)}  {style(drug.verdict, fg=colour)}"
    through = ", ".join(ref.label for ref in drug.neosubstrates)
    return [
        f"{head}  ({', '.join(notes)})",
        wrap(f"through {through}", "  ", "    "),
        wrap(f"{path_words(drug.best)}  [{drug.best.sourced}]", "  ", "    "),
    ]


def _seen(each: Seen) -> str:
    negated = any(claim.polarity == "negated" for claim in each.claims)
    words = "; ".join(
        ("yet " if negated and claim.polarity != "negated" else "") + claim.sentence.rstrip(".")
        for claim in each.claims
    )
    rows = [e for claim in each.claims for e in claim.evidence]
    papers = len({e.reference for e in rows if e.stance == "supports"})
    kind = {"drug class": "reported for the class, ", "combination": "combination, "}
    count = counted(papers, "source")
    return wrap(f"{words}  [{kind.get(each.kind, '')}{count}]", "  ", "    ")


def _bold(text: str) -> str:
    return style(safe(text), bold=True)

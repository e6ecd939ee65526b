"""The answer to `paths` as text for people, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from moagraph.answers.parts import PathView
from moagraph.counting import counted
from moagraph.formats.rows import chain
from moagraph.sheet import escape_markdown, markdown_table
from moagraph_cli.terminal import style, wrap

if TYPE_CHECKING:
    from moagraph.mechanism.paths import PathSearch


def _nodes(path: PathView) -> tuple[str, ...]:
    return tuple(step.subject.id for step in path.steps)


def paths_view(search: PathSearch, found: Sequence[PathView]) -> str:
    """Return the paths grouped by the nodes they pass, each claim by its id.

    Of one length, what stands in one foreign record comes before what crosses several.
    """
    from moagraph.mechanism.crossing import crossing_words

    lines: list[str] = []
    crossed = {p.rank: crossing_words(search.kb, tuple(s.id for s in p.steps)) for p in found}
    fewest: dict[tuple[str, ...], int] = {}
    for path in found:
        many = len(path.records) if crossed[path.rank].startswith("crosses") else 1
        fewest[_nodes(path)] = min(many, fewest.get(_nodes(path), many))
    ordered = sorted(found, key=lambda p: (p.length, fewest[_nodes(p)], _nodes(p), p.rank))
    for _, group in groupby(ordered, key=lambda p: (p.length, _nodes(p))):
        same = list(group)
        first = same[0]
        lines.append(wrap(f"{chain(first)}  {first.arithmetic}", "", "    "))
        for path in same:
            ids = " > ".join(step.id for step in path.steps)
            marks = [path.sourced] + (["disputed"] if path.disputed else [])
            marks += [f"in {path.cell.label}"] if path.cell else []
            marks += [crossed[path.rank]] if crossed[path.rank] else []
            lines.append(style(wrap(f"{ids} [{', '.join(marks)}]", "    ", "      "), dim=True))
    lines.append(_closing(search, found))
    return "\n".join(lines) + "\n"


def _closing(search: PathSearch, found: Sequence[PathView]) -> str:
    q = search.question
    count = f"{counted(len(found), 'path')} of up to {counted(q.max_length, 'step')}"
    along = search.along()
    count += f" {along['text']}" if along else ""
    if search.gave_up:
        return f"{count}; the search gave up after trying too many steps: lower --max-length"
    if search.more:
        routes = search.routes()
        known = (
            f", over at most {counted(routes.at_most, 'way')} up to {counted(routes.up_to, 'step')}"
        )
        return f"{count}; there are more{known if routes.up_to else ''}: raise --max-paths"
    if search.cut:
        return f"{count}; longer ones were not looked at"
    return f"{count}; the bound cut nothing off"


def paths_markdown(search: PathSearch, found: Sequence[PathView]) -> str:
    """Return the paths as a Markdown table, and below it what was left out."""
    from moagraph.mechanism.crossing import crossing_words

    columns = ["path", "chain", "sign", "sourced", "disputed"]
    crossed = [crossing_words(search.kb, tuple(s.id for s in p.steps)) for p in found]
    rows = [
        [str(number), chain(p), p.arithmetic, p.sourced, "yes" if p.disputed else ""]
        for number, p in enumerate(found, start=1)
    ]
    if any(crossed):
        columns.append("records")
        rows = [[*row, words] for row, words in zip(rows, crossed, strict=True)]
    table = markdown_table(tuple(columns), [tuple(row) for row in rows])
    return f"{table}\n{escape_markdown(_closing(search, found))}.\n"


def paths_dict(search: PathSearch, found: Sequence[PathView]) -> dict[str, Any]:
    """Return `question, paths, bound, capped, bound_cut, ways, metapath, data_version`.

    `ways` is how many ways over nodes there are at most, where not all paths are listed;
    `metapath` what the metapath is and leaves out, null without one.
    """
    capped = search.more or search.gave_up
    return {
        "question": search.question.to_dict(),
        "paths": [path.to_dict() for path in found],
        "bound": search.question.max_length,
        "capped": capped,
        "bound_cut": search.cut,
        "ways": search.routes().to_dict() if capped else None,
        "metapath": search.along() or None,
        "data_version": search.kb.version,
    }

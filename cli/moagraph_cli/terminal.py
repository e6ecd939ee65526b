"""Text for a terminal: width, colour, wrapping, and characters that must not reach it raw."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

import click

from moagraph.characters import escape

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
_MAX_WIDTH = 100
_PLAIN_WIDTH = 80
SIGN_COLOURS = {1: "green", -1: "red", "unknown": "yellow"}


def width() -> int:
    """Return the columns to fill: those of the terminal up to 100, 80 where there is none."""
    if not sys.stdout.isatty():
        return _PLAIN_WIDTH
    import shutil

    return max(40, min(shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns, _MAX_WIDTH))


def coloured() -> bool:
    """Tell whether colour may be used: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def style(text: str, **styles: object) -> str:
    """Style a text if colour may be used, else return it as it is."""
    return click.style(text, **styles) if coloured() else text  # type: ignore[arg-type]


def safe(text: str) -> str:
    """Show control and direction-changing characters as escapes, keep all else.

    Data keep such characters; a terminal that received them raw could be made to lie.
    """
    return escape(text)


def guarded(text: str) -> str:
    """Show a finished text as `safe`, but with its colours."""
    if text.replace("\n", "").isprintable():
        return text
    if not coloured():
        return safe(text)
    parts = _COLOUR.split(text)
    return "".join(part if place % 2 else safe(part) for place, part in enumerate(parts))


def exact(text: str) -> str:
    """Show a text for programs: as `safe`, but with its TABs and line ends as they are."""
    if text.replace("\t", "").replace("\n", "").isprintable():
        return text
    return "\r\n".join("\t".join(map(safe, line.split("\t"))) for line in text.split("\r\n"))


def wrap(text: str, indent: str = "", hang: str | None = None) -> str:
    """Wrap one paragraph to the width; `hang` indents the lines after the first."""
    import textwrap

    return textwrap.fill(
        safe(text),
        width(),
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_long_words=True,
        break_on_hyphens=False,
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], whole: int = 0) -> str:
    """Lay out a table within the width, wrapping the cells of the widest columns.

    The first `whole` columns are not wrapped as long as others can be: what is copied, such as
    an id, stays in one piece.
    """
    cells = [[safe(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = _widths(columns, cells, whole)
    lines = [_table_row([c.upper() for c in columns], widths)]
    lines += [_table_row(row, widths) for row in cells]
    return "\n".join(lines)


def plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a table of one line a row, as wide as it is: for a file or another program."""
    cells = [[safe(cell).replace("\n", " ") for cell in row] for row in rows]
    lines = [[c.upper() for c in columns], *cells]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]], whole: int) -> list[int]:
    natural = [
        max([len(name), *(len(row[place]) for row in cells)]) for place, name in enumerate(columns)
    ]
    room = width() - 2 * (len(columns) - 1)
    for first in dict.fromkeys((min(whole, len(columns) - 1), 0)):
        while sum(natural) > room:
            widest = max(range(first, len(natural)), key=natural.__getitem__)
            if natural[widest] <= 8:
                break
            natural[widest] -= 1
    return natural


def _table_row(row: Sequence[str], widths: Sequence[int]) -> str:
    import textwrap

    wrapped = [
        textwrap.wrap(cell, size, break_on_hyphens=False) or [""]
        for cell, size in zip(row, widths, strict=True)
    ]
    lines = []
    for number in range(max(len(part) for part in wrapped)):
        parts = [part[number] if number < len(part) else "" for part in wrapped]
        padded = [part.ljust(size) for part, size in zip(parts, widths, strict=True)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)

"""What every look-up answer can do: rows for tables, Markdown, HTML for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from moagraph.characters import escape as visible
from moagraph.counting import counted
from moagraph.frozen import Frozen
from moagraph.records import Evidence, Source


class Sheet(Frozen):
    """An answer that is at heart a table."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns, stable between releases."""
        raise NotImplementedError

    def rows(self) -> list[tuple[str, ...]]:
        """Return the cells as text, one tuple per row."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values for JSON."""
        raise NotImplementedError

    def title(self) -> str:
        """Return one line that says what this is."""
        return ""

    def to_markdown(self) -> str:
        """Return the answer as Markdown."""
        head = f"## {escape_markdown(self.title())}\n\n" if self.title() else ""
        return head + markdown_table(self.columns, self.rows())

    def __repr__(self) -> str:
        return short(self, self.title(), "row", len(self.rows()))

    def _repr_html_(self) -> str:
        return html_table(self.title(), self.columns, self.rows())


def short(answer: object, says: str, unit: str = "", count: int = 0) -> str:
    """Return one line for a prompt: a whole answer with its evidence fills many screens."""
    says = "".join(c if c.isprintable() else " " for c in says).rstrip(".")
    size = counted(count, unit) if unit else ""
    told = "; ".join(part for part in (says, size) if part)
    return f"<{type(answer).__name__}: {told}; to_markdown() shows it whole>"


def escape_markdown(text: str) -> str:
    """Escape what Markdown would read as markup or as a cell border, and what deceives."""
    if not text.isprintable():
        text = visible(text.replace("\n", " "))
    result = text.replace("\\", "\\\\")
    for mark in "`*_[]|<>":
        result = result.replace(mark, "\\" + mark)
    return result


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, every cell escaped."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(escape_markdown(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def html_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return an HTML table in a frame of its own, every cell escaped."""
    from html import escape

    from moagraph.frame import answer_frame

    head = "".join(f"<th scope='col'>{escape(c)}</th>" for c in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(visible(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    caption = f"<caption>{escape(visible(title))}</caption>" if title else ""
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return answer_frame(table, title, len(rows) + 2)


def cite(source: Source | None, source_id: str) -> str:
    """Return `First author year, identifier`, as much of it as is known."""
    if source is None:
        return source_id
    who = " ".join(part for part in (source.first_author, source.year) if part)
    mark = (
        f"PMID:{source.pmid}"
        if source.pmid
        else f"doi:{source.doi}"
        if source.doi
        else source.title or source.url or source.id
    )
    return f"{who}, {mark}" if who else mark


def seen_in(evidence: Evidence, label_of: Any) -> str:
    """Return where a thing was seen, by labels: cell, disease, species, system."""
    places = [label_of(i) for i in (*evidence.cell, *evidence.disease, *evidence.species)]
    return "; ".join([*places, *([evidence.system] if evidence.system else [])])

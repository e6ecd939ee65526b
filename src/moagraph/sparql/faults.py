"""What is wrong with a query: the message, the line and column, the line itself with a caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from moagraph.errors import MoagraphError, QuestionError

_SHOWN = 78


class QueryFault(QuestionError):
    """A query that cannot be read; `line` and `column` are one-based."""

    code = "bad_query"

    def __init__(
        self,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        excerpt: str = "",
        suggestions: Sequence[str] = (),
    ) -> None:
        super().__init__(message, line=line, suggestions=suggestions)
        self.column = column
        self.excerpt = excerpt

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: " if self.line else ""
        return f"{where}{self.message}" + (f"\n{self.excerpt}" if self.excerpt else "")

    def to_dict(self) -> dict[str, Any]:
        """Return the keys of every error, and `column` and `excerpt`."""
        return {**super().to_dict(), "column": self.column, "excerpt": self.excerpt}


class QueryRefused(QueryFault):
    """A query that reads well and is not run: it would write, go out, or nest too deeply."""

    code = "refused_query"


class QueryTimeout(MoagraphError):
    """A query that was stopped at its time limit."""

    code = "query_timeout"


class QueryFailed(MoagraphError):
    """A query that the engine gave up, for want of memory or by a fault of its own."""

    code = "query_failed"


def fault(
    text: str,
    place: int,
    message: str,
    *,
    suggestions: Sequence[str] = (),
    kind: type[QueryFault] = QueryFault,
) -> QueryFault:
    """Return a fault at a character of the query; suggestions are named in the message."""
    line, column, excerpt = locate(text, place)
    if suggestions:
        message += f"; did you mean {' or '.join(suggestions)}?"
    return kind(message, line=line, column=column, excerpt=excerpt, suggestions=suggestions)


def locate(text: str, place: int) -> tuple[int, int, str]:
    """Return line and column, one-based, of a character, and its line with a caret below."""
    before = text[:place].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    start = before.rfind("\n") + 1
    column = len(before) - start + 1
    rest = text[place:].replace("\r", "\n").partition("\n")[0]
    shown = (before[start:] + rest).replace("\t", " ")
    offset = max(0, column - 1 - _SHOWN // 2) if len(shown) > _SHOWN else 0
    shown = shown[offset : offset + _SHOWN]
    return line, column, f"  {shown}\n  {' ' * (column - 1 - offset)}^"


def place_of(text: str, line: int, column: int) -> int:
    """Return the character that a one-based line and column name, the end for one beyond."""
    lines = text.split("\n")
    if line > len(lines):
        return len(text)
    return min(sum(len(part) + 1 for part in lines[: line - 1]) + column - 1, len(text))

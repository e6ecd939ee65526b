"""Reasoned answers for the writer of output: their flat rows beside their own forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Tabular:
    """An answer of the library with the columns and rows of a projection."""

    def __init__(
        self,
        answer: Any,
        columns: tuple[str, ...],
        rows_of: Callable[[Any], list[tuple[str, ...]]],
    ) -> None:
        self.answer = answer
        self.columns = columns
        self._rows_of = rows_of

    def rows(self) -> list[tuple[str, ...]]:
        """Return the flat rows."""
        return self._rows_of(self.answer)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the answer."""
        found: dict[str, Any] = self.answer.to_dict()
        return found

    def to_markdown(self) -> str:
        """Return the Markdown of the answer."""
        text: str = self.answer.to_markdown()
        return text
